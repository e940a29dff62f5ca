"""Which revision of a document is in force on a date, told from the document's own values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

# States in which no revision is in force any more.
ENDED = ("withdrawn", "disposed")

# What of a document says which revision is in force.
STANDING = ("state", "revision", "effective_on", "standing_revision", "standing_on")


def in_force_on(today: date) -> Q:
    """The documents of which a revision is in force on a date: the same, asked of the database."""
    return Q(state="approved", effective_on__lte=today) | Q(standing_on__lte=today) & ~Q(state__in=ENDED)


def in_force_of(row: Mapping[str, Any], today: date) -> str:
    """The label of the revision in force on a date, of a document's values by name; empty when none is (law L16)."""
    if row["state"] in ENDED:
        return ""
    if row["state"] == "approved" and row["effective_on"] is not None and row["effective_on"] <= today:
        return str(row["revision"])
    return str(row["standing_revision"]) if row["standing_on"] is not None and row["standing_on"] <= today else ""
