"""Short transactions inside an act (law L11): opened late, closed early, run again when the database says so."""

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_noop as _

from guiju.spine.acts.act import Act, ReadOnly, current
from guiju.spine.acts.hooks import before_commit
from guiju.spine.acts.refusals import Conflict

T = TypeVar("T")
TIMES = 10  # the first time and nine again, in turn (`make survive`: eight who cross each other all the time)
RETRIED_SQLSTATES = {"40001", "40P01"}  # serialization failure, deadlock detected (PostgreSQL, appendix A)
IN_TURN = 0x67756A69  # of PostgreSQL's advisory locks the one under which those write again who were in each other's way
DISK_FULL = "53100"  # disk_full, the same appendix

log = logging.getLogger(__name__)


def write(fn: Callable[[], T]) -> T:
    """Run `fn` in one transaction, then number, index and chain what it changed, and commit.

    Inside another `write` it is simply part of it. `fn` may run several times and therefore reads again what
    it changes. Raises whatever `fn` raises; nothing is kept then. ReadOnly when a past instant is open, Conflict
    when the database's disk is full.
    """
    acting = current()
    if acting.as_of is not None:
        raise ReadOnly("The past is only for reading.")
    if acting.writing:
        return fn()
    for attempt in range(1, TIMES + 1):
        try:
            return _once(acting, fn, in_turn=attempt > 1)
        except OperationalError as error:
            if _disk_is_full(error):
                log.error("The disk of the database is full.")
                raise Conflict(
                    _("The disk of the database is full, so nothing was kept. Whoever runs Guiju must make room.")
                ) from error
            if attempt == TIMES or not _worth_another_try(error):
                raise
            log.info("writing again after: %s", error)
            time.sleep(random.uniform(0.01, 0.05) * min(attempt, 4))
    raise AssertionError("unreachable")


def _once(acting: Act, fn: Callable[[], T], *, in_turn: bool) -> T:
    acting.writing = True
    try:
        with transaction.atomic():
            if in_turn:
                _wait_for_turn(acting)
            result = fn()
            if acting.changes or acting.events:
                for hook in before_commit:
                    hook(acting)
            return result
    except BaseException:
        for change in acting.changes.values():
            change.undo()
        raise
    finally:
        acting.changes.clear()
        acting.events.clear()
        acting.erased.clear()
        acting.known.clear()  # what was remembered may have changed, or was never kept
        acting.writing = False


def _wait_for_turn(acting: Act) -> None:
    """Let those of an organization who write again do so one after another, or they would cross each other again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [IN_TURN, str(acting.chain)])


def _worth_another_try(error: OperationalError) -> bool:
    if "database is locked" in str(error) or "database is busy" in str(error):
        return True
    return getattr(error.__cause__, "sqlstate", None) in RETRIED_SQLSTATES


def _disk_is_full(error: OperationalError) -> bool:
    return "disk is full" in str(error) or getattr(error.__cause__, "sqlstate", None) == DISK_FULL


def after_commit(fn: Callable[[], None]) -> None:
    """Run `fn` once the transaction has committed; never for what must not be lost (law L13: that is a job)."""
    transaction.on_commit(fn, robust=True)
