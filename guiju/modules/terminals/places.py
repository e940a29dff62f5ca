"""Where terminals stand in the house: beside people and settings, and for whoever types."""

from typing import Any

from django.utils.translation import gettext as _

from guiju.modules.terminals.pages import base
from guiju.modules.terminals.services import RIGHT
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
