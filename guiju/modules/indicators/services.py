"""Defining an indicator and changing what it aims at."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from guiju.modules.indicators.models import Better, Indicator
from guiju.modules.indicators.workflow import indicator_workflow
from guiju.spine.acts import Refused, current, write


def define(values: Mapping[str, Any]) -> Indicator:
    """A new indicator from cleaned values. Refused for limits that no value can meet."""
    made = Indicator(**values, state=indicator_workflow.initial)
    if made.owner_id is None:
        made.owner_id = current().actor.id
    _judge(made)
    write(made.save)
    return made


def change(indicator: Indicator, values: Mapping[str, Any]) -> Indicator:
    """Lay values over an indicator; what was entered keeps what was said of it by the target that held then."""
    for name, value in values.items():
        setattr(indicator, name, value)
    _judge(indicator)
    write(indicator.save)
    return indicator


def _judge(indicator: Indicator) -> None:
    low, high = indicator.lower_limit, indicator.upper_limit
    if low is not None and high is not None and low > high:
        words = _("The lower limit lies above the upper one.")
        raise Refused(words, errors={"lower_limit": [words]})
    if indicator.better == Better.WITHIN and low is None and high is None:
        words = _("Say at least one limit: good values are those within them.")
        raise Refused(words, errors={"lower_limit": [words]})
    if indicator.target is not None and not (
        (low is None or low <= indicator.target) and (high is None or indicator.target <= high)
    ):
        words = _("The target lies outside of the limits.")
        raise Refused(words, errors={"target": [words]})
