from django.apps import AppConfig


class PrintsConfig(AppConfig):
    name = "guiju.spine.prints"
    label = "prints"
