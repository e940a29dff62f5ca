from django.apps import AppConfig
from django.utils.module_loading import import_string

from guiju.spine.acts import verifications
from guiju.spine.acts.hooks import acting_for, by_token, members


class OrganizationsConfig(AppConfig):
    name = "guiju.organizations"
    label = "organizations"

    def ready(self) -> None:
        verifications.take("people", "guiju.organizations.factors.verification")
        by_token.take("people", "guiju.organizations.by_token.by_token")
        members.take("people", "guiju.organizations.choices.people")
        acting_for.take("people", "guiju.organizations.members.acting_for")
        import_string("guiju.spine.registers.frame.frame_parts").take("people", "guiju.organizations.frame.frame_people")
        import_string("guiju.organizations.jobs.sweep")  # the worker knows of work that has been declared
