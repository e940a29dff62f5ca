from django.apps import AppConfig


class FoldersConfig(AppConfig):
    name = "guiju.modules.folders"
    label = "folders"
