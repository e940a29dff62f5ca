from django.apps import AppConfig

from guiju.spine.acts.hooks import go_parts, menu_parts


class TrailConfig(AppConfig):
    name = "guiju.organizations.trail"
    label = "trail_checks"

    def ready(self) -> None:
        go_parts.take("trail", "guiju.organizations.trail.pages.places")
        menu_parts.take("trail", "guiju.organizations.trail.pages.in_menu")
