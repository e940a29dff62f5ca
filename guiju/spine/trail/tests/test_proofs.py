"""A proof leads from an entry's text to a root that was signed, by the RFC's rules alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.lib import heads
from guiju.lib.merkle import BLOCK, consistent, includes, leaf
from guiju.spine.acts import NotFound
from guiju.spine.trail.models import SignedHead
from guiju.spine.trail.proofs import of_entry, of_growth
from guiju.spine.trail.signing import last, sign_heads
from guiju.spine.trail.tests.test_signing import entries
from guiju.spine.trail.tests.test_verify import by_sql


def holds(chain, sequence: int) -> bool:
    """As a stranger reads it: nothing but the proof and the key."""
    proof = of_entry(chain, sequence).as_json()
    said = heads.opened(proof["head"], heads.HEAD)
    path = [bytes.fromhex(one) for one in proof["path"]]
    assert (proof["size"], proof["root"], proof["index"]) == (said.size, said.statement["root"], sequence - 1)
    assert proof["leaf"] == leaf(proof["entry"].encode()).hex()
    return includes(bytes.fromhex(proof["leaf"]), proof["index"], said.size, path, bytes.fromhex(said.statement["root"]))


def test_every_entry_is_proved(lanzhu):
    entries(lanzhu, 20)
    sign_heads()
    chain = lanzhu.organization.pk
    assert all(holds(chain, n) for n in range(1, last(chain).size + 1))


@pytest.mark.parametrize("count", [BLOCK - 4, BLOCK, 2 * BLOCK + 40])
def test_entries_are_proved_across_blocks(lanzhu, count):
    entries(lanzhu, count)
    sign_heads()
    chain = lanzhu.organization.pk
    size = last(chain).size
    assert all(holds(chain, n) for n in (1, 2, BLOCK - 1, BLOCK, min(size, BLOCK + 1), size - 1, size))


def test_a_proof_reads_a_bounded_number_of_entries(lanzhu):
    entries(lanzhu, 4 * BLOCK)
    sign_heads()
    with CaptureQueriesContext(connection) as queries:
        of_entry(lanzhu.organization.pk, 700)
    assert len(queries) == 5


def test_a_proof_with_a_block_altered_leads_to_no_signed_root(lanzhu):
    entries(lanzhu, 2 * BLOCK)
    sign_heads()
    by_sql("UPDATE trail_block SET root = %s WHERE place = 0", "ab" * 32)
    assert not holds(lanzhu.organization.pk, 2 * BLOCK)


def test_blocks_that_are_gone_are_made_of_their_entries(lanzhu):
    entries(lanzhu, 3 * BLOCK)
    sign_heads()
    by_sql("DELETE FROM trail_block WHERE place = 1")
    assert holds(lanzhu.organization.pk, 5)


def test_an_entry_that_is_not_signed_yet_has_no_proof(lanzhu):
    sign_heads()
    entries(lanzhu, 1)
    with pytest.raises(NotFound, match="not under a signed head yet"):
        of_entry(lanzhu.organization.pk, last(lanzhu.organization.pk).size + 1)


def test_a_chain_that_was_never_signed_has_no_proof(lanzhu):
    with pytest.raises(NotFound):
        of_entry(lanzhu.organization.pk, 1)


def test_a_later_head_is_proved_to_go_on_from_an_earlier_one(lanzhu):
    chain = lanzhu.organization.pk
    for count in (3, BLOCK, 7, 2 * BLOCK):
        entries(lanzhu, count)
        sign_heads()
    said = [heads.opened(row.text, heads.HEAD) for row in SignedHead.everywhere.filter(chain=chain).order_by("size")]
    for first in said:
        for second in said:
            if first.size <= second.size:
                proof = [bytes.fromhex(one) for one in of_growth(chain, first.size, second.size)]
                roots = (bytes.fromhex(one.statement["root"]) for one in (first, second))
                assert consistent(first.size, second.size, *roots, proof)
