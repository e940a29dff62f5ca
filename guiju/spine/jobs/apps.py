from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "guiju.spine.jobs"
    label = "jobs"
