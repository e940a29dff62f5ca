"""A kept message as its reader reads it: the sentence in the reader's language, and the days in it as people write them."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from guiju.lib.dates import show_date

_DAY = re.compile(r"(?:day|.*_on)$")  # what a parameter is called that is a day
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}$")


def said(key: str, params: Mapping[str, Any] | None = None) -> str:
    """The sentence of a message key in the reader's language, with its parameters."""
    return gettext(key) % readable(params) if params else gettext(key)


def readable(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as they are read. Days are kept as ISO 8601 says (2026-11-23), since who reads them is not known then; they
    are told from other words by what the parameter is called."""
    return {name: _day(value) if _DAY.match(name) else value for name, value in params.items()}


def _day(value: Any) -> Any:
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and _ISO.match(value) else value
    except ValueError:
        return value
    return show_date(found, get_language() or "en") if type(found) is date else value
