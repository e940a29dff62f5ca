"""The verbs by which complaints come in, and what the customer thinks of the answer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from guiju.modules.complaints import steps
from guiju.modules.complaints.models import Complaint, Satisfied
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, current, write
from guiju.spine.tasks import services as tasks


def receive(values: Mapping[str, Any]) -> Complaint:
    """A new complaint from cleaned values; whoever enters it owns it where nobody is named. Its deadlines follow its grade."""

    def receiving() -> Complaint:
        made = Complaint(**values, state="received")
        if made.owner_id is None:
            made.owner_id = current().actor.id
        steps.received(made)
        made.save()
        if made.owner_id is not None:
            tasks.ask(made, made.owner_id, steps.ACKNOWLEDGE, due_on=made.acknowledge_by_on, door="acknowledge")
        return made

    return write(receiving)


def satisfied(complaint: Complaint, how: str) -> Complaint:
    """Keep what the customer thinks of the answer. Conflict where none was given."""
    require("complaints.change", complaint)

    def keeping() -> Complaint:
        row = Complaint.locked(complaint.pk)
        if row.answered_on is None:
            raise Conflict(_("The customer is asked about an answer; there is none yet."))
        row.satisfied = Satisfied(how)
        row.save(action="ask_customer", says={"how": row.satisfied})
        return row

    return write(keeping)
