"""Dates and instants as people write them: 23 Nov 2026, 14:02; 2026年11月23日 14:02. Made without a library, since lists
show thousands of them."""

from datetime import date, datetime, tzinfo

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def show_date(value: date, language: str) -> str:
    """23 Nov 2026, or 2026年11月23日 when the language begins with "zh"."""
    if language.startswith("zh"):
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def show_instant(value: datetime, language: str, zone: tzinfo) -> str:
    """The date and the minute in a time zone."""
    local = value.astimezone(zone)
    clock = f"{local.hour:02d}:{local.minute:02d}"
    shown = show_date(local.date(), language)
    return f"{shown} {clock}" if language.startswith("zh") else f"{shown}, {clock}"


def show_weekday(value: date, language: str) -> str:
    """Monday, 23 Nov 2026; 2026年11月23日 星期一."""
    if language.startswith("zh"):
        return f"{show_date(value, language)} 星期{'一二三四五六日'[value.weekday()]}"
    return f"{WEEKDAYS[value.weekday()]}, {show_date(value, language)}"
