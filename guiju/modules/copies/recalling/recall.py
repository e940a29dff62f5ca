"""Calling back: whoever gave out copies is asked once when they are to come back, and is done when none is out any more."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from guiju.modules.copies import standing
from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents.confidential.insiders import those_who_see
from guiju.modules.documents.models import Document
from guiju.modules.documents.revisions import words
from guiju.organizations.members import people_who_may
from guiju.organizations.services import in_each
from guiju.spine.acts import current, write
from guiju.spine.notices.services import tell
from guiju.spine.prints import kept as prints
from guiju.spine.tasks import services as tasks
from guiju.spine.tasks.models import Task
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of

RIGHT = "documents.distribute"
DOOR = "recall"
PRINT = "copy"  # the kind of print (acts.hooks.print_parts)
WITHIN = timedelta(days=7)  # copies are back after so many days from when they were called


def in_each_organization() -> None:
    """Look in every organization for what the calendar has made out of date, or who is gone."""
    in_each(look)


def look() -> int:
    """The same for the acting organization; answers how many copies are newly called back."""
    rows = standing.judged(standing.out()).filter(Q(recall=True) | Q(called_at__isnull=False))
    documents = Document.objects.filter(pk__in=set(rows.values_list("document", flat=True))).order_by("number")
    return sum(settle(document) for document in documents)


def look_at_person(person: UUID) -> None:
    """Look at what a person holds, or is to call back: they were placed elsewhere, or have left."""
    asked = Task.objects.filter(record_kind=kind_of(Document), door=DOOR, who=person, done_at=None).values("record")
    held = standing.out().filter(person=person).values("document")
    for document in Document.objects.filter(Q(pk__in=held) | Q(pk__in=asked)).order_by("number"):
        settle(document)


def settle(document: Document, in_force: str | None = None) -> int:
    """Call back what is out and should not be, once; close the tasks when there is nothing left of it.

    `in_force` is the label of the revision in force while a step that changes that is being taken. Answers how many
    copies are newly called back.
    """

    def settling() -> int:
        if not PaperCopy.objects.filter(document=document.pk).exists():
            return 0
        present = Document.locked(document.pk)
        rows = list(standing.judged(standing.out(), present, in_force).order_by("number"))
        recalled = [row for row in rows if row.recall]
        taken_back = [row for row in rows if not row.recall and row.called_at is not None]
        for row in taken_back:
            row.called_at = None
            row.save(action="keep")
        if not recalled:
            (tasks.drop if taken_back else tasks.finish)(present, door=DOOR)
            return 0
        return _ask(present, recalled)

    return write(settling)


def _ask(document: Document, recalled: Sequence[PaperCopy]) -> int:
    """Ask for copies that nobody has asked for yet; for all of them where nobody is left who was asked."""
    fresh = [row for row in recalled if row.called_at is None]
    of_document = Task.objects.filter(record_kind=kind_of(Document), record=document.pk, door=DOOR)
    before = set(of_document.values_list("who", flat=True))
    asked = standing.present(of_document.filter(done_at=None).values_list("who", flat=True))
    people = _responsible(document, fresh if asked else recalled)
    due_on = current().today() + WITHIN
    for person in people:
        what = _("Call back the paper copies of %(title)s")
        tasks.ask(document, person, what, params={"title": document.title}, due_on=due_on, door=DOOR)
    told = people if fresh else people - before  # a task that fell with another step is set up again without a word
    key = _("Paper copies of %(number)s %(title)s are to be called back: %(copies)s")
    tell(told, key, words(document) | {"copies": listed(recalled)}, document)
    for row in fresh:
        row.called_at = current().now()
        row.save(action="call_back")
        prints.forget(document, of=PRINT, part=row.number)
    if fresh:
        note(kind_of(Document), document.pk, "call_copies", says={"copies": listed(fresh)})
        _tell_holders(document, fresh)
    return len(fresh)


def _responsible(document: Document, copies: Iterable[PaperCopy]) -> set[UUID]:
    """Who calls copies back: who gave them out, else the document's owner, else all who may."""
    copies = list(copies)
    if not copies:
        return set()
    there = standing.present([document.owner_id, *(row.issued_by_id for row in copies)])
    if document.confidential:
        there &= those_who_see(document)
    found: set[UUID] = set()
    for row in copies:
        first = next((pk for pk in (row.issued_by_id, document.owner_id) if pk in there), None)
        found |= {first} if first else {person.pk for person in people_who_may(RIGHT)}
    return found


def _tell_holders(document: Document, fresh: Iterable[PaperCopy]) -> None:
    for row in fresh:
        if row.person_id and not row.left and not row.shut_out:
            key = _("Please give paper copy %(copies)s of %(number)s %(title)s back.")
            tell([row.person_id], key, words(document) | {"copies": str(row.number)}, document)


def asked(document: Document) -> bool:
    """Whether the acting people are asked to call back the copies of a document; a token is asked for nothing."""
    actor = current().actor
    if actor.by_token or actor.id is None:
        return False
    return tasks.of(document).filter(door=DOOR, who__in=getattr(actor, "ids", ())).exists()


def may_end(document: Document) -> bool:
    """Whether whoever acts may say what became of copies."""
    return current().actor.may(RIGHT, document) or asked(document)


def listed(copies: Iterable[PaperCopy]) -> str:
    """Copies by their numbers; digits and commas are the same in every language, so that it can be kept."""
    return ", ".join(str(row.number) for row in sorted(copies, key=lambda row: row.number))
