from django.apps import AppConfig


class BatchesConfig(AppConfig):
    name = "guiju.modules.batches"
    label = "batches"
