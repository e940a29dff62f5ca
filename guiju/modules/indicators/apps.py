from django.apps import AppConfig

from guiju.spine.acts.hooks import process_parts, turtle_parts


class IndicatorsConfig(AppConfig):
    name = "guiju.modules.indicators"
    label = "indicators"

    def ready(self) -> None:
        process_parts.take("indicators", "guiju.modules.indicators.parts.health")
        turtle_parts.take("indicators", "guiju.modules.indicators.parts.turtle")
