"""Whether a value is what was aimed at. Of a value it is told when it is entered; of the past by the target that held then."""

from decimal import Decimal

from guiju.modules.indicators.models import Better, Indicator


def meets(indicator: Indicator, value: Decimal) -> bool | None:
    """Whether a value meets the target; None where none is set. Within limits where that is what counts."""
    if indicator.better == Better.WITHIN:
        return within(indicator, value) if (indicator.lower_limit, indicator.upper_limit) != (None, None) else None
    if indicator.target is None:
        return None
    return value >= indicator.target if indicator.better == Better.HIGHER else value <= indicator.target


def within(indicator: Indicator, value: Decimal) -> bool:
    """Whether a value lies within the limits that are set; always where none is."""
    low, high = indicator.lower_limit, indicator.upper_limit
    return (low is None or value >= low) and (high is None or value <= high)


def sign(indicator: Indicator) -> int:
    """1 where higher values are better, -1 where lower ones are, 0 where neither."""
    return {Better.HIGHER: 1, Better.LOWER: -1}.get(Better(indicator.better), 0)
