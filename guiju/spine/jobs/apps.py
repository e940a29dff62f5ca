from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "guiju.spine.jobs"
    label = "jobs"

    def ready(self) -> None:
        autodiscover_modules("jobs")  # the worker knows of work that has been declared
