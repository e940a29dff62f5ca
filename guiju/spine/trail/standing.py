"""How the proof of the trail stands: what is signed, by which key, and whether an authority has stamped it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from guiju.lib import heads
from guiju.spine.acts import INSTALLATION, current
from guiju.spine.trail import keys, last_heads
from guiju.spine.trail.models import Entry, Head, PublicKey, SignedHead, Stamp


@dataclass(frozen=True)
class Signing:
    """The last signed head of a chain: when, how many entries; how many were written since, and the first of them when."""

    chain: UUID
    at: datetime | None
    size: int
    since: int
    unsigned_from: datetime | None
    behind_file: bool  # the file beside the key holds a head that the database has not


@dataclass(frozen=True)
class Key:
    """The installation's key: whether this machine has it, since when it signs, how many there were before it."""

    fingerprint: str
    here: bool
    since: datetime
    before: int


@dataclass(frozen=True)
class Stamped:
    """The last stamp of a chain, and how many entries are signed and not stamped."""

    at: datetime | None
    size: int
    unstamped: int
    unstamped_from: datetime | None


def signing() -> list[Signing]:
    """Of the acting organization's chain and of the installation's, in this order."""
    chains = (current().organization_id, INSTALLATION)
    newest = SignedHead.everywhere.filter(chain=OuterRef("pk")).order_by("-size")
    last = {f"last_{name}": Subquery(newest.values(name)[:1]) for name in ("size", "at", "text")}
    found = {row["pk"]: row for row in Head.everywhere.filter(pk__in=chains).annotate(**last).values("pk", "length", *last)}
    beside = _beside()
    return [_signing(found.get(chain, {}), chain, beside.get(str(chain), "")) for chain in chains]


def _signing(row: Mapping[str, Any], chain: UUID, beside: str) -> Signing:
    length, size = row.get("length") or 0, row.get("last_size") or 0
    first = None
    if length > size:
        first = Entry.everywhere.filter(chain=chain, sequence=size + 1).values_list("at", flat=True).first()
    # That the last one stands in the file is the rule, and asks no database; an older one is looked for.
    missed = bool(beside) and beside != row.get("last_text")
    missed = missed and not SignedHead.everywhere.filter(chain=chain, text=beside).exists()
    return Signing(chain, row.get("last_at"), size, length - size, first, missed)


def _beside() -> dict[str, str]:
    try:
        return last_heads.read() or {}
    except (last_heads.Unreadable, OSError):
        return {}


def key() -> Key | None:
    """None before the first is made."""
    rows = list(PublicKey.everywhere.order_by("-place")[:1])
    if not rows:
        return None
    row = rows[0]
    return Key(heads.grouped(heads.fingerprint(row.public)), keys.own() == row.public, row.at, row.place - 1)


def stamped(chain: UUID) -> Stamped:
    """How the heads of a chain are stamped."""
    newest = SignedHead.everywhere.filter(chain=chain).order_by("-size").first()
    stamp = Stamp.everywhere.filter(head__chain=chain).select_related("head").order_by("-head__size").first()
    size = stamp.head.size if stamp else 0
    waits = newest is not None and newest.size > size
    since = SignedHead.everywhere.filter(chain=chain, size__gt=size).order_by("size").first() if waits else None
    return Stamped(stamp.at if stamp else None, size, newest.size - size if newest else 0, since.at if since else None)
