"""What programs do with complaints beside what every register offers: what the customer thinks of the answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.complaints import services
from guiju.modules.complaints.models import Complaint, Satisfied
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Operation, Shape, declare
from guiju.spine.registers.forms import Bounded

SAID = Shape("CustomerSatisfied", {"number": schema.TEXT, "satisfied": schema.one_of(Satisfied.values)})


class SatisfiedForm(Bounded):
    """How satisfied the customer is with the answer."""

    satisfied = forms.ChoiceField(label=_("Satisfied with the answer"), choices=Satisfied.choices)


def _said(row: Complaint) -> dict[str, Any]:
    return {"number": row.number, "satisfied": row.satisfied}


declare(
    Operation(
        "POST",
        "complaints/{number}/satisfaction/",
        "complaints_satisfied",
        _("What the customer thinks of the answer"),
        does=lambda call: services.satisfied(call.record, call.values["satisfied"]),
        says=_said,
        shape=SAID,
        right="complaints.change",
        form=SatisfiedForm,
    )
)
