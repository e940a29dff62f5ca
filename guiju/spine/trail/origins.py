"""The keys of other installations that count for the part of a chain that was written there (law L7).

A chain that was restored here goes on under this installation's key; what was signed before it left stays signed by the
key it was signed with. An entry of the installation says so, and names the last of those keys.
"""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_noop

from guiju.lib import heads
from guiju.spine.acts import INSTALLATION
from guiju.spine.trail.append import note
from guiju.spine.trail.finding import Finding
from guiju.spine.trail.models import Entry, Origin
from guiju.spine.trail.past import moments
from guiju.spine.trail.states import kind_of

KIND, RESTORE = kind_of(Origin), "restore"


def of(chain: UUID) -> list[Origin]:
    """Where a chain was before, the earliest first."""
    return list(Origin.everywhere.filter(chain=chain).order_by("size"))


def all_of() -> dict[UUID, list[Origin]]:
    """The same of every chain that was somewhere before."""
    found: dict[UUID, list[Origin]] = {}
    for row in Origin.everywhere.order_by("chain", "size"):
        found.setdefault(row.chain, []).append(row)
    return found


def vouched(origins: list[Origin], size: int, own: frozenset[str]) -> frozenset[str]:
    """The public keys that count for a head of so many entries: `own`, and those of where these entries were written."""
    found = own
    for origin in origins:
        if size <= origin.size:
            found |= _keys(origin)
    return found


def _keys(origin: Origin) -> frozenset[str]:
    last = _last(origin)
    return heads.vouched(last, origin.texts()) if last else frozenset()


def _last(origin: Origin) -> str:
    """The public key that the last of an origin's texts names; "" when it cannot be read."""
    try:
        return str(heads.opened(origin.texts()[-1], heads.KEY).statement["key"])
    except (heads.Forged, IndexError):
        return ""


def add(chain: UUID, groups: list[tuple[int, list[str]]], facts: dict[str, str]) -> None:
    """Enter where a chain comes from, as (entries, signed texts of keys); to be called inside the `write` that restores it.

    `facts` are said in the entry beside the last key, such as whether anybody proved whose key that is.
    """
    rows = [Origin(chain=chain, size=size, keys="\n".join(texts)) for size, texts in groups]
    Origin.everywhere.bulk_create(rows)
    for row in rows:
        says = {"chain": str(chain), "size": str(row.size), "key": _last(row)} | facts
        note(KIND, row.pk, RESTORE, chain=INSTALLATION, says=says)


def findings() -> Iterator[Finding]:
    """Every origin is as the entry says that entered it, and none is gone."""
    told = moments(Entry.everywhere.filter(chain=INSTALLATION, kind=KIND))
    said = {moment.record: moment.says for moment in told}
    for row in Origin.everywhere.order_by("chain", "size"):
        says = said.pop(row.pk, None)
        facts = {"chain": str(row.chain), "size": str(row.size), "key": _last(row)}
        if says is None:
            yield Finding("origin", f"{row.chain}/{row.size}", "entry", gettext_noop("no entry of the installation names it"))
        elif any(says.get(name) != value for name, value in facts.items()):
            yield Finding(
                "origin", f"{row.chain}/{row.size}", "row", gettext_noop("is not as the entry says that restored the chain")
            )
    for pk in said:
        yield Finding("origin", str(pk), "row", gettext_noop("is gone, though an entry announces it"))
