from django.apps import AppConfig

from guiju.spine.acts.hooks import home_parts


class ProcessesConfig(AppConfig):
    name = "guiju.modules.processes"
    label = "processes"

    def ready(self) -> None:
        home_parts.take("processes", "guiju.modules.processes.home.part")
