"""Proofs for a stranger: that an entry is under a signed head, and that a later head goes on from an earlier one (RFC 6962)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.lib import heads
from guiju.lib.merkle import BLOCK, Tree, consistency, inclusion, leaf
from guiju.spine.acts import NotFound, current
from guiju.spine.trail.models import Block, Entry
from guiju.spine.trail.signing import last

NOT_YET = _("Entry %(sequence)s is not under a signed head yet; the heads are signed each hour.")


@dataclass(frozen=True)
class Proof:
    """One entry, the last signed head, and the hashes that lead from the one to the other."""

    entry: str
    index: int
    path: tuple[str, ...]
    head: str

    def as_json(self) -> dict[str, Any]:
        """What a stranger needs: the entry's text as it was hashed, its leaf, the path, the head as it was signed."""
        found = heads.opened(self.head, heads.HEAD)
        return {
            "entry": self.entry,
            "index": self.index,
            "leaf": leaf(self.entry.encode()).hex(),
            "path": list(self.path),
            "size": found.size,
            "root": found.statement["root"],
            "head": self.head,
        }


def of_record(rows: Mapping[UUID, str], sequence: int) -> Proof:
    """The proof of an entry of the acting organization's that speaks of one of these rows, {id: kind}."""
    if (
        0 < sequence < 1 << 63
        and Entry.objects.filter(kind__in=set(rows.values()), record__in=list(rows), sequence=sequence).exists()
    ):
        return of_entry(current().organization_id, sequence)
    raise NotFound(_("Entry %(sequence)s is none of this record's history."), {"sequence": sequence})


def of_entry(chain: UUID, sequence: int) -> Proof:
    """The proof of one entry. NotFound when it is not there, or not signed yet."""
    head = last(chain)
    text = Entry.everywhere.filter(chain=chain, sequence=sequence).values_list("text", flat=True).first()
    if text is None or head is None or head.size < sequence:
        raise NotFound(NOT_YET, {"sequence": sequence})
    tree = _tree(chain, head.size, sequence - 1)
    path = inclusion(sequence - 1, head.size, tree.root)
    return Proof(text, sequence - 1, tuple(one.hex() for one in path), head.text)


def of_growth(chain: UUID, earlier: int, later: int) -> list[str]:
    """That the tree of `later` entries begins with that of `earlier`; ValueError when they are not in this order."""
    tree = _tree(chain, later, earlier - 1)
    return [one.hex() for one in consistency(earlier, later, tree.root)]


def _tree(chain: UUID, size: int, place: int) -> Tree:
    """What a proof about the leaf at `place` needs: roots of whole blocks, and the leaves around the place and at the end."""
    kept = dict(Block.everywhere.filter(chain=chain, place__lt=size // BLOCK).values_list("place", "root"))
    whole = next((n for n in range(size // BLOCK) if n not in kept), size // BLOCK)
    leaves: dict[int, bytes] = {}
    for start, end in {(place // BLOCK * BLOCK, (place // BLOCK + 1) * BLOCK), (whole * BLOCK, size)}:
        query = Entry.everywhere.filter(chain=chain, sequence__gt=start, sequence__lte=min(end, size)).order_by("sequence")
        for sequence, text in query.values_list("sequence", "text").iterator(chunk_size=2000):
            leaves[sequence - 1] = leaf(text.encode())
    return Tree(leaves, [bytes.fromhex(kept[n]) for n in range(whole)])
