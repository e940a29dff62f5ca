"""The tree is the one of RFC 6962: its published vectors, and its definition taken literally."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib.merkle import BLOCK, EMPTY, LEVEL, Peaks, Tree, consistency, consistent, includes, inclusion, leaf

# The vectors published with the certificate transparency log's own implementation of RFC 6962.
LEAVES = [
    bytes.fromhex(text)
    for text in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
PATHS = {  # (index from 0, size)
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
PROOFS = {  # (earlier size, later size)
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


def tree(leaves: list[bytes]) -> Tree:
    return Tree({place: leaf(data) for place, data in enumerate(leaves)})


# --- RFC 6962, section 2.1, word for word and nothing else --------------------------------------------------------------


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def largest_power_of_two_smaller_than(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def mth(d: list[bytes]) -> bytes:
    """Section 2.1."""
    if not d:
        return sha(b"")
    if len(d) == 1:
        return sha(b"\x00" + d[0])
    k = largest_power_of_two_smaller_than(len(d))
    return sha(b"\x01" + mth(d[:k]) + mth(d[k:]))


def path(m: int, d: list[bytes]) -> list[bytes]:
    """Section 2.1.1."""
    if len(d) == 1:
        return []
    k = largest_power_of_two_smaller_than(len(d))
    return [*path(m, d[:k]), mth(d[k:])] if m < k else [*path(m - k, d[k:]), mth(d[:k])]


def subproof(m: int, d: list[bytes], b: bool) -> list[bytes]:
    """Section 2.1.2."""
    if m == len(d):
        return [] if b else [mth(d)]
    k = largest_power_of_two_smaller_than(len(d))
    return [*subproof(m, d[:k], b), mth(d[k:])] if m <= k else [*subproof(m - k, d[k:], False), mth(d[:k])]


# --- the published vectors ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots(size):
    assert tree(LEAVES).root(0, size).hex() == ROOTS[size]


@pytest.mark.parametrize("size", range(9))
def test_the_published_roots_come_by_adding_leaf_after_leaf(size):
    peaks = Peaks()
    for data in LEAVES[:size]:
        peaks.add(leaf(data))
    assert peaks.root().hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_published_audit_paths(index, size):
    assert [one.hex() for one in inclusion(index, size, tree(LEAVES).root)] == PATHS[index, size]


@pytest.mark.parametrize(("first", "second"), PROOFS)
def test_the_published_consistency_proofs(first, second):
    assert [one.hex() for one in consistency(first, second, tree(LEAVES).root)] == PROOFS[first, second]


@pytest.mark.parametrize(("index", "size"), PATHS)
def test_the_published_audit_paths_prove_their_leaves(index, size):
    hashes = [bytes.fromhex(one) for one in PATHS[index, size]]
    assert includes(leaf(LEAVES[index]), index, size, hashes, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("first", "second"), PROOFS)
def test_the_published_consistency_proofs_hold(first, second):
    hashes = [bytes.fromhex(one) for one in PROOFS[first, second]]
    assert consistent(first, second, bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second]), hashes)


# --- the definition -----------------------------------------------------------------------------------------------------

some_leaves = st.lists(st.binary(max_size=4), max_size=70)
trees = st.lists(st.binary(max_size=4), min_size=1, max_size=70)


@given(some_leaves)
def test_a_root_is_as_defined(leaves):
    assert tree(leaves).root(0, len(leaves)) == mth(leaves)


@given(some_leaves)
def test_peaks_have_the_root_as_defined_after_every_leaf(leaves):
    peaks = Peaks()
    assert peaks.root() == EMPTY == mth([])
    for n, data in enumerate(leaves, 1):
        peaks.add(leaf(data))
        assert peaks.root() == mth(leaves[:n])


@given(trees, st.integers(0, 70))
def test_peaks_that_were_written_down_go_on_as_if_they_had_not_been(leaves, at):
    peaks = Peaks()
    for n, data in enumerate(leaves):
        if n == at:
            peaks = Peaks.of(peaks.size, peaks.text())
        peaks.add(leaf(data))
    assert peaks.root() == mth(leaves)


@given(trees)
def test_adding_tells_the_subtrees_that_it_completes(leaves):
    peaks = Peaks()
    for n, data in enumerate(leaves, 1):
        for level, made in enumerate(peaks.add(leaf(data))):
            assert made == mth(leaves[n - (1 << level) : n])
            assert n % (1 << level) == 0


@given(trees, st.data())
def test_an_audit_path_is_as_defined_and_proves_its_leaf(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    found = inclusion(index, len(leaves), tree(leaves).root)
    assert found == path(index, leaves)
    assert includes(leaf(leaves[index]), index, len(leaves), found, mth(leaves))


@given(trees, st.data())
def test_a_consistency_proof_is_as_defined_and_holds(leaves, data):
    first = data.draw(st.integers(1, len(leaves)))
    found = consistency(first, len(leaves), tree(leaves).root)
    assert found == subproof(first, leaves, True)
    assert consistent(first, len(leaves), mth(leaves[:first]), mth(leaves), found)


@given(trees, st.data())
def test_an_audit_path_proves_nothing_else(leaves, data):
    """Another leaf, another place, another size, another root, a hash altered, dropped or added: each is refused."""
    size = len(leaves)
    index = data.draw(st.integers(0, size - 1))
    found, root = path(index, leaves), mth(leaves)
    own = leaf(leaves[index])
    assert not includes(leaf(leaves[index] + b"x"), index, size, found, root)
    assert not includes(own, index, size, found, sha(root))
    assert not includes(own, index, size, [*found, root], root)
    assert not includes(own, size, size, found, root)
    assert not includes(own, -1, size, found, root)
    if found:
        broken = data.draw(st.integers(0, len(found) - 1))
        assert not includes(own, index, size, [sha(h) if n == broken else h for n, h in enumerate(found)], root)
        assert not includes(own, index, size, found[:-1], root)
        other = data.draw(st.integers(0, size - 1))
        if leaf(leaves[other]) != own:
            assert not includes(own, other, size, path(other, leaves), root)


@given(trees, st.data())
def test_a_consistency_proof_proves_nothing_else(leaves, data):
    size = len(leaves)
    first = data.draw(st.integers(1, size))
    found, before, after = subproof(first, leaves, True), mth(leaves[:first]), mth(leaves)
    assert not consistent(first, size, sha(before), after, found)
    assert not consistent(first, size, before, sha(after), found)
    assert not consistent(first, size, before, after, [*found, after])
    assert not consistent(0, size, EMPTY, after, [])
    assert not consistent(size + 1, size, before, after, found)
    if found:
        broken = data.draw(st.integers(0, len(found) - 1))
        assert not consistent(first, size, before, after, [sha(h) if n == broken else h for n, h in enumerate(found)])
        assert not consistent(first, size, before, after, found[:-1])


@given(trees, st.data())
def test_no_proof_leads_from_an_altered_past(leaves, data):
    """Whoever holds an earlier root sees that an entry under it was altered, whatever proof comes with the later root."""
    first = data.draw(st.integers(1, len(leaves)))
    altered = data.draw(st.integers(0, first - 1))
    other = [one + b"x" if n == altered else one for n, one in enumerate(leaves)]
    assert not consistent(first, len(leaves), mth(leaves[:first]), mth(other), subproof(first, other, True))


@pytest.mark.parametrize("size", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 77, 5 * BLOCK])
def test_the_roots_of_blocks_stand_for_their_leaves(size):
    leaves = [str(n).encode() for n in range(size)]
    peaks, blocks = Peaks(), []
    for data in leaves:
        made = peaks.add(leaf(data))
        blocks += made[LEVEL : LEVEL + 1]
    assert len(blocks) == size // BLOCK
    index = size // 2
    whole = tree(leaves)
    here = index // BLOCK * BLOCK
    at_hand = {n: h for n, h in whole.leaves.items() if here <= n < here + BLOCK or n >= len(blocks) * BLOCK}
    short = Tree(at_hand, blocks)
    assert inclusion(index, size, short.root) == path(index, leaves)
    first = size // 3 // BLOCK * BLOCK or 1
    assert consistency(first, size, whole.root) == subproof(first, leaves, True)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_there_is_no_path_for_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion(index, size, tree(LEAVES).root)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3), (-1, 3)])
def test_there_is_no_proof_for_a_tree_that_is_not_earlier(first, second):
    with pytest.raises(ValueError, match="no proof"):
        consistency(first, second, tree(LEAVES).root)


def test_peaks_of_another_size_are_refused():
    with pytest.raises(ValueError, match="peaks"):
        Peaks.of(3, ROOTS[1])
