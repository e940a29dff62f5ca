from django.apps import AppConfig

from guiju.spine.acts.hooks import record_parts


class ComplaintsConfig(AppConfig):
    name = "guiju.modules.complaints"
    label = "complaints"

    def ready(self) -> None:
        record_parts.take("complaints", "guiju.modules.complaints.parts.of_record")
