from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "guiju.modules.documents"
    label = "documents"
