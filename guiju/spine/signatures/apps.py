from django.apps import AppConfig

from guiju.spine.acts import verifications


class SignaturesConfig(AppConfig):
    name = "guiju.spine.signatures"
    label = "signatures"

    def ready(self) -> None:
        verifications.take("signatures", "guiju.spine.signatures.services.verification")
