from django.apps import AppConfig

from guiju.spine.acts.hooks import go_parts, record_parts, unchanged_needs


class EditionsConfig(AppConfig):
    name = "guiju.modules.editions"
    label = "editions"

    def ready(self) -> None:
        record_parts.take("editions", "guiju.modules.editions.parts.of_record")
        unchanged_needs.take("editions", "guiju.modules.editions.asking.newer_edition")
        go_parts.take("editions", "guiju.modules.editions.parts.places")
