"""Asking: whoever watches gets a task when a check comes due, and the owner one when a newer edition is to be taken over."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from guiju.modules.documents.confidential.insiders import visible_to
from guiju.modules.documents.models import Document, Insider
from guiju.modules.documents.revisions import words
from guiju.modules.editions.models import Check, Decision, Watch
from guiju.modules.kinds import services as kinds
from guiju.modules.kinds.models import Kind
from guiju.organizations.members import people_who_may
from guiju.organizations.services import in_each
from guiju.spine.acts import Missing, current, write
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry
from guiju.spine.trail.states import kind_of

AHEAD = timedelta(days=14)  # who watches is asked so long before the day
PATIENCE = timedelta(days=14)  # after the day, until those who keep the rules are told
SEE, SEE_ALL = "documents.view", "documents.confidential"
# The doors of the watcher's and of the owner's tasks; no steps of the document's, so that no step finishes them.
CHECK, TAKE_OVER = "edition_check", "edition_take_over"


def active() -> QuerySet[Watch]:
    """The watches that have not ended, of documents that are still of outside origin."""
    return Watch.objects.filter(ended_at=None, document__kind=Kind.EXTERNAL)


def open_checks() -> QuerySet[Check]:
    """Those whose newer edition is to be taken over and is not yet, the oldest first."""
    return Check.objects.filter(decision=Decision.TAKE_OVER, settled_at=None, watch__ended_at=None).order_by("id")


def newer_edition(document: Document) -> Missing | None:
    """A newer edition that is to be taken over stands against finding the document unchanged."""
    if document.kind != Kind.EXTERNAL:
        return None
    acting = current()
    if acting.writing or Check not in acting.known:  # those of all documents at once: a list of many asks for each
        acting.known[Check] = dict(open_checks().values_list("watch__document", "edition"))
    edition = acting.known[Check].get(document.pk)
    if edition is None:
        return None
    return Missing(_("A newer edition is to be taken over: %(edition)s. Begin a new revision"), {"edition": edition})


def is_due(watch: Watch) -> bool:
    """Whether it is time to look."""
    return watch.ended_at is None and watch.next_on <= current().today() + AHEAD


def unable(watches: Iterable[Watch]) -> set[UUID]:
    """Of these watches, with their documents, the ids of those whose watcher is no member or may not see the document."""
    watches = list(watches)
    seeing = {person.pk for person in people_who_may(SEE)}
    hidden = [one for one in watches if one.document.confidential and one.watcher_id != one.document.owner_id]
    seeing_all = {person.pk for person in people_who_may(SEE_ALL)} if hidden else set()
    inside = set(
        Insider.objects.filter(document__in=[one.document_id for one in hidden], ended=False).values_list("document", "person")
    )
    shut_out = {one.pk for one in hidden if one.watcher_id not in seeing_all and (one.document_id, one.watcher_id) not in inside}
    return shut_out | {one.pk for one in watches if one.watcher_id not in seeing}


def can_look(person: UUID | None, document: Document) -> bool:
    """Whether a person is a member who may see the document, and so can be asked."""
    if person is None or person not in {one.pk for one in people_who_may(SEE)}:
        return False
    if not document.confidential or Document.objects.filter(visible_to([person]), pk=document.pk).exists():
        return True
    return person in {one.pk for one in people_who_may(SEE_ALL)}


def first_who_can(document: Document, *people: UUID | None) -> UUID | None:
    return next((person for person in people if can_look(person, document)), None)


def put_in_order(watch: Watch, document: Document) -> bool:
    """Ask who has to look now, and no longer who had to before; whether somebody is newly asked. Inside a `write`.

    Who watches is asked, or the owner where that person cannot look any more.
    """
    wanted = first_who_can(document, watch.watcher_id, document.owner_id) if is_due(watch) else None
    asked = False
    for task in tasks.of(document).filter(door=CHECK):
        if task.who_id == wanted and task.due_on == watch.next_on:
            asked = True
        else:
            tasks.drop(document, door=CHECK, who=task.who_id)
    if wanted is None or asked:
        return False
    what = _("Look whether there is a newer edition of %(title)s")
    tasks.ask(document, wanted, what, params={"title": document.title}, due_on=watch.next_on, door=CHECK)
    tell([wanted], _("The edition of %(number)s %(title)s is to be checked."), words(document), document)
    return True


def ask_to_take_over(check: Check, document: Document) -> None:
    """Ask the owner, once, to take a newer edition over; the approval of a later revision ends it. Inside a `write`."""
    who = first_who_can(document, document.owner_id, check.watch.watcher_id, current().actor.id)
    if who is None or tasks.of(document).filter(door=TAKE_OVER).exists():
        return
    what = _("Begin a new revision of %(title)s for the edition %(edition)s")
    params = {"title": document.title, "edition": check.edition}
    tasks.ask(document, who, what, params=params, due_on=check.applies_on, door=TAKE_OVER)
    told = _("Of %(number)s %(title)s there is a newer edition, to be taken over: %(edition)s")
    tell([who], told, words(document) | {"edition": check.edition}, document)


def in_each_organization() -> None:
    """Ask and tell in every organization."""
    in_each(ask_watchers)


def ask_watchers() -> int:
    """Ask those whose checks come due, and owners of what is still to be taken over; answers how many checks are newly asked."""
    soon = current().today() + AHEAD
    due = list(active().filter(next_on__lte=soon).order_by("next_on", "id").values_list("document", flat=True))
    moving = list(open_checks().values_list("watch__document", flat=True))
    return sum([_look_after(document) for document in dict.fromkeys(due + moving)])


def _look_after(document: UUID) -> bool:
    def looking() -> bool:
        row = Document.locked(document)
        watch = active().select_for_update(of=("self",)).filter(document=row).first()
        if watch is None:  # ended meanwhile
            return False
        asked = put_in_order(watch, row)
        newest = open_checks().filter(watch=watch).select_related("watch").last()
        if newest is not None:
            ask_to_take_over(newest, row)
        if watch.next_on + PATIENCE < current().today():
            _tell_once(watch, row)
        return asked

    return write(looking)


def _tell_once(watch: Watch, document: Document) -> None:
    """Tell those who keep the rules that nobody looked; the entry says that they were told of this day."""
    kind = kind_of(Document)
    day = watch.next_on
    told = Entry.objects.filter(kind=kind, record=document.pk, action="edition_overdue", at__date__gte=day)
    if told.exists():
        return
    note(kind, document.pk, "edition_overdue", says={"due_on": day.isoformat()})
    people = [person.pk for person in people_who_may(kinds.RIGHT)]
    sentence = _("Nobody has looked whether there is a newer edition of %(number)s %(title)s.")
    tell(people, sentence, words(document), document)
