from django.apps import AppConfig

from guiju.spine.acts.hooks import go_parts, house_parts, known_by


class TerminalsConfig(AppConfig):
    name = "guiju.modules.terminals"
    label = "terminals"

    def ready(self) -> None:
        go_parts.take("terminals", "guiju.modules.terminals.places.to_go")
        house_parts.take("terminals", "guiju.modules.terminals.places.beside_people")
        known_by.take("terminals", "guiju.modules.terminals.badges.numbers")
