from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "guiju.modules.indicators"
    label = "indicators"
