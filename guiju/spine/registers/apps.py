from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "guiju.spine.registers"
    label = "registers"
