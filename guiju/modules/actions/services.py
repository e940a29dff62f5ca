"""The verbs by which other code asks for actions."""

from collections.abc import Mapping
from typing import Any

from guiju.modules.actions.models import Action
from guiju.modules.actions.workflow import action_workflow
from guiju.spine.acts import current, write
from guiju.spine.records.models import Record, Relation
from guiju.spine.records.services import link


def plan(values: Mapping[str, Any], *, raised_from: Record | None = None) -> Action:
    """A new action from cleaned values; whoever plans it owns it where nobody is named. It is linked to what it came from."""

    def planning() -> Action:
        made = Action(**values, state=action_workflow.initial)
        if made.owner_id is None:
            made.owner_id = current().actor.id
        made.save()
        if raised_from is not None:
            link(made, raised_from, Relation.RAISED_FROM)
        return made

    return write(planning)
