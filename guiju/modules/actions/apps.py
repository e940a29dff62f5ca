from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "guiju.modules.actions"
    label = "actions"
