"""The worker: scheduled work, then whatever waits; its sign of life, and the work of those that died."""

import logging
import signal
import threading
import time
from datetime import timedelta
from types import FrameType
from uuid import uuid4

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from guiju.spine.jobs.again import try_again
from guiju.spine.jobs.models import Beat
from guiju.spine.jobs.schedule import run_scheduled

DEAD_AFTER = timedelta(seconds=30)
BEAT_EVERY = 5.0  # seconds
LOOK_BACK_EVERY = 60.0  # seconds between two looks at work that failed
REST = 0.3  # seconds between two looks at the queue

log = logging.getLogger(__name__)


class Work:
    """One worker process, until it is told to stop."""

    def __init__(self, queues: list[str]) -> None:
        self.queues = queues or ["*"]
        self.name = uuid4().hex
        self.going = True
        self._ended = threading.Event()
        self._beaten = self._looked_back = float("-inf")

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; the work in hand is finished first."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        threading.Thread(target=self._live, name="sign of life", daemon=True).start()
        while self.going:
            try:
                self.turn()
            except Exception:
                # A database that is away for a while must not end the worker; it looks again.
                log.exception("The worker could not work; it tries again.")
                time.sleep(2)
            close_old_connections()
            time.sleep(REST)
        self._ended.set()
        Beat.everywhere.filter(pk=self.name).delete()

    def turn(self) -> None:
        """One look: sign of life, scheduled work, the queue."""
        now = time.monotonic()
        if now - self._beaten >= BEAT_EVERY:
            self._beaten = now
            beat(self.name)
            take_over()
            run_scheduled()
        if now - self._looked_back >= LOOK_BACK_EVERY:
            self._looked_back = now
            try_again()
        ready = DBTaskResult.objects.ready()
        if self.queues != ["*"]:
            ready = ready.filter(queue_name__in=self.queues)
        if ready.exists():
            self._queue().run()

    def _queue(self) -> Worker:
        return Worker(
            queue_names=self.queues,
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=5,
            worker_id=self.name,
            excluded_queue_names=[],
        )

    def _live(self) -> None:
        """Give signs of life while a long piece of work is in hand, or another worker would begin it too."""
        while not self._ended.wait(BEAT_EVERY):
            try:
                beat(self.name)
            except DatabaseError:
                log.warning("The worker could not give a sign of life.", exc_info=True)
            close_old_connections()
        connection.close()

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self.going = False


def beat(worker: str) -> None:
    Beat.everywhere.update_or_create(pk=worker, defaults={"at": timezone.now()})


def alive() -> bool:
    """Whether any worker has given a sign of life lately."""
    return Beat.everywhere.filter(at__gte=timezone.now() - DEAD_AFTER).exists()


def take_over() -> int:
    """Give the work of dead workers back to the queue; answers how much. Work may run twice, and must bear it."""
    living = set(Beat.everywhere.filter(at__gte=timezone.now() - DEAD_AFTER).values_list("pk", flat=True))
    orphaned = [row for row in DBTaskResult.objects.running() if not living & set(row.worker_ids[-1:])]
    for row in orphaned:
        DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING).update(
            status=TaskResultStatus.READY, started_at=None
        )
    Beat.everywhere.filter(at__lt=timezone.now() - timedelta(hours=1)).delete()
    return len(orphaned)
