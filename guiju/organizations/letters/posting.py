"""Which letters are to go: a row for each before it does, so that none goes twice (section 10)."""

from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from guiju.organizations.letters import boxes
from guiju.organizations.letters.models import Letter, Outcome
from guiju.organizations.members import not_expired
from guiju.organizations.models import Membership, Person
from guiju.spine.acts import current, write
from guiju.spine.notices.models import Notice
from guiju.spine.notices.services import mark_mailed, to_mail
from guiju.spine.tasks.models import Task

KEPT_FOR = timedelta(days=60)  # for mail servers that say late what became of a letter


def local_time(person: Person, now: datetime) -> datetime:
    """An instant as the person's clock shows it: theirs, or that of the organization."""
    return now.astimezone(ZoneInfo(person.time_zone or current().organization.time_zone))


def due() -> list[tuple[UUID, date]]:
    """(person, their day) of the members of the acting organization whose hour has come, and who have no digest yet today."""
    now = timezone.now()
    members = Membership.objects.filter(not_expired(current().today()), active=True, person__is_active=True)
    people = [row.person for row in members.exclude(person__email="").select_related("person").order_by("person")]
    known, found = boxes.of_all(people), []
    for person in people:
        box, local = known[person.pk], local_time(person, now)
        if box.daily and local.hour >= box.hour and boxes.reaches(person, box):
            found.append((person.pk, local.date()))
    return _without_one(found)


def _without_one(found: list[tuple[UUID, date]]) -> list[tuple[UUID, date]]:
    there = Letter.objects.filter(notice=None, day__in={day for _person, day in found})
    known = set(there.values_list("person", "day"))
    return [one for one in found if one not in known]


def digests(of: list[tuple[UUID, date]]) -> list[UUID]:
    """Make the rows of these people's digests; answers those that have something to say. Part of a `write`, in which they
    are also asked for.

    A day on which there is nothing to say is ended with its row: what comes later in the day stands in the next one.
    """
    missing = _without_one(of)
    something = _with_something_to_say([person for person, _day in missing])
    rows = [_row(person, day, needless=person not in something) for person, day in missing]
    Letter.objects.bulk_create(rows, ignore_conflicts=True)  # another worker may make them at this moment
    made = Letter.objects.filter(pk__in=[row.pk for row in rows], ended_at=None)
    return list(made.order_by("pk").values_list("pk", flat=True))


def _with_something_to_say(people: list[UUID]) -> set[UUID]:
    tasks = Task.objects.filter(who__in=people, done_at=None, asked_at__isnull=False, due_on__lte=current().today())
    told = to_mail().order_by().filter(person__in=people)
    return set(tasks.values_list("who", flat=True)) | set(told.values_list("person", flat=True))


def _row(person: UUID, day: date, *, needless: bool = False, notice: UUID | None = None) -> Letter:
    now = timezone.now()
    ended = {"ended_at": now, "outcome": Outcome.NEEDLESS} if needless else {}
    return Letter(organization_id=current().organization_id, person_id=person, day=day, notice=notice, made_at=now, **ended)


def urgent(notice: Notice) -> Letter | None:
    """The letter of an urgent notice, made now or before; None when it went, or when the person has had enough of
    them for this hour: then it stands in the digest."""

    def making() -> Letter | None:
        person = Person.locked(notice.person_id)  # two at once would each count without the other
        found = Letter.objects.filter(notice=notice.pk).first()
        if found is not None:
            return found if found.ended_at is None else None
        since = timezone.now() - timedelta(hours=1)
        of_this_hour = Letter.everywhere.filter(person=person, made_at__gt=since).exclude(notice=None)
        if of_this_hour.count() >= settings.URGENT_LETTERS_PER_HOUR:
            return None
        made = _row(person.pk, local_time(person, timezone.now()).date(), notice=notice.pk)
        made.save(force_insert=True)
        return made

    return write(making)


def newer(letter: Letter) -> bool:
    """Whether a later day's digest is there, which says all that this one would."""
    return Letter.objects.filter(notice=None, person=letter.person_id, day__gt=letter.day).exists()


def end(letter: Letter, outcome: Outcome, notices: list[UUID] | None = None) -> None:
    """Say how a letter ended, and that its notices were told."""

    def ending() -> None:
        Letter.objects.filter(pk=letter.pk).update(outcome=outcome, ended_at=timezone.now())
        if notices:
            mark_mailed(notices)

    write(ending)


def forget_old() -> None:
    """Forget letters of which nobody will say anything any more."""
    Letter.everywhere.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
