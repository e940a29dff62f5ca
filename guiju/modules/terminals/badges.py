"""Numbers and PINs: given, set by the person alone, and recognized at a terminal. A PIN never signs."""

import re
from functools import cache
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext_noop as _

from guiju.modules.terminals.models import Badge
from guiju.organizations import throttle
from guiju.organizations.members import not_expired, require
from guiju.organizations.models import Membership
from guiju.spine.acts import NotPermitted, Refused, current, write
from guiju.spine.notices.services import tell
from guiju.spine.signatures.services import Proof


@cache
def _of_nobody() -> str:
    """A hash to compare with where there is no PIN, so that both take as long; made when it is first wanted."""
    return make_password("nobody has this PIN")


def give_number(membership: Membership, number: str) -> Badge:
    """Give a member a number, or another one. Needs people.change. Refused when somebody else has it."""
    require("people.change")
    number = number.strip()
    if not re.fullmatch(r"[\w-]{1,20}", number):
        sentence = _("A number has letters, digits and hyphens, at most twenty.")
        raise Refused(sentence, errors={"number": [sentence]})

    def giving() -> Badge:
        if Badge.objects.filter(number=number).exclude(membership=membership).exists():
            sentence = _("Somebody else has this number.")
            raise Refused(sentence, errors={"number": [sentence]})
        row = Badge.objects.select_for_update(of=("self",)).filter(membership=membership).first() or Badge(membership=membership)
        if row.number != number:
            told = _("Your number for shared terminals is %(number)s. Set your PIN under “Account and security”.")
            tell([membership.person_id], told, {"number": number})
        row.number = number
        row.save(action="number")
        return row

    return write(giving)


def numbers() -> dict[UUID, str]:
    """By person (id) the number by which a member is known."""
    return dict(Badge.objects.values_list("membership__person", "number"))


def set_pin(pin: str, proof: Proof | None) -> None:
    """The acting person sets the own PIN, having proven who they are.

    NotPermitted as deputy or without proof, Refused for a PIN that anybody would try first, or without a number.
    """
    acting = current()
    if acting.actor.on_behalf_of is not None or proof is None or proof.person != acting.person_id:
        raise NotPermitted(_("A PIN is set by the person alone, who has just proven who they are."))
    if reason := weakness(pin):
        raise Refused(reason, errors={"pin": [reason]})

    def setting() -> None:
        row = Badge.objects.select_for_update(of=("self",)).filter(membership__person=acting.person_id).first()
        if row is None:
            raise Refused(_("You have no personnel number here yet. Ask who administers people."))
        row.pin, row.pin_set_at = make_password(pin), acting.now()
        row.save(action="set_pin")

    write(setting)


def weakness(pin: str) -> str:
    """Why a PIN does not serve; empty when it does."""
    if not re.fullmatch(r"[0-9]{6,12}", pin, re.ASCII):
        return _("A PIN has six to twelve digits.")
    steps = {int(b) - int(a) for a, b in zip(pin, pin[1:], strict=False)}
    if len(set(pin)) < 3 or steps in ({1}, {-1}):
        return _("This PIN would be tried first. Choose another.")
    return ""


def recognize(number: str, pin: str, network: str) -> Membership:
    """Whose number and PIN these are. TooManyFailures after a few wrong tries, Refused for wrong ones, without saying which."""
    number = number.strip()
    row = Badge.objects.filter(number=number, membership__active=True).select_related("membership__person").first()
    account = f"pin:{row.pk.hex}" if row is not None else throttle.unknown_account(f"pin:{current().organization_id}:{number}")
    attempt = throttle.begin(account, network)
    right = check_password(pin, row.pin if row is not None and row.pin else _of_nobody())
    if row is None or not right or not row.pin or not _holds(row.membership):
        throttle.failed(attempt, row.membership.person_id if row is not None else None, "fail_pin")
        raise Refused(_("Number and PIN do not belong together."))
    throttle.succeeded(attempt)
    return row.membership


def _holds(membership: Membership) -> bool:
    today = current().today()
    held = Membership.objects.filter(not_expired(today), pk=membership.pk, active=True, person__is_active=True)
    return held.exists()
