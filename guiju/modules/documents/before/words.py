"""What held before, in words: on the page, the print, the list that is signed."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from guiju.modules.documents.before.models import Stated
from guiju.spine.acts import current
from guiju.spine.registers import values


def _said(row: Stated) -> dict[str, str]:
    return {
        "since": values.day(row.stated_since) if row.stated_since else "–",
        "name": row.stated_by or "–",
        "on": values.day(row.stated_on) if row.stated_on else "–",
        "place": row.stated_place,
    }


def statements(row: Stated) -> list[str]:
    """What is said of the time before Guiju, each thing a sentence."""
    said = _said(row)
    made = [_("In force since %(since)s.") % said, _("Approved by %(name)s on %(on)s, before Guiju.") % said]
    return made + ([_("The original is kept here: %(place)s.") % said] if row.stated_place else [])


def note(document: Any, revision: Any) -> str:
    """What whoever reads a revision has to know of how it came; empty where it was written and approved here."""
    if revision.taken_over_at is not None:
        zone = ZoneInfo(current().organization.time_zone)
        first = _("Taken over as in force on %(day)s.") % {"day": values.day(revision.taken_over_at.astimezone(zone).date())}
        last = _("This was stated when it came, and is no signature of this system.")
        return " ".join([first, *statements(revision), last])
    if document.state == "draft" and not document.standing_revision and any(document.stated().values()):
        first = _("It came as a document in force, and is a draft until somebody takes it over with a signature.")
        return " ".join([first, *statements(document)])
    return ""


def author(revision: Any) -> tuple[str, str]:
    """Who wrote a revision; of one that came from before Guiju no more is known than who brought it in."""
    came = revision.taken_over_at is not None
    return (_("Brought in by") if came else _("Written by")), str(revision.author)


def fact(revision: Any) -> list[tuple[Any, str]]:
    """Who approved it and when, of a revision that was taken over."""
    if revision.taken_over_at is None:
        return []
    return [(_("Approved before Guiju"), _("%(name)s, %(on)s") % _said(revision))]
