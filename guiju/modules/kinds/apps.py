from django.apps import AppConfig


class KindsConfig(AppConfig):
    name = "guiju.modules.kinds"
    label = "kinds"
