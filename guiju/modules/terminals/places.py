"""Where terminals stand in the house: beside people and settings, and for whoever types."""

from typing import Any

from django.utils.translation import gettext as _

from guiju.modules.terminals.models import Badge
from guiju.modules.terminals.pages import base
from guiju.modules.terminals.services import RIGHT, near
from guiju.organizations.models import Membership
from guiju.spine.acts import current
from guiju.spine.registers.markup import icon
from guiju.spine.registers.places import Place


def to_go() -> list[Place]:
    if current().actor.id is None:
        return []
    found = [Place(_("PIN for shared terminals"), f"{base()}pin/", icon("user"))]
    if current().actor.may(RIGHT):
        found.append(Place(_("Shared terminals"), base(), icon("building")))
    return found


def beside_people() -> list[tuple[Any, str, str]]:
    return [(_("Shared terminals"), base(), "building")] if current().actor.may(RIGHT) else []


def of_account() -> tuple[Any, str, str, str, str] | None:
    """The own PIN, on the page of the own account: for whom it serves."""
    badge = Badge.objects.filter(membership__person=current().actor.id, membership__active=True).first()
    if badge is None:
        member = _membership()
        if member is None or near(member) is None:
            return None
        return (_("PIN for shared terminals"), _("no personnel number yet; ask who administers people"), "", "", "none")
    text = _("number %(number)s, PIN set") if badge.pin else _("number %(number)s, no PIN yet")
    words, tone = (_("Change"), "done") if badge.pin else (_("Set up"), "due")
    return _("PIN for shared terminals"), text % {"number": badge.number}, f"{base()}pin/", words, tone


def of_asked() -> tuple[str, str, str] | None:
    """For whoever is asked to read something and works where a terminal stands: that it can be confirmed there too."""
    member = _membership() if current().actor.on_behalf_of is None else None
    terminal = near(member) if member is not None else None
    if terminal is None:
        return None
    badge = Badge.objects.filter(membership=member).first()
    if badge is not None and badge.pin:
        words = _("You can confirm it at the terminal “%(name)s” too, with your number %(number)s and your PIN.")
        return words % {"name": terminal.name, "number": badge.number}, "", ""
    if badge is None:
        words = _("You could confirm it at the terminal “%(name)s” too; for that, ask who administers people for a number.")
        return words % {"name": terminal.name}, "", ""
    words = _("You could confirm it at the terminal “%(name)s” too, once you have set a PIN.")
    return words % {"name": terminal.name}, f"{base()}pin/", _("Set the PIN")


def _membership() -> Membership | None:
    return Membership.objects.filter(person=current().actor.id, active=True).first()
