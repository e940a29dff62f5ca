"""How often the clock was behind a chain (law L4), from what the heads count."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from guiju.spine.acts import INSTALLATION, current
from guiju.spine.trail.models import Head


@dataclass(frozen=True)
class Behind:
    """How many entries of a chain were written while the clock was behind it, the last one's instant, and by how much."""

    chain: UUID
    entries: int
    at: datetime
    by: timedelta


def behind() -> list[Behind]:
    """Of the acting organization's chain and the installation's those at which the clock was behind, in this order."""
    heads = Head.everywhere.filter(pk__in=(current().organization_id, INSTALLATION), behind__gt=0)
    found = [
        Behind(h.chain, h.behind, h.behind_at, h.behind_at - h.behind_clock) for h in heads if h.behind_at and h.behind_clock
    ]
    return sorted(found, key=lambda one: one.chain == INSTALLATION)
