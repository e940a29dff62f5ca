"""The Merkle tree of RFC 6962, section 2.1 (RFC 9162 keeps it), over SHA-256.

It proves to whoever holds one root that an entry is among those it stands for, and that a later root stands for the same
entries and further ones, in a few dozen hashes however many entries there are.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

EMPTY = hashlib.sha256(b"").digest()  # the root over no leaf
LEVEL = 8
BLOCK = 1 << LEVEL  # leaves of a block, whose root can be kept in place of them

Roots = Callable[[int, int], bytes]  # the root over the leaves from one place up to another


def leaf(data: bytes) -> bytes:
    """The hash of a leaf. Its prefix differs from a node's, so that no node can be passed off as a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def middle(start: int, end: int) -> int:
    """Where the RFC splits a range of at least two leaves: after the largest power of two that is smaller than it."""
    return start + (1 << (end - start - 1).bit_length() - 1)


@dataclass
class Peaks:
    """A tree of which only the roots of its perfect subtrees are kept, the largest first: enough to go on adding."""

    size: int = 0
    hashes: list[bytes] = field(default_factory=list)

    def add(self, leaf_hash: bytes) -> list[bytes]:
        """Add a leaf. Answers the roots of the perfect subtrees that end with it: over one leaf, two, four and so on."""
        made, rest = [leaf_hash], self.size
        while rest & 1:  # as a carry runs through the binary digits of the size
            made.append(node(self.hashes.pop(), made[-1]))
            rest >>= 1
        self.hashes.append(made[-1])
        self.size += 1
        return made

    def root(self) -> bytes:
        """The root over all leaves."""
        if not self.hashes:
            return EMPTY
        *before, root = self.hashes
        for left in reversed(before):
            root = node(left, root)
        return root

    def text(self) -> str:
        return "".join(one.hex() for one in self.hashes)

    @classmethod
    def of(cls, size: int, text: str) -> "Peaks":
        """What `text` wrote for a tree of this size. ValueError when it cannot be of that size."""
        joined = bytes.fromhex(text)
        hashes = [joined[place : place + 32] for place in range(0, len(joined), 32)]
        if len(joined) != 32 * size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} peaks, not {len(hashes)}")
        return cls(size, hashes)


@dataclass(frozen=True)
class Tree:
    """Leaf hashes by their places; `blocks` are the roots of the first whole blocks, for leaves that are not at hand."""

    leaves: Mapping[int, bytes]
    blocks: Sequence[bytes] = ()

    def root(self, start: int, end: int) -> bytes:
        """The root over the leaves from `start` up to `end`, as the RFC splits them. KeyError for a leaf not at hand."""
        if end == start:
            return EMPTY
        if end - start == 1:
            return self.leaves[start]
        if end - start == BLOCK and start % BLOCK == 0 and start // BLOCK < len(self.blocks):
            return self.blocks[start // BLOCK]
        split = middle(start, end)
        return node(self.root(start, split), self.root(split, end))


def inclusion(index: int, size: int, root: Roots) -> list[bytes]:
    """PATH(m, D[n]): the hashes that lead from the leaf at `index` (from 0) to the root over `size` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = middle(start, end)
        if index < split:
            path.append(root(split, end))
            end = split
        else:
            path.append(root(start, split))
            start = split
    return path[::-1]


def consistency(first: int, second: int, root: Roots) -> list[bytes]:
    """PROOF(m, D[n]): the hashes that show that the tree of `second` leaves begins with the tree of `first`."""
    if not 0 < first <= second:
        raise ValueError(f"a tree of {first} leaves has no proof in one of {second}")
    proof: list[bytes] = []
    start, end = 0, second
    while first != end:
        split = middle(start, end)
        if first <= split:
            proof.append(root(split, end))
            end = split
        else:
            proof.append(root(start, split))
            start = split
    # The verifier knows the earlier root; the subtree that it ends in is only told when it is not all of it.
    return [*([root(start, end)] if start else []), *reversed(proof)]


def includes(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves the leaf at `index` under `root` (RFC 9162, section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    fn, sn, made = index, size - 1, leaf_hash
    for one in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            made = node(one, made)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            made = node(made, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and made == root


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `second` leaves begins with that of `first` (RFC 9162, section 2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    hashes = list(proof)
    if not first & (first - 1):  # a power of two: the earlier tree is a subtree of the later
        hashes.insert(0, first_root)
    if not hashes:
        return False
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    earlier = later = hashes[0]
    for one in hashes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            earlier, later = node(one, earlier), node(one, later)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            later = node(later, one)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and earlier == first_root and later == second_root
