"""A chain that was written elsewhere, entered as it is: the second door through which entries come, beside `append`."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from guiju.lib import chain as arithmetic
from guiju.lib import heads
from guiju.lib.merkle import LEVEL, Peaks, leaf
from guiju.spine.trail.models import Block, Entry, Head, Payload, SignedHead, Stamp

BATCH = 500


@dataclass(frozen=True)
class Come:
    """What an export holds of a chain: entries as {id, text, payloads}, signed texts of heads, stamps."""

    entries: Iterable[Mapping[str, Any]]
    heads: list[str]
    stamps: list[Mapping[str, str]]


@dataclass
class Walk:
    """A chain as far as it has been entered."""

    chain: UUID
    digest: str = arithmetic.START
    peaks: Peaks = field(default_factory=Peaks)
    at: datetime | None = None
    behind: int = 0
    behind_at: datetime | None = None
    behind_clock: datetime | None = None
    blocks: list[Block] = field(default_factory=list)
    peaks_at: dict[int, str] = field(default_factory=dict)

    def enter(self, line: Mapping[str, Any], signed: frozenset[int]) -> tuple[Entry, list[Payload]]:
        """The rows of one entry; what it says is what its text says."""
        said, text = json.loads(line["text"]), str(line["text"])
        self.digest = arithmetic.digest(self.digest, text)
        for block in self.peaks.add(leaf(text.encode()))[LEVEL : LEVEL + 1]:
            self.blocks.append(Block(chain=self.chain, place=(self.peaks.size >> LEVEL) - 1, root=block.hex()))
        if self.peaks.size in signed:
            self.peaks_at[self.peaks.size] = self.peaks.text()
        self.at = datetime.fromisoformat(said["at"])
        if "clock" in said:
            self.behind, self.behind_at, self.behind_clock = self.behind + 1, self.at, datetime.fromisoformat(said["clock"])
        entry = Entry(
            id=UUID(line["id"]),
            chain=self.chain,
            sequence=self.peaks.size,
            at=self.at,
            actor=_uuid(said["actor"]),
            on_behalf_of=_uuid(said["for"]),
            kind=said["kind"],
            record=UUID(said["record"]),
            action=said["action"],
            stateful=said["schema"] != "0",
            text=text,
            digest=self.digest,
        )
        return entry, [
            Payload(entry=entry, holds=one["holds"], salt=one["salt"], values=one["values"]) for one in line["payloads"]
        ]


def _uuid(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)


def chain(organization: UUID, come: Come) -> int:
    """Enter a chain with its heads and stamps, inside the `write` that restores it; answers how many entries it has.

    Whether it is whole has been asked before, and is asked again by whoever verifies.
    """
    signed = {heads.opened(text, heads.HEAD).size: text for text in come.heads}
    walk = Walk(organization)
    left = (walk.enter(line, frozenset(signed)) for line in come.entries)
    for batch in _batches(left):
        Entry.everywhere.bulk_create([entry for entry, _payloads in batch])
        Payload.everywhere.bulk_create([payload for _entry, payloads in batch for payload in payloads])
    Head.everywhere.create(
        pk=organization,
        length=walk.peaks.size,
        digest=walk.digest,
        at=walk.at,
        behind=walk.behind,
        behind_at=walk.behind_at,
        behind_clock=walk.behind_clock,
    )
    Block.everywhere.bulk_create(walk.blocks, batch_size=BATCH)
    rows = {size: _head(organization, size, text, walk) for size, text in signed.items()}
    SignedHead.everywhere.bulk_create(rows.values(), batch_size=BATCH)
    Stamp.everywhere.bulk_create(
        Stamp(head=rows[int(one["size"])], at=datetime.fromisoformat(one["at"]), authority=one["authority"], token=one["token"])
        for one in come.stamps
    )
    return walk.peaks.size


def _head(chain: UUID, size: int, text: str, walk: Walk) -> SignedHead:
    at = datetime.fromisoformat(heads.opened(text, heads.HEAD).statement["at"])
    return SignedHead(chain=chain, size=size, at=at, text=text, peaks=walk.peaks_at[size])


def _batches(left: Iterator[tuple[Entry, list[Payload]]]) -> Iterator[list[tuple[Entry, list[Payload]]]]:
    while batch := list(islice(left, BATCH)):
        yield batch
