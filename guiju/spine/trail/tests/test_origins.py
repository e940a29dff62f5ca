"""Where a chain was before: whose keys count for which part of it, and that nobody alters what is said of it (law L7)."""

from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guiju.lib import heads
from guiju.spine.acts import act, write
from guiju.spine.trail import origins
from guiju.spine.trail.models import Origin

AT = "2026-03-02T04:00:00.000000Z"


def key() -> tuple[str, str]:
    """A public key, and the signed text that names it."""
    private = Ed25519PrivateKey.generate()
    public = heads.public_of(private)
    return public, heads.signed(heads.key_statement(key=public, previous=None, at=AT), [private])


@pytest.fixture
def chain(db) -> list[Origin]:
    """A chain that was in two installations before, up to its fifth and up to its ninth entry."""
    name = uuid4()
    (first, text), (second, other) = key(), key()
    with act(None):
        write(lambda: origins.add(name, [(5, [text]), (9, [other])], {"proven": "true"}))
    found = list(Origin.everywhere.filter(chain=name).order_by("size"))
    found[0].public, found[1].public = first, second
    return found


@pytest.mark.parametrize(("size", "count"), [(1, 2), (5, 2), (6, 1), (9, 1), (10, 0)])
def test_the_keys_of_an_installation_count_up_to_the_last_entry_that_it_wrote(chain, size, count):
    wanted = [row.public for row in chain][2 - count :]
    assert origins.vouched(chain, size, frozenset({"own"})) == {"own", *wanted}


def test_what_the_entries_say_of_it_fits_and_what_was_altered_is_found(chain):
    assert list(origins.findings()) == []
    assert origins.all_of() == {chain[0].chain: chain}
    Origin.everywhere.bulk_create([Origin(chain=uuid4(), size=1, keys=key()[1])])
    assert len(list(origins.findings())) == 1


def test_a_text_that_cannot_be_read_vouches_for_no_key(db):
    row = Origin(chain=uuid4(), size=3, keys="not signed by anybody")
    assert origins.vouched([row], 1, frozenset({"own"})) == {"own"}
