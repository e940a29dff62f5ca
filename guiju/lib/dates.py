"""Dates, instants and numbers as people write them: 23 Nov 2026, 14:02; 2026年11月23日 14:02.

Made without a library, since lists show thousands of them.
"""

from datetime import date, datetime, tzinfo
from decimal import Decimal

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def show_date(value: date, language: str, today: date | None = None) -> str:
    """23 Nov 2026, or 2026年11月23日 when the language begins with "zh". With `today` its own year goes without saying."""
    year = today is None or today.year != value.year
    if language.startswith("zh"):
        return f"{value.year}年{value.month}月{value.day}日" if year else f"{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if year else f"{value.day} {MONTHS[value.month - 1]}"


def show_instant(value: datetime, language: str, zone: tzinfo) -> str:
    """The date and the minute in a time zone: 23 Nov 2026, 14:02; 2026年11月23日 14:02. The instant must know its zone."""
    if value.tzinfo is None:
        raise ValueError("an instant without a time zone")
    local = value.astimezone(zone)
    clock = f"{local.hour:02d}:{local.minute:02d}"
    shown = show_date(local.date(), language)
    return f"{shown} {clock}" if language.startswith("zh") else f"{shown}, {clock}"


def show_signed(value: datetime, language: str, zone: tzinfo) -> str:
    """The instant of a signature, which never stands without its zone (21 CFR 11.50): 23 Nov 2026, 14:02 (UTC+08:00)."""
    offset = value.astimezone(zone).strftime("%z")
    sign = "\u2212" if offset.startswith("-") else "+"
    named = f"UTC{sign}{offset[1:3]}:{offset[3:5]}" if offset.strip("+-0") else "UTC"
    shown = show_instant(value, language, zone)
    return f"{shown}（{named}）" if language.startswith("zh") else f"{shown} ({named})"


def show_weekday(value: date, language: str) -> str:
    """Monday, 23 Nov 2026; 2026年11月23日 星期一."""
    if language.startswith("zh"):
        return f"{show_date(value, language)} 星期{'一二三四五六日'[value.weekday()]}"
    return f"{WEEKDAYS[value.weekday()]}, {show_date(value, language)}"


def show_number(value: int | float | Decimal, places: int | None = None) -> str:
    """1,234.5: thousands parted by commas, in English and Chinese alike; `places` after the point, else as many as it has.

    The sign of a negative number is a minus (U+2212), not a hyphen, so that it is not broken off.
    """
    if places is not None:
        shown = f"{value:,.{places}f}"
    elif isinstance(value, float):
        shown = f"{Decimal(repr(value)).normalize():,f}" if value % 1 else f"{value:,.0f}"
    else:
        shown = f"{value:,}"
    negative = shown.startswith("-") and any(digit in "123456789" for digit in shown)
    return f"\u2212{shown[1:]}" if negative else shown.removeprefix("-")


def relative_days(value: date, today: date) -> tuple[str, int]:
    """How far a day is from today, to be put into words: ("today", 0), ("tomorrow", 1), ("in_days", n), and
    ("yesterday", 1), ("days_ago", n)."""
    days = (value - today).days
    if abs(days) <= 1:
        return ("yesterday", "today", "tomorrow")[days + 1], abs(days)
    return ("in_days", days) if days > 0 else ("days_ago", -days)
