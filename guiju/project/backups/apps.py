from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "guiju.project.backups"
    label = "backups"
