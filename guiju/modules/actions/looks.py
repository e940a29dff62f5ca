"""Looks on the spot: the data of an effect that no indicator measures."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.actions.models import Action, Look
from guiju.spine.acts import Refused, current
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.workflow.perform import acting_people


def judge(action: Action, values: Mapping[str, Any], line: Look | None) -> None:
    """Refused for a day before it was done or still to come, and for a look by whoever did it."""
    on = values.get("on", line.on if line else None)
    if on is not None and (on > current().today() or (action.done_on is not None and on <= action.done_on)):
        words = _("A look at the effect lies after the day it was done, and not ahead.")
        raise Refused(words, errors={"on": [words]})
    if {action.done_by_id, action.owner_id} & acting_people():
        raise Refused(_("You did this or answer for it; another person looks."))


def prepare(values: Mapping[str, Any], action: Action, line: Look | None) -> dict[str, Any]:
    return dict(values) if line is not None else {**values, "by_id": current().actor.id}


looks = Lines(
    key="looks",
    model=Look,
    label=gettext_lazy("Looks on the spot"),
    label_one=gettext_lazy("Look on the spot"),
    label_add=gettext_lazy("Enter a look"),
    columns=("on", "note", "conforms", "by"),
    edits=("on", "conforms", "note"),
    right="actions.verify",
    editable=lambda action: action.state == "verified" and action.effectiveness_basis_kind == "inspection",
    judge=judge,
    prepare=prepare,
)
