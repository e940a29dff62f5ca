"""Work that failed is tried again, later each time: a mail server that is away for an hour loses no letter."""

from datetime import timedelta

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guiju.spine.acts import Conflict, Refused

TRIES = 10  # with the waits between them: some five hours
LONGEST_WAIT = timedelta(hours=1)


def wait_after(failures: int) -> timedelta:
    """How long to wait after so many failures: one minute, two, four, at most an hour."""
    return min(timedelta(minutes=2 ** (min(failures, 10) - 1)), LONGEST_WAIT)


def try_again() -> int:
    """Give failed work back to the queue; answers how much. What a person may not do stays so."""
    given_back = 0
    lately = timezone.now() - TRIES * LONGEST_WAIT
    for row in DBTaskResult.objects.failed().filter(finished_at__gte=lately).order_by("finished_at"):
        tries = len(row.worker_ids)
        if tries >= TRIES or _is_refusal(row.exception_class_path):
            continue
        after = (row.finished_at or timezone.now()) + wait_after(tries)
        given_back += DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED).update(
            status=TaskResultStatus.READY, started_at=None, finished_at=None, run_after=after
        )
    return given_back


def _is_refusal(path: str) -> bool:
    try:
        found = import_string(path)
    except ImportError:
        return False
    # What stood against it may be gone a minute later: a change by another, a full disk.
    return isinstance(found, type) and issubclass(found, Refused) and not issubclass(found, Conflict)
