"""What stands in a cell of the matrix: how far one person is with one document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from guiju.modules.documents.models import Document, Revision
from guiju.modules.readings.matrix.asking import COUNTS
from guiju.modules.readings.models import How, Reading
from guiju.spine.acts import current

CONFIRMED, EARLIER, TOLD, OPEN, OVERDUE, UNREAD = "confirmed", "earlier", "told", "open", "overdue", "unread"
STATES = (CONFIRMED, EARLIER, TOLD, OPEN, OVERDUE, UNREAD)
TONES = {CONFIRMED: "done", EARLIER: "none", TOLD: "done", OPEN: "due", OVERDUE: "late", UNREAD: "none"}


@dataclass(frozen=True)
class Cell:
    """The newest that counts of one person's readings of one document; nobody who was never asked has one.

    `earlier` is a confirmation of a revision that people no longer read, by who is not asked to read the present one.
    """

    state: str
    revision: str
    confirmed_at: datetime | None
    due_on: date | None

    @property
    def tone(self) -> str:
        return TONES[self.state]


def word(state: str) -> str:
    words = {
        CONFIRMED: _("confirmed"),
        EARLIER: _("earlier revision"),
        TOLD: _("told"),
        OPEN: _("to be read"),
        OVERDUE: _("overdue"),
        UNREAD: _("not read"),
    }
    return words[state]


def state_of(confirmed_at: datetime | None, how: str, due_on: date | None, present: bool) -> str:
    """The state of a reading that counts; `present` where its revision is the one that people read."""
    if confirmed_at is not None:
        return CONFIRMED if present else EARLIER
    if how == How.TOLD:
        return TOLD if present else EARLIER
    return OVERDUE if due_on is not None and due_on < current().today() else OPEN


def cells(people: Iterable[UUID], documents: Iterable[Document]) -> dict[tuple[UUID, UUID], Cell]:
    """By person and document (ids), in two statements however many there are."""
    wanted = [document.pk for document in documents]
    present = presents(wanted)
    rows = Reading.objects.filter(COUNTS, person__in=list(people), revision__document__in=wanted, revision__given_up_on=None)
    named = ("person", "revision__document", "revision__position", "revision__label", "confirmed_at", "how", "due_on")
    found: dict[tuple[UUID, UUID], Cell] = {}
    for person, document, position, label, confirmed_at, how, due_on in rows.order_by("revision__position").values_list(*named):
        state = state_of(confirmed_at, how, due_on, position == present.get(document))
        found[person, document] = Cell(state, label, confirmed_at, due_on)
    return found


def cells_of(people: Iterable[UUID], revisions: Mapping[UUID, Revision]) -> dict[tuple[UUID, UUID], Cell]:
    """The same for one revision of each document, also of who was asked for it and is no longer, without having read it."""
    rows = Reading.objects.filter(person__in=list(people), revision__in=[row.pk for row in revisions.values()])
    labels = {row.pk: (row.document_id, row.label) for row in revisions.values()}
    found: dict[tuple[UUID, UUID], Cell] = {}
    for row in rows:
        document, label = labels[row.revision_id]
        ended = row.confirmed_at is None and row.ended_at is not None and row.how != How.TOLD
        state = UNREAD if ended else state_of(row.confirmed_at, row.how, row.due_on, True)
        found[row.person_id, document] = Cell(state, label, row.confirmed_at, row.due_on)
    return found


def presents(documents: Iterable[UUID]) -> dict[UUID, int]:
    """By document (id) the position of the revision that people read: the last that was approved."""
    rows = Revision.objects.filter(document__in=list(documents), given_up_on=None).exclude(approved_at=None).order_by("position")
    return dict(rows.values_list("document", "position"))


def open_ones(
    people: Iterable[UUID], documents: QuerySet[Document], revisions: Mapping[UUID, Revision] | None = None
) -> dict[UUID, tuple[int, int]]:
    """By person how many of some documents they have still to read in time, and how many are overdue; in one statement."""
    rows = Reading.objects.filter(person__in=list(people), confirmed_at=None, ended_at=None, how="")
    rows = rows.filter(revision__document__in=documents.order_by().values("pk"))
    rows = rows if revisions is None else rows.filter(revision__in=[row.pk for row in revisions.values()])
    late = Count("pk", filter=Q(due_on__lt=current().today()))
    counted = rows.order_by().values("person").annotate(n=Count("pk"), late=late)
    return {person: (n - late, late) for person, n, late in counted.values_list("person", "n", "late")}
