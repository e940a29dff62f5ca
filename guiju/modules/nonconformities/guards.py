"""What is missing before a step of a nonconformity, in words. ISO 9001 8.7, 10.2."""

from decimal import Decimal

from django.utils.translation import gettext_noop as _

from guiju.modules.actions import causes, services
from guiju.modules.actions.models import Sort
from guiju.modules.nonconformities.lines import HOLDING
from guiju.modules.nonconformities.models import (
    CauseDecision,
    Concession,
    Disposition,
    Fate,
    Kind,
    Nonconformity,
    Result,
    Search,
    Stage,
)
from guiju.spine.acts import Missing

VERIFIED_AGAIN = (Fate.CORRECT, Fate.REWORK, Fate.REPAIR)  # ISO 9001 8.7.1: verified again after it was corrected


def graded(case: Nonconformity) -> Missing | None:
    if case.severity and case.severity_reason.strip():
        return None
    return Missing(_("Its grade, with the reason for it, is not set"), link="change")


def says_what_was_not_met(case: Nonconformity) -> Missing | None:
    if case.requirement_not_met.strip():
        return None
    return Missing(_("Which requirement was not met is not written down"), link="change")


def cause_decided(case: Nonconformity) -> Missing | None:
    """ISO 9001 10.2.1 b): whether the causes are to be removed is decided, with a reason."""
    if case.cause_decision != CauseDecision.OPEN:
        return None
    return Missing(_("Whether its cause is to be removed is not decided"), link="decide-cause")


def cause_found(case: Nonconformity) -> Missing | None:
    """Where the cause is to be removed, one root cause is confirmed by evidence."""
    if case.cause_decision != CauseDecision.REMOVE or causes.roots(case):
        return None
    return Missing(_("No root cause is confirmed by evidence"), link="#causes")


def similar_looked_for(case: Nonconformity) -> Missing | None:
    """ISO 9001 10.2.1 b) 3: where else the same could exist."""
    if case.cause_decision != CauseDecision.REMOVE or case.similar_search == Search.DONE:
        return None
    return Missing(_("Where similar cases could be was not looked for"), link="similar")


def quantities_add_up(case: Nonconformity) -> Missing | None:
    """Every quantity of a nonconforming output has its disposition, and none has two."""
    if case.kind != Kind.OUTPUT or case.quantity is None:
        return None
    decided = sum((one.quantity or Decimal(0) for one in _final(case)), Decimal(0))
    if decided == case.quantity:
        return None
    params = {"decided": f"{decided.normalize():f}", "whole": f"{case.quantity.normalize():f}", "unit": case.unit}
    return Missing(_("Dispositions cover %(decided)s of %(whole)s %(unit)s"), params, link="#dispositions")


def _final(case: Nonconformity) -> list[Disposition]:
    return [one for one in case.dispositions.filter(ended=False) if one.kind not in HOLDING]


def carried_out(case: Nonconformity) -> Missing | None:
    if all(one.carried_out_on for one in case.dispositions.filter(ended=False)):
        return None
    return Missing(_("A disposition is not carried out yet"), link="#dispositions")


def verified_again(case: Nonconformity) -> Missing | None:
    """ISO 9001 8.7.1: what was corrected is verified against its requirements."""
    open_ones = case.dispositions.filter(ended=False, kind__in=VERIFIED_AGAIN).exclude(reverified_result=Result.CONFORMS)
    if not open_ones.exists():
        return None
    return Missing(_("What was reworked or repaired is not verified to conform"), link="#dispositions")


def concession_granted(case: Nonconformity) -> Missing | None:
    """What is released as it is has a concession that covers it."""
    accepted = sum((one.quantity or Decimal(0) for one in _final(case) if one.kind == Fate.ACCEPT), Decimal(0))
    if not any(one.kind == Fate.ACCEPT for one in _final(case)):
        return None
    granted = list(Concession.objects.filter(nonconformity=case, ended=False))
    if not granted:
        return Missing(_("It is released as it is without a concession"), link="#concessions")
    limits = [one.limit_quantity for one in granted if one.limit_quantity is not None]
    if limits and sum(limits) < accepted:
        return Missing(_("More is released than the concession covers"), link="#concessions")
    return None


def customer_informed(case: Nonconformity) -> Missing | None:
    """ISO 9001 8.7.1 c): of what was delivered the customer is told, or it is said why not."""
    found_late = case.stage in (Stage.AFTER_DELIVERY, Stage.SERVICE) or case.delivered
    if not found_late or case.customer_informed_on or case.not_informed_reason.strip():
        return None
    return Missing(_("Whether the customer was informed is not written down"), link="change")


def corrected(case: Nonconformity) -> Missing | None:
    if case.correction.strip() and case.corrected_on:
        return None
    return Missing(_("What was done to correct it, and when, is not written down"), link="change")


def consequences_dealt_with(case: Nonconformity) -> Missing | None:
    if case.consequences.strip():
        return None
    return Missing(_("Its consequences, or that there are none, are not written down"), link="change")


def actions_planned(case: Nonconformity) -> Missing | None:
    """A cause that is to be removed has an action that removes it."""
    if case.cause_decision != CauseDecision.REMOVE:
        return None
    if any(one.kind == Sort.CORRECTIVE and one.state not in ("cancelled", "not_effective") for one in services.of(case)):
        return None
    return Missing(_("No corrective action is planned"), link="plan-action")


def actions_verified(case: Nonconformity) -> Missing | None:
    waiting = [one for one in services.of(case) if one.state in ("open", "done")]
    if not waiting:
        return None
    return Missing(_("Not done and verified yet: %(numbers)s"), {"numbers": ", ".join(one.number or "" for one in waiting)})


def effect_decided(case: Nonconformity) -> Missing | None:
    """It closes when each action that removes a cause has been found effective."""
    waiting = [one for one in services.of(case) if one.kind == Sort.CORRECTIVE and one.state == "verified"]
    if not waiting:
        return None
    return Missing(
        _("Whether it worked is not decided: %(numbers)s"), {"numbers": ", ".join(one.number or "" for one in waiting)}
    )
