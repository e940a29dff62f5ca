"""Who has read a document, and who has not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop as _

from guiju.modules.documents.models import Document, Revision
from guiju.modules.readings.assigning import to_read
from guiju.modules.readings.models import How, Reading
from guiju.spine.acts import NotFound, current

LONGEST = 7  # digits of a position


@dataclass(frozen=True)
class Progress:
    """How far the reading of a revision is."""

    revision: Revision
    asked: int
    confirmed: int
    at_once: int  # of those who answered a question: rightly with the first answer
    answered: int
    late: int


def revisions(document: Document) -> list[Revision]:
    """The revisions that anybody was asked to read, the newest first."""
    asked = Reading.objects.filter(revision=OuterRef("pk")).exclude(how=How.TOLD)
    return list(Revision.objects.filter(Exists(asked), document=document).order_by("-position"))


def readings(revision: Revision, *, ended: bool = False) -> list[Reading]:
    """All readings of a revision that are asked or done, who is missing first; with `ended` also those asked no more."""
    rows = Reading.objects.filter(revision=revision).exclude(how=How.TOLD)
    if not ended:
        rows = rows.exclude(confirmed_at=None, ended_at__isnull=False)
    found = list(rows.select_related("revision", "person", "since"))
    return sorted(found, key=lambda row: (row.confirmed_at is not None, row.due_on or date.max, row.person.shown_name))


def chosen(document: Document, position: str) -> tuple[Revision | None, list[Reading], bool]:
    """The revision of an address, by its position; without one that which people read. Its readings, and whether it is that.

    NotFound for one that there is not. Of another also who was asked and had not read it when it was no longer asked.
    """
    present = to_read(document)
    found = present
    if position:
        known = position.isascii() and position.isdigit() and len(position) < LONGEST
        rows = Revision.objects.filter(document=document, position=int(position) if known else 0)
        found = rows.first()
        if found is None:
            raise NotFound(_("There is no such revision."))
    is_present = found == present
    return found, readings(found, ended=not is_present) if found is not None else [], is_present


def progress(document: Document) -> Progress | None:
    """How far it is; None of a document that nobody is asked to read."""
    revision = to_read(document)
    return of(revision, readings(revision)) if revision is not None else None


def of(revision: Revision, rows: Sequence[Reading]) -> Progress | None:
    """How far the reading of a revision is by its readings; None where there are none."""
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
        late=sum(is_late(row, today) for row in rows),
    )


def is_late(row: Reading, today: date) -> bool:
    """Whether it is still asked for and the day has passed."""
    return row.confirmed_at is None and row.ended_at is None and row.due_on is not None and row.due_on < today
