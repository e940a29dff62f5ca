"""Scheduled work: claimed by one worker, and tried again in its period until it is done."""

import logging
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from guiju.spine.acts import SYSTEM, act
from guiju.spine.jobs.again import wait_after
from guiju.spine.jobs.job import Scheduled, scheduled
from guiju.spine.jobs.models import Period

GIVEN_UP_AFTER = timedelta(hours=1)  # a claim this old is of a worker that died

log = logging.getLogger(__name__)


def run_scheduled() -> None:
    """Claim and run what is due. What fails is tried again after a while, and does not hold up the others."""
    now = timezone.now()
    for work in scheduled.values():
        if now.strftime("%H:%M") >= work.at and _claimed(work, now):
            _run(work, now.strftime(work.period))


def _claimed(work: Scheduled, now: datetime) -> bool:
    """Whether this worker is the one to run it now: by a row of its own, or by the one update that found it free."""
    claim = {"claimed_at": now, "again_at": now + GIVEN_UP_AFTER}
    known = Period.everywhere.filter(job=work.name, period=now.strftime(work.period))
    if known.exists():
        return known.filter(done_at=None, again_at__lte=now).update(**claim) == 1
    try:
        with transaction.atomic():
            Period.everywhere.create(job=work.name, period=now.strftime(work.period), **claim)
    except IntegrityError:
        return False
    return True


def _run(work: Scheduled, period: str) -> None:
    row = Period.everywhere.get(job=work.name, period=period)
    with act(None, SYSTEM, "scheduled work"):
        try:
            work.run()
        except Exception:
            row.failures += 1
            row.again_at = timezone.now() + wait_after(row.failures)
            log.exception("Scheduled work %s failed; it is tried again at %s.", work.name, row.again_at)
        else:
            row.done_at = timezone.now()
    row.save()
