from django.apps import AppConfig

from guiju.spine.acts.hooks import custom_values, home_parts, record_parts, turtle_parts


class DocumentsConfig(AppConfig):
    name = "guiju.modules.documents"
    label = "documents"

    def ready(self) -> None:
        custom_values.take("documents", "guiju.modules.documents.standing.columns.entered")
        home_parts.take("documents", "guiju.modules.documents.standing.home.part")
        record_parts.take("filling", "guiju.modules.documents.filling.filled.part")
        turtle_parts.take("documents", "guiju.modules.documents.standing.turtle.lines")
