from django.apps import AppConfig


class NonconformitiesConfig(AppConfig):
    name = "guiju.modules.nonconformities"
    label = "nonconformities"
