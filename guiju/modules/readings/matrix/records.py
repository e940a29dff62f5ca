"""What one person has read and has still to read: the person's own record, and that of each for those with the right."""

from uuid import UUID

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.http import Http404

from guiju.modules.readings import audience
from guiju.modules.readings.matrix.asking import COUNTS, seen
from guiju.modules.readings.models import Reading
from guiju.organizations.members import require
from guiju.organizations.models import Membership
from guiju.spine.acts import current

SHOWN = 200  # on the page; a file holds all


def member_of(person: UUID) -> Membership:
    """Whose record it is, also of one who has left. NotPermitted for another's without the right, 404 for no member's."""
    if person != current().actor.id:
        require(audience.RIGHT)
    found = Membership.objects.filter(person=person).select_related("person", "department").first()
    if found is None:
        raise Http404
    return found


def readings_of(person: UUID) -> QuerySet[Reading]:
    """All that was read or is to be read, of the documents that whoever acts may see: what is open first, then the newest."""
    open_first = Case(When(confirmed_at=None, how="", then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = Reading.objects.filter(COUNTS, person=person, revision__document__in=seen().values("pk"))
    newest = F("confirmed_at").desc(nulls_last=True)
    return rows.annotate(rank=open_first).select_related("revision__document").order_by("rank", newest, "due_on", "-id")
