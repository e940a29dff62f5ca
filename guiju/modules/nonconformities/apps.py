from django.apps import AppConfig

from guiju.spine.acts.hooks import recurrences


class NonconformitiesConfig(AppConfig):
    name = "guiju.modules.nonconformities"
    label = "nonconformities"

    def ready(self) -> None:
        recurrences.take("nonconformities", "guiju.modules.nonconformities.services.recurrences")
