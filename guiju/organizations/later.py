"""Who acts in work that was asked for earlier: the person, with the rights of now."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju.organizations.members import member
from guiju.organizations.models import Organization, Person
from guiju.spine.acts import SYSTEM, NotPermitted


def acting_for(organization: str, actor: str) -> tuple[Any, Any]:
    """The organization and the member for ids kept with the work. NotPermitted when the person may not act there now."""
    place = Organization.everywhere.get(pk=UUID(organization)) if organization else None
    if not actor:
        return place, SYSTEM
    person = Person.everywhere.get(pk=UUID(actor))
    if place is None:
        return None, SYSTEM
    found = member(place, person, timezone.now().astimezone(ZoneInfo(place.time_zone)).date())
    if found is None:
        raise NotPermitted(_("Whoever asked for this work is no member any more."))
    return place, found
