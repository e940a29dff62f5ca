"""Periods of an indicator: the day on which each ends, and how it is called."""

from collections.abc import Iterator
from datetime import date, timedelta

from guiju.modules.indicators.models import Frequency

GRACE = timedelta(days=7)  # after the end of a period, within which its value is due


def end_of(frequency: str, on: date) -> date:
    """The last day of the period in which a day lies; weeks end on Sunday (ISO 8601)."""
    match frequency:
        case Frequency.DAY:
            return on
        case Frequency.WEEK:
            return on + timedelta(days=7 - on.isoweekday())
        case Frequency.MONTH:
            return _end_of_month(on.year, on.month)
        case Frequency.QUARTER:
            return _end_of_month(on.year, (on.month - 1) // 3 * 3 + 3)
    return date(on.year, 12, 31)


def _end_of_month(year: int, month: int) -> date:
    after = date(year + month // 12, month % 12 + 1, 1) if year < date.max.year or month < 12 else None
    return after - timedelta(days=1) if after else date.max


def last_ended(frequency: str, today: date) -> date:
    """The last day of the last period that is over."""
    end = end_of(frequency, today)
    if end <= today:
        return end
    first = first_of(frequency, end)
    return first - timedelta(days=1)


def first_of(frequency: str, end: date) -> date:
    """The first day of the period that ends on a day."""
    match frequency:
        case Frequency.DAY:
            return end
        case Frequency.WEEK:
            return end - timedelta(days=6)
        case Frequency.MONTH:
            return end.replace(day=1)
        case Frequency.QUARTER:
            return date(end.year, end.month - 2, 1)
    return date(end.year, 1, 1)


def ended_since(frequency: str, since: date, today: date) -> Iterator[date]:
    """The ends of the periods that ended on or after a day, until today, in their order."""
    end = end_of(frequency, since)
    while end <= today:
        yield end
        end = end_of(frequency, end + timedelta(days=1))


def called(frequency: str, end: date) -> str:
    """How people name a period on an axis: 2026-W41, 2026-10, 2026 Q3, 2026; a day by its date."""
    match frequency:
        case Frequency.WEEK:
            year, week, _day = end.isocalendar()
            return f"{year}-W{week:02}"
        case Frequency.MONTH:
            return f"{end:%Y-%m}"
        case Frequency.QUARTER:
            return f"{end.year} Q{(end.month + 2) // 3}"
        case Frequency.YEAR:
            return f"{end.year}"
    return end.isoformat()
