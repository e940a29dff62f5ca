from django.apps import AppConfig

from guiju.spine.acts.hooks import home_parts, record_parts


class DocumentsConfig(AppConfig):
    name = "guiju.modules.documents"
    label = "documents"

    def ready(self) -> None:
        home_parts.take("documents", "guiju.modules.documents.home.part")
        record_parts.take("filling", "guiju.modules.documents.filling.filled.part")
