"""How complaints are listed, shown, found."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.complaints import services
from guiju.modules.complaints.models import Complaint
from guiju.modules.complaints.workflow import complaint_workflow
from guiju.spine.registers.declaration import Register, register

EDITS = (
    *("title", "customer", "contact", "way", "received_on", "statement", "wanted", "severity", "product", "order_number"),
    *("lot_number", "language", "process", "owner", "due_on"),
)
complaints = register(
    Register(
        key="complaints",
        model=Complaint,
        workflow=complaint_workflow,
        label=_("Complaints"),
        label_one=_("Complaint"),
        label_new=_("New complaint"),
        purpose=_("What customers are dissatisfied with, and what we answered; none is closed without an answer or a reason."),
        clause="9.1.2",
        phase="check",
        columns=("number", "title", "customer", "state", "process", "owner", "due_on"),
        filters=("state", "process", "owner"),
        sorts=("title", "received_on", "due_on"),
        edits=EDITS,
        imports=("number", *EDITS),
        finds=("statement", "answer", "customer", "product"),
        create=services.receive,
    )
)
