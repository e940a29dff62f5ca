from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "guiju.modules.complaints"
    label = "complaints"
