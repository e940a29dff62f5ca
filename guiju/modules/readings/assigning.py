"""Asking people to read, and no longer asking them; at once when anything changes that it depends on."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.confidential.insiders import let_in
from guiju.modules.documents.models import ENDED, Document, Revision
from guiju.modules.documents.revisions import words
from guiju.modules.readings import audience
from guiju.modules.readings.models import Briefing, Distribution, How, Reading, Weight
from guiju.spine.acts import current, write
from guiju.spine.notices.services import tell
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks

DOOR = "read"
DAYS = 14  # to read, where the author said nothing


def briefing(revision: Revision) -> Briefing:
    """What the author said of a revision, or an unsaved one with the defaults."""
    return Briefing.objects.filter(revision=revision).first() or Briefing(revision=revision, days=DAYS)


def to_read(document: Document) -> Revision | None:
    """The revision that people read: the last that was approved; none of a document that was never, or is out of force."""
    if document.state in ENDED:
        return None
    found = (one for one in document.all_revisions() if one.approved_at is not None and one.given_up_on is None)
    return next(found, None)


def assign(document: Document, *, only: Iterable[UUID] | None = None) -> int:
    """Ask everyone to whom a document goes and who has not read its revision, and end what nobody has to read any more.

    With `only` for these people alone. To be called within what it follows from; answers how many are newly asked.
    """

    def assigning() -> int:
        revision = to_read(document)
        wanted = audience.people_of(document) if revision is not None else set()
        among = set(only) if only is not None else None
        _end_others(document, revision, wanted, among)
        if revision is None:
            return 0
        known = set(Reading.objects.filter(revision=revision).values_list("person", flat=True))
        _ask_again(document, revision, wanted & known if among is None else wanted & known & among)
        new = sorted(wanted - known if among is None else (wanted - known) & among)
        return _ask(document, revision, new)

    return write(assigning)


def _ask(document: Document, revision: Revision, people: list[UUID]) -> int:
    """Ask people who have nothing to do with this revision yet."""
    before, part, said = _read_before(document, revision), _took_part(revision), briefing(revision)
    asked, told = [], []
    for person in people:
        row = Reading(revision=revision, person_id=person, since=before.get(person), asked_at=current().now())
        if person in part:
            row.confirmed_at, row.how = current().now(), How.TOOK_PART
        elif said.weight == Weight.MINOR and person in before:
            row.how = How.TOLD
            told.append(person)
        else:
            row.due_on = due(revision, said)
            asked.append(person)
        row.save(action="ask")
    let_in(document, asked)
    for person in asked:
        _open_task(document, person, due(revision, said))
    tell(asked, _("Please read %(number)s %(title)s and confirm it."), words(document), document)
    tell(told, _("%(number)s %(title)s was changed in a minor way; there is nothing to confirm."), words(document), document)
    return len(asked)


def _open_task(document: Document, person: UUID, due_on: date) -> None:
    tasks.ask(document, person, _("Read %(title)s"), params={"title": document.title}, due_on=due_on, door=DOOR, own=True)


def _ask_again(document: Document, revision: Revision, people: set[UUID]) -> None:
    """Ask those again who were no longer asked for a while."""
    rows = Reading.objects.filter(revision=revision, person__in=people, confirmed_at=None, how="").exclude(ended_at=None)
    for row in rows:
        row.ended_at = None
        row.save(action="ask")
        _open_task(document, row.person_id, row.due_on or current().today())


def tell_taken_back(document: Document, revision: Revision) -> None:
    """Tell those who were asked to read a revision, or had read it, that it does not come into force. Inside a `write`."""
    rows = Reading.objects.filter(revision=revision, ended_at=None).exclude(how=How.TOOK_PART)
    sentence = _("Revision %(revision)s of %(number)s %(title)s was taken back: what you go by stays as it is.")
    tell(rows.values_list("person", flat=True), sentence, words(document) | {"revision": revision.label}, document)


def _end_others(document: Document, revision: Revision | None, wanted: set[UUID], among: set[UUID] | None) -> None:
    """Whoever gets the document no longer, or was asked to read an earlier revision, is no longer asked."""
    rows = Reading.objects.filter(revision__document=document, confirmed_at=None, ended_at=None, how="")
    for row in rows if among is None else rows.filter(person__in=among):
        if revision is None or row.revision_id != revision.pk or row.person_id not in wanted:
            row.ended_at = current().now()
            row.save(action="end")
            tasks.drop(document, door=DOOR, who=row.person_id)


def _read_before(document: Document, revision: Revision) -> dict[UUID, Revision]:
    """By person the last revision before this one that they confirmed, of those that were not taken back."""
    rows = Reading.objects.filter(revision__document=document, revision__position__lt=revision.position)
    rows = rows.filter(revision__given_up_on=None)
    found = rows.exclude(confirmed_at=None).select_related("revision").order_by("revision__position")
    return {row.person_id: row.revision for row in found}


def _took_part(revision: Revision) -> set[UUID]:
    """Whoever wrote, reviewed or approved a revision has read it."""
    return {revision.author_id, *(signature.signer_id for signature in signatures_of([revision]))}


def due(revision: Revision, said: Briefing) -> date:
    """Until when it is read: the day it comes into force, but no less than the days that the author leaves where it is now."""
    today = current().today()
    if revision.effective_on is not None and revision.effective_on > today:
        return revision.effective_on
    return today + timedelta(days=said.days)


def assign_person(person: UUID) -> None:
    """Look at all that goes to anybody, for one person who was placed elsewhere: at once and not in the night."""
    rows = Distribution.objects.filter(ended=False).select_related("document")
    open_ones = Reading.objects.filter(person=person, confirmed_at=None, ended_at=None, how="").select_related(
        "revision__document"
    )
    documents = {row.document_id: row.document for row in rows}
    documents |= {row.revision.document_id: row.revision.document for row in open_ones}
    for document in documents.values():
        assign(document, only=[person])
