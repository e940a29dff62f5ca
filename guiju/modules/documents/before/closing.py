"""The end of the taking over: when all that was in force before has come, nothing more is taken over. ISO 9001 7.5.3."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as _

from guiju.modules.kinds.services import RIGHT
from guiju.organizations.members import require
from guiju.organizations.parameters import parameter, set_parameter
from guiju.spine.acts import Conflict, Missing, Refused, current
from guiju.spine.registers import values

NAME = "documents.taking_over_closed"


@dataclass(frozen=True)
class Closed:
    """Since when, and why."""

    on: date
    reason: str


def closed() -> Closed | None:
    """Whether nothing is taken over any more."""
    found = parameter(NAME, None)
    return Closed(date.fromisoformat(found["on"]), found["reason"]) if found else None


def missing() -> Missing | None:
    """What stands against taking anything over, once it is closed."""
    found = closed()
    if found is None:
        return None
    sentence = _("The taking over was closed on %(day)s (%(why)s); what is written since is reviewed and approved")
    return Missing(sentence, {"day": values.day(found.on), "why": found.reason})


def close(reason: str) -> None:
    """From now on nothing is taken over. Needs documents.rules. Refused without a reason, Conflict when it is closed already."""
    require(RIGHT)
    if not reason.strip():
        raise Refused(_("Say why: this step is kept with its reason."), errors={"reason": [_("A reason is needed.")]})
    if closed() is not None:
        raise Conflict(_("The taking over is closed already."))
    set_parameter(NAME, {"on": current().today().isoformat(), "reason": reason.strip()}, reason=reason.strip())
