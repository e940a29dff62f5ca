"""What the steps of a complaint do. The order is that of ISO 10002: received, acknowledged, assessed, answered, closed."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.modules.complaints.models import Complaint, Justified
from guiju.modules.nonconformities import services as nonconformities
from guiju.organizations.parameters import parameter
from guiju.spine.acts import Refused, current
from guiju.spine.tasks import services as tasks

ACKNOWLEDGE = gettext_noop("Tell the customer that it came in")
DECIDE = gettext_noop("Decide whether it is justified")
ANSWER = gettext_noop("Answer the customer")
DAYS = {"severe": (1, 5), "significant": (2, 15), "slight": (3, 30)}  # to acknowledge and to answer, by grade


def days_for(severity: str) -> tuple[int, int]:
    """Days within which one of a grade is acknowledged and answered, as the organization has set them."""
    first, whole = DAYS.get(severity, DAYS["significant"])
    return int(parameter(f"complaint_acknowledge_days_{severity}", first)), int(
        parameter(f"complaint_answer_days_{severity}", whole)
    )


def acknowledge(complaint: Complaint, inputs: Mapping[str, Any]) -> None:
    complaint.acknowledged_on, complaint.acknowledgement = current().today(), inputs["acknowledgement"]
    tasks.finish(complaint, door="acknowledge")
    _ask(complaint, DECIDE, "decide")


def decide(complaint: Complaint, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
    """A justified one becomes a nonconformity, found after delivery, that knows where it came from."""
    reason = inputs["reason"].strip()
    if len(reason) < 3:
        words = _("Say why: the decision is kept with its reason.")
        raise Refused(words, errors={"reason": [words]})
    complaint.justified, complaint.justified_reason = Justified(inputs["justified"]), reason
    tasks.finish(complaint, door="decide")
    if complaint.justified == Justified.YES and complaint.nonconformity_id is None:
        complaint.nonconformity = nonconformities.raise_one(_case_of(complaint), raised_from=complaint)
    _ask(complaint, ANSWER, "answer")
    return {"reason": reason, "decision": complaint.justified}


def _case_of(complaint: Complaint) -> dict[str, Any]:
    names = ("title", "process", "owner", "product", "lot_number", "customer", "severity")
    known = {name: getattr(complaint, name) for name in names}
    return {**known, "kind": "output", "stage": "after_delivery", "description": complaint.statement, "delivered": True}


def answer(complaint: Complaint, inputs: Mapping[str, Any]) -> None:
    acting = current()
    complaint.answer, complaint.answered_on, complaint.answered_by_id = inputs["answer"], acting.today(), acting.actor.id
    tasks.finish(complaint, door="answer")


def close(complaint: Complaint, inputs: Mapping[str, Any]) -> None:
    """None is closed without an answer or a reason why none is due."""
    reason = (inputs.get("no_answer_reason") or "").strip()
    if complaint.answered_on is None and len(reason) < 3:
        words = _("It has no answer yet. Answer it, or say why none is due.")
        raise Refused(words, errors={"no_answer_reason": [words]})
    complaint.no_answer_reason, complaint.closed_on = reason, current().today()
    tasks.drop(complaint)


def reopen(complaint: Complaint, inputs: Mapping[str, Any]) -> None:
    complaint.closed_on = complaint.answered_on = None
    _ask(complaint, ANSWER, "decide")


def _ask(complaint: Complaint, what: str, door: str) -> None:
    if complaint.owner_id:
        tasks.ask(complaint, complaint.owner_id, what, due_on=complaint.due_on, door=door)


def received(complaint: Complaint) -> None:
    """Set its deadlines by its grade, and ask whoever answers for it."""
    first, whole = days_for(complaint.severity)
    complaint.acknowledge_by_on = complaint.received_on + timedelta(days=first)
    complaint.due_on = complaint.due_on or complaint.received_on + timedelta(days=whole)
