from django.apps import AppConfig

from guiju.spine.acts.hooks import go_parts, history_parts, record_parts, touched_parts


class ReadingsConfig(AppConfig):
    name = "guiju.modules.readings"
    label = "readings"

    def ready(self) -> None:
        record_parts.take("readings", "guiju.modules.readings.parts.of_record")
        history_parts.take("readings", "guiju.modules.readings.parts.of_history")
        touched_parts.take("readings", "guiju.modules.readings.parts.touched")
        go_parts.take("readings", "guiju.modules.readings.matrix.pages.places")
