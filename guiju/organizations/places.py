"""What of people and the house one may go to by typing, as far as whoever acts has the right."""

from django.utils.translation import gettext_lazy as _

from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.markup import icon
from guiju.spine.registers.places import Place


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
