"""Who has read a document, and who has not."""

from dataclasses import dataclass
from datetime import date

from guiju.modules.documents.models import Document, Revision
from guiju.modules.readings.assigning import to_read
from guiju.modules.readings.models import How, Reading
from guiju.spine.acts import current


@dataclass(frozen=True)
class Progress:
    """How far the reading of a revision is."""

    revision: Revision
    asked: int
    confirmed: int
    at_once: int  # of those who answered a question: rightly with the first answer
    answered: int
    late: int


def readings(revision: Revision) -> list[Reading]:
    """All readings of a revision that are asked or done, who is missing first."""
    rows = Reading.objects.filter(revision=revision).exclude(confirmed_at=None, ended_at__isnull=False).exclude(how=How.TOLD)
    found = list(rows.select_related("revision", "person", "since"))
    return sorted(found, key=lambda row: (row.confirmed_at is not None, row.due_on or date.max, row.person.shown_name))


def progress(document: Document) -> Progress | None:
    """How far it is; None of a document that nobody is asked to read."""
    revision = to_read(document)
    if revision is None:
        return None
    rows = readings(revision)
    if not rows:
        return None
    today = current().today()
    answered = [row for row in rows if row.tries and row.confirmed_at]
    return Progress(
        revision,
        asked=len(rows),
        confirmed=sum(row.confirmed_at is not None for row in rows),
        at_once=sum(row.tries == 1 for row in answered),
        answered=len(answered),
        late=sum(row.confirmed_at is None and row.due_on is not None and row.due_on < today for row in rows),
    )
