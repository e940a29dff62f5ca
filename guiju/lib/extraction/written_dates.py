"""Dates as people write them in documents."""

import calendar
import re
from datetime import date

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = (
    (re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"), "ymd"),
    (re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)"), "ymd"),
    (re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})"), "dmy"),
    (re.compile(rf"(?i)(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+{_MONTH}[\s,-]+(\d{{4}})"), "dmy"),
    (re.compile(rf"(?i)\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})"), "mdy"),
    (re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})"), "either"),
)


def iso_date(text: str) -> str | None:
    """The date a text consists of, as ISO; None if it is none, or day and month cannot be told apart (03/04/2024)."""
    text = text.strip()
    for form, order in _FORMS:
        if (match := form.fullmatch(text)) and (day := _date(match.groups(), order)):
            return day.isoformat()
    return None


def without_dates(text: str) -> str:
    """The text with every date taken out."""
    for form, _ in _FORMS:
        text = form.sub(" ", text)
    return " ".join(text.split())


def _date(parts: tuple[str, ...], order: str) -> date | None:
    first, second, third = (_MONTHS.get(part[:3].casefold()) or int(part) for part in parts)
    if order == "either":
        if (first > 12) == (second > 12) and first != second:
            return None
        order = "mdy" if second > 12 else "dmy"
    year, month, day = {"ymd": (first, second, third), "dmy": (third, second, first), "mdy": (third, first, second)}[order]
    try:
        return date(year, month, day)
    except ValueError:
        return None
