from django.apps import AppConfig

from guiju.spine.acts import verifications
from guiju.spine.acts.hooks import acting_for, by_token, found_parts, frame_parts, go_parts, members


class OrganizationsConfig(AppConfig):
    name = "guiju.organizations"
    label = "organizations"

    def ready(self) -> None:
        verifications.take("people", "guiju.organizations.factors.verification")
        by_token.take("people", "guiju.organizations.by_token.by_token")
        members.take("people", "guiju.organizations.choices.people")
        acting_for.take("people", "guiju.organizations.members.acting_for")
        frame_parts.take("people", "guiju.organizations.frame.frame_people")
        found_parts.take("people", "guiju.organizations.places.found")
        go_parts.take("people", "guiju.organizations.places.places")
