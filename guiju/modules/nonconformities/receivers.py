"""What follows for nonconformities from what becomes of actions."""

from typing import Any

from django.dispatch import receiver

from guiju.modules.actions.models import Action, Effect
from guiju.modules.actions.signals import moved
from guiju.modules.nonconformities import services, steps
from guiju.modules.nonconformities.models import Nonconformity
from guiju.modules.nonconformities.workflow import nonconformity_workflow
from guiju.spine.workflow.perform import follow


@receiver(moved, sender=Action, dispatch_uid="nonconformities.not_effective")
def back_to_the_analysis(sender: type[Action], action: Action, **more: Any) -> None:
    """An action that did not work opens its cases again: their cause was another, or is still there."""
    if action.effectiveness != Effect.NOT_EFFECTIVE:
        return
    for case in services.cases_of(action):
        row = Nonconformity.locked(case.pk)
        if row.state in ("analysed", "acted", "closed"):
            steps.reopen(row, {"reason": f"{action.number} {action.title}"})
            follow(nonconformity_workflow, row, "return_to_analysis", says={"action": action.number})
