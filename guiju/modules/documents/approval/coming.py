"""What the calendar brings: a revision whose day has come is entered and told; it was in force without that (law L16)."""

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.models import Document
from guiju.modules.documents.revisions import words
from guiju.organizations.services import in_each
from guiju.spine.acts import current, write
from guiju.spine.notices.services import tell
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry
from guiju.spine.trail.states import kind_of

LOOKED_BACK = timedelta(days=60)  # a worker that slept longer than that enters what it finds of this time


def in_each_organization() -> None:
    """Enter and tell, in every organization, the revisions that have come into force since anybody looked."""
    in_each(enter)


def enter() -> int:
    """The same for the acting organization; answers how many. What is entered already is passed over."""
    today = current().today()
    rows = Document.objects.filter(state="approved", effective_on__lte=today, effective_on__gte=today - LOOKED_BACK)
    return sum(_enter(document) for document in rows)


def _enter(document: Document) -> bool:
    kind = kind_of(Document)
    revision = document.newest()
    if revision.taken_over_at is not None:
        return False  # it was in force before it came here
    told = Entry.objects.filter(kind=kind, record=document.pk, action="effective", at__gte=revision.approved_at)
    if told.exists():
        return False

    def entering() -> None:
        note(kind, document.pk, "effective", says={"revision": revision.label})
        people = [person for person in (revision.author_id, document.owner_id) if person]
        tell(people, _("%(number)s %(title)s is in force from today."), words(document), document)

    write(entering)
    return True
