from django.apps import AppConfig

from guiju.spine.acts.hooks import acting_for


class OrganizationsConfig(AppConfig):
    name = "guiju.organizations"
    label = "organizations"

    def ready(self) -> None:
        acting_for.take("people", "guiju.organizations.later.acting_for")
