"""What programs do with indicators beside the lists: send a value, as often as they like."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.indicators import values
from guiju.modules.indicators.models import IndicatorValue
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.forms import Bounded

SENT = Shape(
    "ValueSent",
    {
        "id": schema.ID,
        "period_end": {**schema.DAY, "description": _("The last day of the period in which the day that was sent lies.")},
        "value": schema.TEXT,
        "off_target": schema.TRUTH,
    },
)


class PushForm(Bounded):
    """What a program sends of one period."""

    period_end = forms.DateField(label=_("A day of the period"))
    value = forms.DecimalField(label=_("Value"), max_digits=20, decimal_places=6)
    note = forms.CharField(label=_("Note"), required=False, max_length=2000)


def _push(call: Call) -> IndicatorValue:
    said = call.values
    return values.take(call.record, said["period_end"], Decimal(said["value"]), note=said["note"] or "")


def _said(row: IndicatorValue) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "period_end": json_value(row.period_end),
        "value": f"{row.value.normalize():f}",
        "off_target": row.off_target,
    }


declare(
    Operation(
        "POST",
        "indicators/{number}/push/",
        "indicators_push",
        _("Send a value"),
        does=_push,
        says=_said,
        shape=SENT,
        right="indicators.enter",
        form=PushForm,
        explains=_("The same value for the same period may be sent again; another one is refused, since it has to be changed."),
    )
)
