"""What the steps of a nonconformity do besides leading on."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.nonconformities.models import CauseDecision, Nonconformity, Search
from guiju.spine.acts import current
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks

CONTAIN = _("Contain it")
ANALYSE = _("Find the cause")


def contain(case: Nonconformity, inputs: Mapping[str, Any]) -> None:
    """Keep what was done at once and when; then whoever answers for it finds the cause."""
    case.contained_on = current().today()
    for name in ("containment", "marked_as", "segregated_at"):
        if inputs.get(name):
            setattr(case, name, inputs[name])
    tasks.finish(case, door="contain")
    if case.owner_id:
        tasks.ask(case, case.owner_id, ANALYSE, due_on=case.due_on, door="confirm_cause")


def confirm(case: Nonconformity, inputs: Mapping[str, Any]) -> None:
    tasks.finish(case, door="confirm_cause")


def close(case: Nonconformity, inputs: Mapping[str, Any]) -> None:
    case.closed_on = current().today()
    tasks.drop(case)
    if case.created_by_id:
        tell([case.created_by_id], _("%(number)s that you reported is closed: %(title)s"), _named(case), case)


def reopen(case: Nonconformity, inputs: Mapping[str, Any]) -> None:
    """Back to the analysis: what was decided on the cause is open again; what was done stays."""
    case.closed_on = None
    case.cause_decision, case.similar_search = CauseDecision.OPEN, Search.OPEN
    if case.owner_id:
        tasks.ask(case, case.owner_id, ANALYSE, due_on=case.due_on, door="confirm_cause")
        tell(
            [case.owner_id], _("%(number)s is open again: %(reason)s"), {**_named(case), "reason": inputs.get("reason", "")}, case
        )


def dismiss(case: Nonconformity, inputs: Mapping[str, Any]) -> None:
    tasks.drop(case)
    if case.created_by_id:
        words = {**_named(case), "reason": inputs.get("reason", "")}
        tell([case.created_by_id], _("%(number)s that you reported is no nonconformity: %(reason)s"), words, case)


def _named(case: Nonconformity) -> dict[str, str]:
    return {"number": case.number or "", "title": case.title}
