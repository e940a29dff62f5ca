"""How nonconformities are listed, shown, found."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.nonconformities import services
from guiju.modules.nonconformities.models import Nonconformity
from guiju.modules.nonconformities.workflow import nonconformity_workflow
from guiju.spine.registers.declaration import Register, register

EDITS = (
    *("title", "kind", "stage", "severity", "process", "owner", "due_on", "detected_on", "where", "product", "lot_number"),
    *("customer", "supplier", "quantity", "unit", "delivered", "description", "requirement_not_met"),
)
nonconformities = register(
    Register(
        key="nonconformities",
        model=Nonconformity,
        workflow=nonconformity_workflow,
        label=_("Nonconformities"),
        label_one=_("Nonconformity"),
        label_new=_("Report a nonconformity"),
        purpose=_("What does not meet a requirement: contained, put right, and its cause removed so that it does not come back."),
        clause="10.2",
        phase="act",
        columns=("number", "title", "kind", "severity", "state", "process", "owner", "due_on"),
        filters=("state", "kind", "severity", "process", "owner"),
        sorts=("title", "detected_on", "due_on"),
        edits=EDITS,
        imports=("number", *EDITS),
        finds=("description", "requirement_not_met", "lot_number", "product"),
        create=services.raise_one,
    )
)
