from django.apps import AppConfig

from guiju.spine.acts import verifications


class AttachmentsConfig(AppConfig):
    name = "guiju.spine.attachments"
    label = "attachments"

    def ready(self) -> None:
        verifications.take("files", "guiju.spine.attachments.services.verification")
