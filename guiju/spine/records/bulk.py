"""The one audited verb for many new records at once: imports (section 5)."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.db import models

from guiju.spine.acts import current
from guiju.spine.records.models import Record
from guiju.spine.records.numbering import assign
from guiju.spine.records.trailed import PastTheTrail
from guiju.spine.trail.append import changed

R = TypeVar("R", bound=Record)


def create(rows: Sequence[R], *, action: str = "create", says: Mapping[str, str | None] | None = None) -> Sequence[R]:
    """Insert new records, numbered and each with its entry, in a few statements.

    To be called inside a `write` that does nothing after it: the counters are locked from here on (law L12).
    """
    acting = current()
    if not acting.writing:
        raise PastTheTrail("Many records are created inside a write.")
    for row in rows:
        row.check_writable()
        row.version = 1
    assign(acting, rows)
    if rows:
        models.QuerySet.bulk_create(type(rows[0])._base_manager.all(), rows, batch_size=500)
    for row in rows:
        changed(row, action, chain=row.trail_chain(), created=True, says=says)
    return rows
