"""What of people and the house one may go to by typing, as far as whoever acts has the right."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.organizations.members import named, not_expired
from guiju.organizations.models import Membership
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.markup import icon
from guiju.spine.registers.places import Place

MOST = 8  # people offered for what was typed


def places() -> list[Place]:
    may, base = current().actor.may, f"{addresses.home()}people/"
    found = []
    if may("people.view"):
        found.append(Place(_("People and roles"), base, icon("users"), also=("people",)))
    if may("people.view") or may("roles.change"):
        found.append(Place(_("Roles"), f"{base}roles/", icon("shield-check")))
    if may("organization.change"):
        found += [
            Place(_("Sites"), f"{base}sites/", icon("building")),
            Place(_("Departments"), f"{base}departments/", icon("users")),
            Place(_("Settings"), f"{base}settings/", icon("settings")),
        ]
    found.append(Place(_("Absence and deputy"), f"{base}absence/", icon("user")))
    if may("people.invite") and current().as_of is None:
        found.append(Place(_("Invite someone"), f"{base}invite/", icon("user-plus"), acts=True))
    return found


def found(q: str) -> tuple[Any, list[Place]]:
    """The active members of whose name a part was typed, for whoever may see people; not of the past."""
    if not current().actor.may("people.view") or current().as_of is not None:
        return _("People"), []
    rows = Membership.objects.filter(not_expired(current().today()), named(q), active=True)
    rows = rows.select_related("person").order_by("person__name", "id")[:MOST]
    return _("People"), [_of(row) for row in rows]


def _of(row: Membership) -> Place:
    position = (row.position_zh if (get_language() or "").startswith("zh") else "") or row.position
    return Place(row.person.shown_name, f"{addresses.home()}people/{row.person_id}/", icon("user"), note=position)
