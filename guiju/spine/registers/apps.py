from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RegistersConfig(AppConfig):
    name = "guiju.spine.registers"
    label = "registers"

    def ready(self) -> None:
        autodiscover_modules("register")
        import_module("guiju.spine.registers.api.views")  # needs the registers
        import_module("guiju.spine.registers.lines.programs")  # so does this
        autodiscover_modules("api")  # what modules bring to programs
        autodiscover_modules("receivers")  # who follows what happens below
