from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "guiju.modules.processes"
    label = "processes"
