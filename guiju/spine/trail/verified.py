"""A verification that is kept: it reads one moment of the database, and says afterwards when that was and how it ended."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection
from django.utils import timezone

from guiju.spine.trail.finding import Finding
from guiju.spine.trail.models import Verification
from guiju.spine.trail.verify import verify
from guiju.spine.trail.witness import NOTHING, Given

log = logging.getLogger(__name__)


def run(
    *, chain_only: bool = False, given: Given = NOTHING, found: Callable[[Finding], None] = lambda finding: None
) -> Verification:
    """Verify, call `found` with each finding as it comes, and keep how it ended.

    Where nothing can be kept, the disk being full, the answer is as good; it is only not in the database.
    """
    began, count = timezone.now(), 0
    with one_moment():
        for finding in verify(chain_only=chain_only, given=given):
            count += 1
            found(finding)
    made = Verification(began_at=began, ended_at=timezone.now(), chain_only=chain_only, findings=count)
    try:
        made.save()
    except DatabaseError:
        log.warning("The result of the verification could not be kept.", exc_info=True)
    return made


def last(*, chain_only: bool) -> Verification | None:
    """The last verification of a depth."""
    return Verification.everywhere.filter(chain_only=chain_only).order_by("-ended_at").first()


@contextmanager
def one_moment() -> Iterator[None]:
    """Read the database as it is at the first query, for however long, and hold up nobody who writes.

    Else what others write meanwhile would be read in part, and taken for findings. Inside a transaction that is open
    already it is that one's moment.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        # Not by Django's atomic(): on SQLite that takes the lock of those who write.
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
