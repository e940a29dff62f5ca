from django.apps import AppConfig

from guiju.spine.acts.hooks import account_parts, asked_parts, go_parts, house_parts, known_by


class TerminalsConfig(AppConfig):
    name = "guiju.modules.terminals"
    label = "terminals"

    def ready(self) -> None:
        account_parts.take("terminals", "guiju.modules.terminals.places.of_account")
        asked_parts.take("terminals", "guiju.modules.terminals.places.of_asked")
        go_parts.take("terminals", "guiju.modules.terminals.places.to_go")
        house_parts.take("terminals", "guiju.modules.terminals.places.beside_people")
        known_by.take("terminals", "guiju.modules.terminals.badges.numbers")
