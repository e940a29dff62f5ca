"""The verbs by which complaints come in."""

from collections.abc import Mapping
from typing import Any

from guiju.modules.complaints.models import Complaint
from guiju.modules.complaints.workflow import complaint_workflow
from guiju.spine.acts import current, write


def receive(values: Mapping[str, Any]) -> Complaint:
    """A new complaint from cleaned values; whoever enters it owns it where nobody is named."""

    def receiving() -> Complaint:
        made = Complaint(**values, state=complaint_workflow.initial)
        if made.owner_id is None:
            made.owner_id = current().actor.id
        made.save()
        return made

    return write(receiving)
