"""What the steps of an action do besides leading on."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.actions import signals
from guiju.modules.actions.models import Action, Effect, Sort
from guiju.organizations.members import people_who_may
from guiju.spine.acts import current
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks

VERIFY = _("Verify whether it was done")
DECIDE = _("Decide whether it worked")
VERIFY_WITHIN = timedelta(days=14)


def complete(action: Action, inputs: Mapping[str, Any]) -> None:
    """Keep who did it when and what shows it, and ask others to verify."""
    acting = current()
    action.done_on, action.done_by_id, action.done_evidence = acting.today(), acting.actor.id, inputs["done_evidence"]
    tasks.finish(action, door="complete")
    _ask(action, "verify", VERIFY, acting.today() + VERIFY_WITHIN)


def verify(action: Action, inputs: Mapping[str, Any]) -> None:
    """Keep who saw it; of what is judged by its effect ask for that decision when it is due."""
    acting = current()
    action.verified_on, action.verified_by_id = acting.today(), acting.actor.id
    tasks.finish(action, door="verify")
    if action.kind != Sort.CORRECTION:
        _ask(action, "find_effective", DECIDE, action.effectiveness_due_on)
    signals.moved.send(sender=Action, action=action)


def give_back(action: Action, inputs: Mapping[str, Any]) -> None:
    """What was reported as done is to be done still."""
    action.done_on = action.done_by_id = None
    tasks.drop(action, door="verify")
    if action.owner_id:
        tasks.ask(action, action.owner_id, _("Do it"), due_on=action.due_on, door="complete")
        tell([action.owner_id], _("%(number)s was found not done yet: %(reason)s"), _told(action, inputs), action)


def decide(effect: Effect) -> Any:
    """The effect of deciding: kept with its words and who decided."""

    def deciding(action: Action, inputs: Mapping[str, Any]) -> Mapping[str, str | None]:
        acting = current()
        action.effectiveness, action.effectiveness_basis = effect, inputs["basis"]
        action.effectiveness_judged_on, action.effectiveness_judged_by_id = acting.today(), acting.actor.id
        tasks.drop(action, door="find_effective")
        signals.moved.send(sender=Action, action=action)
        return {"basis": inputs["basis"]}

    return deciding


def cancel(action: Action, inputs: Mapping[str, Any]) -> None:
    tasks.drop(action)
    signals.moved.send(sender=Action, action=action)


def _ask(action: Action, door: str, what: str, due_on: Any) -> None:
    """Ask those who have the right to a step and neither did it nor answer for it."""
    for person in {one.pk for one in people_who_may(f"actions.{door}")} - {action.owner_id, action.done_by_id}:
        tasks.ask(action, person, what, due_on=due_on, door=door)


def _told(action: Action, inputs: Mapping[str, Any]) -> dict[str, str]:
    return {"number": action.number or "", "reason": str(inputs.get("reason", ""))}
