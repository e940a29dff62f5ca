"""Reminding those who have still to read a document: each once, and nobody more often than once a day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.confidential.insiders import those_who_see
from guiju.modules.documents.models import Document
from guiju.modules.documents.revisions import words
from guiju.modules.readings import audience, progress
from guiju.modules.readings.models import Reading
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, current, write
from guiju.spine.notices.services import tell
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry
from guiju.spine.trail.states import kind_of

ENTRY = "remind_readers"


def reminded_at(document: Document) -> datetime | None:
    """When the readers of a document were reminded today, where the organization is; None when they were not."""
    entries = Entry.objects.filter(kind=kind_of(Document), record=document.pk, action=ENTRY).order_by("-sequence")
    at = entries.values_list("at", flat=True).first()
    zone = ZoneInfo(current().organization.time_zone)
    return at if at is not None and at.astimezone(zone).date() == current().today() else None


def to_be_reminded(document: Document) -> list[Reading]:
    """Whose reading of the present revision is missing and who may see the document; whoever acts reminds nobody of it."""
    found = progress.progress(document)
    if found is None:
        return []
    rows = [row for row in progress.readings(found.revision) if row.confirmed_at is None]
    seeing = those_who_see(document) if document.confidential else {row.person_id for row in rows}
    return [row for row in rows if row.person_id in seeing - {current().actor.id}]


def remind(document: Document) -> list[Reading]:
    """Tell each who has still to read a document; answers their readings. It stands in the document's history.

    NotPermitted without the right to distribute, Conflict when they were reminded today, or nobody else is missing.
    """
    require(audience.RIGHT, document)

    def reminding() -> list[Reading]:
        row = Document.locked(document.pk)
        if reminded_at(row) is not None:
            raise Conflict(_("The readers were reminded today already. Once a day is enough."))
        rows = to_be_reminded(row)
        if not rows:
            raise Conflict(_("Nobody else has still to read this."))
        people = [one.person_id for one in rows]
        tell(people, _("Reminder: please read %(number)s %(title)s and confirm it."), words(row), row, urgent=True)
        note(kind_of(Document), row.pk, ENTRY, says={"revision": rows[0].revision.label, "count": str(len(people))})
        return rows

    return write(reminding)
