"""Signing the heads of the chains: a tree over the entries' texts, gone on with from the last signed head (law L7)."""

import logging
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import IntegrityError, transaction
from django.utils import timezone

from guiju.lib import chain as arithmetic
from guiju.lib import heads
from guiju.lib.merkle import LEVEL, Peaks, leaf
from guiju.lib.whole_files import held
from guiju.spine.trail import keys, last_heads, origins
from guiju.spine.trail.models import Block, Entry, Head, SignedHead

BATCH = 2000

log = logging.getLogger(__name__)


class NotSigned(RuntimeError):
    """A chain does not go on from what was signed, so it is not signed: that would make good what was altered."""


@dataclass
class Grown:
    """A chain as far as it has been read: the tree over its texts, its last digest, and the blocks completed meanwhile."""

    peaks: Peaks = field(default_factory=Peaks)
    digest: str = arithmetic.START
    blocks: list[Block] = field(default_factory=list)


def last(chain: UUID) -> SignedHead | None:
    """The last signed head of a chain."""
    return SignedHead.everywhere.filter(chain=chain).order_by("-size").first()


def sign_heads() -> list[SignedHead]:
    """Sign the head of each chain that has grown, and keep the last ones in the file beside the key.

    NotSigned when one of them does not go on from what was signed before; the others are signed all the same.
    """
    key = keys.ready()
    with held(keys.lock()):
        kept = last_heads.read() or {}
        vouched = keys.vouched()
        made, faults = [], []
        for head in Head.everywhere.order_by("chain"):
            try:
                new, text = _signed(head, key, kept.get(str(head.chain), ""), vouched)
            except NotSigned as fault:
                log.error("The head of chain %s is not signed: %s", head.chain, fault)
                faults.append(f"{head.chain}: {fault}")
                continue
            kept[str(head.chain)] = text
            made += [new] if new else []
        last_heads.keep(kept)
    if faults:
        raise NotSigned("; ".join(faults))
    return made


def _signed(head: Head, key: Ed25519PrivateKey, beside: str, vouched: frozenset[str]) -> tuple[SignedHead | None, str]:
    """The new signed head, None when the chain has not grown; and the text of its last."""
    before = last(head.chain)
    if beside and not SignedHead.everywhere.filter(chain=head.chain, text=beside).exists():
        raise NotSigned("the file beside the key holds a head that the database has not: is it an older copy?")
    if before is not None and before.size >= head.length:
        if before.size > head.length:
            raise NotSigned(f"{before.size} entries were signed, {head.length} are there")
        return None, before.text
    grown = _read(
        head, _from(before, vouched if before is None else origins.vouched(origins.of(head.chain), before.size, vouched))
    )
    now = timezone.now()
    statement = heads.head_statement(
        chain=str(head.chain),
        size=grown.peaks.size,
        root=grown.peaks.root().hex(),
        digest=grown.digest,
        at=now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    )
    text = heads.signed(statement, [key])
    row = SignedHead(chain=head.chain, size=grown.peaks.size, at=now, text=text, peaks=grown.peaks.text())
    try:
        with transaction.atomic():
            Block.everywhere.bulk_create(grown.blocks, batch_size=500)
            SignedHead.everywhere.bulk_create([row])
    except IntegrityError:  # another worker was faster; what it signed is the same chain
        faster = last(head.chain)
        return None, faster.text if faster else beside
    return row, text


def _from(before: SignedHead | None, vouched: frozenset[str]) -> Grown:
    """Where the tree goes on, checked against what was signed: the row may have been altered."""
    if before is None:
        return Grown()
    try:
        said = heads.opened(before.text, heads.HEAD)
        peaks = Peaks.of(before.size, before.peaks)
    except ValueError as error:
        raise NotSigned(f"its last signed head cannot be read: {error}") from error
    if not said.keys & vouched:
        raise NotSigned("its last head is not signed by a key of this installation, nor of the one it came from")
    if (said.statement["chain"], said.size, said.statement["root"]) != (str(before.chain), before.size, peaks.root().hex()):
        raise NotSigned("its last signed head is not as it was signed")
    return Grown(peaks, said.statement["digest"])


def _read(head: Head, grown: Grown) -> Grown:
    """Add the entries up to the head. NotSigned when one is missing, or they do not lead to its digest."""
    query = Entry.everywhere.filter(chain=head.chain, sequence__gt=grown.peaks.size, sequence__lte=head.length)
    for sequence, text in query.order_by("sequence").values_list("sequence", "text").iterator(chunk_size=BATCH):
        if sequence != grown.peaks.size + 1:
            raise NotSigned(f"entry {grown.peaks.size + 1} is missing")
        data = text.encode()
        grown.digest = arithmetic.digest(grown.digest, text)
        for block in grown.peaks.add(leaf(data))[LEVEL : LEVEL + 1]:
            place = (grown.peaks.size >> LEVEL) - 1
            grown.blocks.append(Block(chain=head.chain, place=place, root=block.hex()))
    if (grown.peaks.size, grown.digest) != (head.length, head.digest):
        raise NotSigned("its entries do not lead to the digest of its head")
    return grown
