"""The periodic review: owners are asked in time, and whoever keeps the rules is told when nobody looked. ISO 9001 7.5.2."""

from datetime import date, timedelta

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.models import Document
from guiju.modules.documents.revisions import words
from guiju.modules.kinds.services import RIGHT
from guiju.organizations.members import people_who_may
from guiju.organizations.services import in_each
from guiju.spine.acts import current, write
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks
from guiju.spine.tasks.models import Task
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry
from guiju.spine.trail.states import kind_of

AHEAD = timedelta(days=30)  # an owner is asked so long before the review is due
PATIENCE = timedelta(days=14)  # after the day, until others are told
DOOR = "confirm"
ASKED = _("Check whether “%(title)s” is still right")


def in_each_organization() -> None:
    """Ask and tell in every organization."""
    in_each(ask_owners)


def ask_owners() -> int:
    """Ask the owners of what is in force and to be looked at soon; answers how many are newly asked."""
    today = current().today()
    due = Document.objects.filter(state="approved", effective_on__lte=today, due_on__lte=today + AHEAD)
    asked = set(Task.objects.filter(record_kind=kind_of(Document), door=DOOR, done_at=None).values_list("record", flat=True))
    count = 0
    for document in due.order_by("due_on", "id"):
        if document.pk not in asked and document.owner_id is not None:
            _ask(document)
            count += 1
        if document.due_on is not None and document.due_on + PATIENCE < today:
            _tell_once(document, document.due_on)
    return count


def _ask(document: Document) -> None:
    def asking() -> None:
        assert document.owner_id is not None
        tasks.ask(document, document.owner_id, ASKED, params={"title": document.title}, due_on=document.due_on, door=DOOR)
        tell([document.owner_id], _("The review of %(number)s %(title)s is due soon."), words(document), document)

    write(asking)


def _tell_once(document: Document, due_on: date) -> None:
    """Tell those who keep the rules that a review is late; the entry says that they were told of this day."""
    kind = kind_of(Document)
    told = Entry.objects.filter(kind=kind, record=document.pk, action="review_overdue", at__date__gte=due_on)
    if told.exists():
        return

    def telling() -> None:
        note(kind, document.pk, "review_overdue", says={"due_on": due_on.isoformat()})
        people = [person.pk for person in people_who_may(RIGHT)]
        tell(people, _("The review of %(number)s %(title)s is overdue, and nobody has looked."), words(document), document)

    write(telling)
