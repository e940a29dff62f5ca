from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "guiju.spine.tasks"
    label = "tasks"
