"""What programs do with actions beside what every register offers: decide on more time."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.actions import extensions
from guiju.modules.actions.models import Extension
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value

DECIDED = Shape(
    "ExtensionDecided",
    {"id": schema.ID, "until_on": schema.DAY, "decision": schema.one_of(("granted", "refused")), "decision_reason": schema.TEXT},
)


def _decide(call: Call) -> Extension:
    granted, reason = call.values["granted"], call.values["reason"]
    return extensions.decide(call.record, call.parts["extension"], granted=granted, reason=reason)


def _said(row: Extension) -> dict[str, Any]:
    words = {"decision": row.decision, "decision_reason": row.decision_reason}
    return {"id": str(row.pk), "until_on": json_value(row.until_on), **words}


declare(
    Operation(
        "POST",
        "actions/{number}/extensions/{uuid:extension}/decide/",
        "actions_decide_extension",
        _("Decide on more time"),
        does=_decide,
        says=_said,
        shape=DECIDED,
        right=extensions.RIGHT,
        form=extensions.DecisionForm,
    )
)
