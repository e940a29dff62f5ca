"""Comparing signed heads with the entries: those in the database, those in the file beside the key, those that left the house.

Whoever can write to the database can rewrite a chain so that it is whole in itself, but not sign its head again (law L7).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_noop

from guiju.lib import heads
from guiju.lib.merkle import LEVEL, Peaks, leaf
from guiju.spine.acts import INSTALLATION
from guiju.spine.trail import keys, last_heads, origins
from guiju.spine.trail.finding import Finding
from guiju.spine.trail.models import Block, Entry, PublicKey, SignedHead
from guiju.spine.trail.past import moments

WHERE = "signed head"
BATCH = 2000


@dataclass(frozen=True)
class Given:
    """What the one who asks brings along: signed heads that were sent away, and the fingerprint of the key they know."""

    heads: tuple[str, ...] = ()
    fingerprint: str = ""


NOTHING = Given()


@dataclass(frozen=True, order=True)
class Said:
    """What a signed head says of its chain."""

    size: int
    root: str
    digest: str
    at: str


@dataclass
class Watch:
    """The signed heads of one chain, each compared with the tree over its entries when the walk has come so far."""

    chain: UUID
    waiting: list[Said] = field(default_factory=list)  # the smallest last
    blocks: dict[int, str] = field(default_factory=dict)
    peaks: Peaks = field(default_factory=Peaks)
    agreed: int = 0

    def see(self, sequence: int, text: str, digest: str) -> Iterator[Finding]:
        """Take in an entry, and compare the heads that end with it."""
        for block in self.peaks.add(leaf(text.encode()))[LEVEL : LEVEL + 1]:
            place = (self.peaks.size >> LEVEL) - 1
            if self.blocks.get(place) not in (block.hex(), None):
                yield Finding("block", f"{self.chain}/{place}", "root", gettext_noop("is not the one over its entries"))
        while self.waiting and self.waiting[-1].size <= sequence:
            said = self.waiting.pop()
            if (said.size, said.root) != (sequence, self.peaks.root().hex()):
                one = said.size == self.agreed + 1
                several = gettext_noop("of entries %(first)s to %(last)s some are not as signed on %(at)s")
                says = gettext_noop("entry %(last)s is not as signed on %(at)s") if one else several
                params = {"first": self.agreed + 1, "last": said.size, "at": said.at}
                yield Finding(WHERE, f"{self.chain}/{said.size}", "root", says, params, entry=said.size if one else 0)
                self.waiting.clear()  # every later head stands for these entries too
            elif said.digest != digest:
                says = gettext_noop("is not the chain's at entry %(last)s")
                yield Finding(WHERE, f"{self.chain}/{said.size}", "digest", says, {"last": said.size}, entry=said.size)
            else:
                self.agreed = said.size

    def end(self, count: int) -> Iterator[Finding]:
        """Name what was signed beyond the last entry; one head speaks for all of them."""
        if self.waiting:
            said = self.waiting[0]
            says = gettext_noop("%(length)s entries were signed on %(at)s, %(count)s are there")
            params = {"length": said.size, "at": said.at, "count": count}
            yield Finding(WHERE, f"{self.chain}/{said.size}", "entries", says, params)


class Witness:
    """All that is signed, of one chain or of all, read before the entries are."""

    def __init__(self, given: Given = NOTHING, of: UUID | None = None) -> None:
        # The files first: what is signed meanwhile is in the database before it is in them.
        self.given, self.of, self.own = given, of, keys.own()
        self.beside: dict[str, str] | None = None
        self.unreadable = ""
        try:
            self.beside = last_heads.read()
        except last_heads.Unreadable as error:
            self.unreadable = str(error)
        self.rows = keys.known()
        self.vouched = keys.vouched()
        self.origins = origins.all_of()
        self._watches: dict[UUID, Watch] = {}

    def watch(self, chain: UUID) -> Watch:
        """The heads of a chain, for one walk."""
        found = self._watches.pop(chain, None) or Watch(chain)
        found.waiting = sorted(set(found.waiting), reverse=True)
        found.blocks = dict(Block.everywhere.filter(chain=chain).values_list("place", "root"))
        return found

    def unwatched(self) -> Iterator[Finding]:
        """Heads of chains that are not there any more."""
        for chain in sorted(self._watches):
            yield from self.watch(chain).end(0)

    def keys(self) -> Iterator[Finding]:
        """The key is the installation's, each has its entry, and each but the first is signed by the one before it."""
        present = self.rows[-1].public if self.rows else ""
        if present and present not in (self.own, keys.own()):
            yield Finding("key", _short(self.own), "file", *_other_key(self.own, present))
        previous = None
        said = self._entries()
        for row in self.rows:
            if (fault := _key_fault(row, previous))[0]:
                yield Finding("key", _short(row.public), "statement", *fault)
            if said.pop(row.pk, None) != row.public:
                yield Finding("key", _short(row.public), "entry", gettext_noop("no entry of the installation announces it"))
            previous = row.public
        for public in said.values():
            yield Finding("key", _short(public or ""), "row", gettext_noop("is gone, though an entry announces it"))
        yield from origins.findings()
        asked = "".join(self.given.fingerprint.lower().split())
        known = self.vouched.union(*(origins.vouched(rows, 0, self.vouched) for rows in self.origins.values()))
        if asked and asked not in {heads.fingerprint(public) for public in known}:
            says = gettext_noop("is not the fingerprint of the key that signs here, nor of one before it")
            yield Finding("key", self.given.fingerprint, "fingerprint", says)

    def _entries(self) -> dict[UUID, str | None]:
        """The keys that entries of the installation announce, by their rows."""
        told = moments(Entry.everywhere.filter(chain=INSTALLATION, kind=keys.KIND))
        return {moment.record: moment.says.get("key") for moment in told}

    def heads(self) -> Iterator[Finding]:
        """Every signed head is as it was signed, by a key that counts; those beside the key are in the database too."""
        rows = SignedHead.everywhere.order_by("chain", "size")
        for row in (rows.filter(chain=self.of) if self.of else rows).iterator(chunk_size=BATCH):
            yield from self._row(row)
        yield from self._beside()
        for text in self.given.heads:
            yield from self._take("given", text)

    def _row(self, row: SignedHead) -> Iterator[Finding]:
        yield from self._take(f"{row.chain}/{row.size}", row.text, row)

    def _beside(self) -> Iterator[Finding]:
        if self.unreadable:
            yield Finding("last heads", "file", "text", gettext_noop("cannot be read: %(why)s"), {"why": self.unreadable})
        # With SQLite there is one machine, and so one such file; another machine's worker may have signed elsewhere.
        elif self.beside is None and connection.vendor == "sqlite" and SignedHead.everywhere.exists():
            path = {"path": str(settings.LAST_HEADS)}
            yield Finding("last heads", "file", "presence", gettext_noop("is missing: %(path)s"), path)
        for chain, text in (self.beside or {}).items():
            if self.of is not None and chain != str(self.of):
                continue
            yield from self._take(f"{chain} in the file beside the key", text)
            if not SignedHead.everywhere.filter(text=text).exists():
                yield Finding(WHERE, chain, "row", gettext_noop("is in the file beside the key and not in the database"))

    def _take(self, name: str, text: str, row: SignedHead | None = None) -> Iterator[Finding]:
        """Check one signed text, and have it compared with the entries when it is one."""
        try:
            found = heads.opened(text, heads.HEAD)
            chain = UUID(found.statement["chain"])
            said = Said(found.size, found.statement["root"], found.statement["digest"], found.statement["at"])
        except ValueError as error:
            yield Finding(WHERE, name, "text", gettext_noop("cannot be read: %(why)s"), {"why": error})
            return
        if not found.keys & origins.vouched(self.origins.get(chain, []), said.size, self.vouched):
            yield Finding(WHERE, name, "signature", gettext_noop("is of a key that is not this installation's"))
            return
        if row is not None and (row.chain, row.size) != (chain, said.size):
            says = gettext_noop("the text is of %(length)s entries of %(chain)s")
            yield Finding(WHERE, name, "columns", says, {"length": said.size, "chain": chain})
        if row is not None and _root(row) != said.root:
            yield Finding(WHERE, name, "peaks", gettext_noop("do not have the root that was signed"))
        self._watches.setdefault(chain, Watch(chain)).waiting.append(said)


def _root(row: SignedHead) -> str:
    try:
        return Peaks.of(row.size, row.peaks).root().hex()
    except ValueError:
        return ""


def _key_fault(row: PublicKey, previous: str | None) -> tuple[str, dict[str, Any]]:
    """What is wrong with the statement that announces a key; "" when nothing is."""
    try:
        found = heads.opened(row.text, heads.KEY)
    except heads.Forged as error:
        return gettext_noop("cannot be read: %(why)s"), {"why": error}
    if (found.statement["key"], found.statement["previous"]) != (row.public, previous):
        return gettext_noop("is of another key, or follows another"), {}
    missing = {row.public, previous or row.public} - found.keys
    return (gettext_noop("is not signed by %(key)s"), {"key": _short(missing.pop())}) if missing else ("", {})


def _other_key(own: str, present: str) -> tuple[str, dict[str, Any]]:
    if not own:
        says = gettext_noop("is missing or cannot be read: %(path)s; the installation's is %(key)s")
        return says, {"path": str(settings.SIGNING_KEY), "key": _short(present)}
    return gettext_noop("is not the installation's, which is %(key)s"), {"key": _short(present)}


def _short(public: str) -> str:
    """Enough of a fingerprint to tell one key from another."""
    return heads.grouped(heads.fingerprint(public)[:16]) if public else "none"
