"""How the work stands, for whoever keeps the installation: how much, how old, of which kinds; never what it was about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guiju.spine.jobs.job import called
from guiju.spine.jobs.models import Beat, Period
from guiju.spine.jobs.worker import DEAD_AFTER

LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Workers:
    """How many are alive, and the last sign of life of any; None when there was none within the hour."""

    alive: int
    last_sign: datetime | None


@dataclass(frozen=True)
class Failed:
    """Work that failed lately and is not done since: how much, asked for since when, its kinds as message keys, and the
    class of the newest one's error."""

    count: int
    oldest: datetime | None
    kinds: tuple[str, ...]
    error: str


@dataclass(frozen=True)
class Last:
    """The last work of a queue that was tried: when it was asked for, and the class of its error, "" for none."""

    asked_at: datetime
    error: str


def workers() -> Workers:
    signs = list(Beat.everywhere.values_list("at", flat=True))
    living_since = timezone.now() - DEAD_AFTER
    return Workers(sum(at >= living_since for at in signs), max(signs, default=None))


def waiting() -> tuple[int, datetime | None]:
    """How much work could be begun now, and when the oldest of it was asked for."""
    found = DBTaskResult.objects.ready().filter(exception_class_path="").aggregate(n=Count("id"), oldest=Min("enqueued_at"))
    return found["n"], found["oldest"]


def failed() -> Failed:
    """Work that failed lately, also what is to be tried again; the kinds that fail most come first."""
    rows = _failing().order_by().values_list("task_path").annotate(n=Count("id"), oldest=Min("enqueued_at"))
    kinds = sorted(rows, key=lambda row: (-row[1], row[0]))
    if not kinds:
        return Failed(0, None, (), "")
    newest = _failing().order_by("-enqueued_at").values_list("exception_class_path", flat=True).first() or ""
    count, oldest = sum(n for _, n, _ in kinds), min(at for *_, at in kinds)
    return Failed(count, oldest, tuple(_name(path) for path, *_ in kinds), _class(newest))


def _failing() -> "QuerySet[DBTaskResult]":
    given_up = Q(status=TaskResultStatus.FAILED, finished_at__gte=timezone.now() - LATELY)
    to_be_tried_again = Q(status=TaskResultStatus.READY) & ~Q(exception_class_path="")
    return DBTaskResult.objects.filter(given_up | to_be_tried_again)


def last_of(queue: str) -> Last | None:
    """The last work of a queue that was tried lately."""
    lately = DBTaskResult.objects.filter(queue_name=queue, enqueued_at__gte=timezone.now() - LATELY)
    tried = lately.exclude(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING), exception_class_path="")
    row = tried.order_by("-enqueued_at").values_list("enqueued_at", "exception_class_path").first()
    return Last(row[0], _class(row[1])) if row else None


def overdue() -> list[str]:
    """Scheduled work that was begun in the last two days, failed, and is not done yet, by its names."""
    begun = Period.everywhere.filter(done_at=None, failures__gt=0, claimed_at__gte=timezone.now() - timedelta(days=2))
    return sorted({_name(path) for path in begun.values_list("job", flat=True)})


def _name(path: str) -> str:
    return called.get(path, path.rpartition(".")[2])


def _class(path: str) -> str:
    return path.rpartition(".")[2]
