from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "guiju.spine.notices"
    label = "notices"
