from django.apps import AppConfig

from guiju.spine.acts.hooks import record_parts, touched_parts


class ReadingsConfig(AppConfig):
    name = "guiju.modules.readings"
    label = "readings"

    def ready(self) -> None:
        record_parts.take("readings", "guiju.modules.readings.parts.of_record")
        touched_parts.take("readings", "guiju.modules.readings.parts.touched")
