"""What complaints bring to a record's page: the way to enter what the customer thinks of the answer."""

from typing import Any

from django.utils.translation import gettext as _

from guiju.modules.complaints.models import Complaint
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import RecordPart


def of_record(record: Any) -> RecordPart | None:
    if not isinstance(record, Complaint) or record.answered_on is None or not current().actor.may("complaints.change", record):
        return None
    return RecordPart(actions=[(_("Customer's view"), f"{addresses.of_record(record)}satisfied/", "message")])
