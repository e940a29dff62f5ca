"""A one-person organization: its only writer reviews and approves alone, having said so with a signature.

Possible only while nobody else has had the right to write for 30 days; it ends by itself with the second writer.
"""

from django.utils.translation import gettext_noop as _

from guiju.organizations.alone import alone_for, alone_now
from guiju.organizations.members import require
from guiju.organizations.parameters import parameter, set_parameter
from guiju.spine.acts import Conflict, current, write
from guiju.spine.signatures.services import Proof, sign

NAME = "documents.one_person"
DAYS = 30
MEANING = "one_person"


def declared() -> bool:
    """Whether the acting person may review and approve what they wrote themselves."""
    acting = current()
    return bool(parameter(NAME, False)) and acting.actor.id is not None and alone_now(acting.actor.id)


def possible() -> bool:
    return alone_for(current().person_id, DAYS)


def offered() -> bool:
    """Whether to lead the acting person to the declaration: they keep the organization, and nobody else writes now."""
    acting = current()
    return acting.actor.id is not None and acting.actor.may("organization.change") and alone_now(acting.actor.id)


def declare(proof: Proof | None) -> None:
    """Say with a signature that one person alone works here. NotPermitted, Conflict, Refused without a proof."""
    require("organization.change")
    if not possible():
        raise Conflict(_("This is possible only when you alone have had the right to write for %(days)s days."), {"days": DAYS})

    def declaring() -> None:
        sign(set_parameter(NAME, True), MEANING, proof)

    write(declaring)


def end() -> None:
    """From now on another person reviews and approves again."""
    require("organization.change")
    set_parameter(NAME, False)
