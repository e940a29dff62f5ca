from django.apps import AppConfig

from guiju.spine.acts.hooks import go_parts, record_parts, vetoes


class KeepingConfig(AppConfig):
    name = "guiju.modules.keeping"
    label = "keeping"

    def ready(self) -> None:
        record_parts.take("keeping", "guiju.modules.keeping.parts.of_record")
        go_parts.take("keeping", "guiju.modules.keeping.parts.places")
        vetoes.take("keeping", "guiju.modules.keeping.holds.forbid_erasure")
