"""The verbs by which other code reports nonconformities."""

from collections.abc import Mapping
from typing import Any

from guiju.modules.nonconformities.models import Nonconformity
from guiju.modules.nonconformities.workflow import nonconformity_workflow
from guiju.spine.acts import current, write
from guiju.spine.records.models import Record, Relation
from guiju.spine.records.services import link


def raise_one(values: Mapping[str, Any], *, raised_from: Record | None = None) -> Nonconformity:
    """A new nonconformity from cleaned values, linked to what it came from; detected today where no day is given."""

    def raising() -> Nonconformity:
        made = Nonconformity(**{"detected_on": current().today(), **values}, state=nonconformity_workflow.initial)
        if made.owner_id is None:
            made.owner_id = current().actor.id
        made.save()
        if raised_from is not None:
            link(made, raised_from, Relation.RAISED_FROM)
        return made

    return write(raising)
