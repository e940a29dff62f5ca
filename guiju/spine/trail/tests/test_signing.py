"""The heads of the chains are signed as far as they go on from what was signed before."""

import json
import re
import stat
import threading
from types import SimpleNamespace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from guiju.lib import heads
from guiju.lib.merkle import BLOCK, Tree, leaf
from guiju.modules.processes.models import Process
from guiju.spine.acts import INSTALLATION, act, write
from guiju.spine.jobs.job import scheduled
from guiju.spine.trail import jobs, keys, last_heads
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Block, Entry, Head, PublicKey, SignedHead, Stamp
from guiju.spine.trail.signing import NotSigned, last, sign_heads
from guiju.spine.trail.tests.test_verify import by_sql
from guiju.spine.trail.verify import verify


def entries(lanzhu: SimpleNamespace, count: int) -> None:
    """Entries that are nothing but entries."""

    def noting() -> None:
        for _ in range(count):
            note("processes.process", lanzhu.organization.pk, "read")

    with act(lanzhu.organization, lanzhu.wei):
        write(noting)


def test_a_head_stands_for_all_entries_of_its_chain(lanzhu):
    entries(lanzhu, 5)
    sign_heads()
    chain = lanzhu.organization.pk
    texts = list(Entry.everywhere.filter(chain=chain).order_by("sequence").values_list("text", flat=True))
    found = heads.opened(last(chain).text, heads.HEAD)
    end = Head.everywhere.get(pk=chain)
    assert found.keys == {keys.own()}
    assert found.statement["root"] == Tree({n: leaf(t.encode()) for n, t in enumerate(texts)}).root(0, len(texts)).hex()
    assert (found.size, found.statement["digest"], found.statement["chain"]) == (end.length, end.digest, str(chain))


def test_every_chain_that_has_grown_is_signed_also_the_installations(lanzhu, other):
    assert {row.chain for row in sign_heads()} == {INSTALLATION, lanzhu.organization.pk, other.organization.pk}


def test_a_chain_that_has_not_grown_is_not_signed_again(lanzhu):
    sign_heads()
    entries(lanzhu, 1)
    assert [row.chain for row in sign_heads()] == [lanzhu.organization.pk]
    assert sign_heads() == []


def test_signing_writes_no_entry_so_that_it_comes_to_rest(lanzhu):
    sign_heads()
    before = Entry.everywhere.count()
    sign_heads()
    assert Entry.everywhere.count() == before


@pytest.mark.parametrize("steps", [(BLOCK - 9, 20, 3), (2 * BLOCK + 5,), (BLOCK, BLOCK)])
def test_a_tree_that_goes_on_from_the_last_head_is_the_whole_one(lanzhu, steps):
    chain = lanzhu.organization.pk
    for count in steps:
        entries(lanzhu, count)
        sign_heads()
    texts = list(Entry.everywhere.filter(chain=chain).order_by("sequence").values_list("text", flat=True))
    tree = Tree({n: leaf(t.encode()) for n, t in enumerate(texts)})
    for row in SignedHead.everywhere.filter(chain=chain):
        assert heads.opened(row.text, heads.HEAD).statement["root"] == tree.root(0, row.size).hex()
    blocks = list(Block.everywhere.filter(chain=chain).order_by("place").values_list("place", "root"))
    assert blocks == [(n, tree.root(n * BLOCK, (n + 1) * BLOCK).hex()) for n in range(len(texts) // BLOCK)]
    assert list(verify()) == []


def test_only_new_entries_are_read(lanzhu):
    entries(lanzhu, 30)
    sign_heads()
    entries(lanzhu, 2)
    with CaptureQueriesContext(connection) as queries:
        sign_heads()
    length = Head.everywhere.get(pk=lanzhu.organization.pk).length
    (reading,) = [q["sql"] for q in queries if re.search(r'FROM "trail_entry"', q["sql"])]
    assert f'"sequence" > {length - 2}' in reading


def test_what_cannot_be_appended_to_is_held_by_the_database(lanzhu):
    entries(lanzhu, BLOCK)
    sign_heads()
    for table, column in (("signedhead", "text"), ("block", "root"), ("publickey", "public"), ("stamp", "token")):
        if table == "stamp":
            Stamp.everywhere.bulk_create([Stamp(head=last(INSTALLATION), at=last(INSTALLATION).at, authority="x", token="x")])
        for sql in (f"UPDATE trail_{table} SET {column} = 'x'", f"DELETE FROM trail_{table}"):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)


def test_the_last_heads_are_kept_beside_the_key(lanzhu, signing_key):
    sign_heads()
    kept = json.loads((signing_key.parent / "last-heads.json").read_text())
    assert kept["format"] == "guiju-last-heads-1"
    assert kept["heads"] == {str(chain): last(chain).text for chain in (INSTALLATION, lanzhu.organization.pk)}


def test_the_file_of_last_heads_comes_again_when_it_was_put_aside(lanzhu):
    sign_heads()
    before = last_heads.read()
    settings.LAST_HEADS.unlink()
    sign_heads()
    assert last_heads.read() == before


def test_a_chain_that_was_altered_is_not_signed_and_the_others_are(lanzhu, other):
    entries(lanzhu, 2)
    by_sql("UPDATE trail_entry SET text = '{}' WHERE chain = %s AND sequence = 2", lanzhu.organization.pk)
    with pytest.raises(NotSigned, match="do not lead to the digest"):
        sign_heads()
    assert {row.chain for row in SignedHead.everywhere.all()} == {INSTALLATION, other.organization.pk}


def test_a_chain_with_an_entry_missing_is_not_signed(lanzhu):
    entries(lanzhu, 3)
    length = Head.everywhere.get(pk=lanzhu.organization.pk).length
    by_sql(
        "DELETE FROM trail_entry WHERE chain = %s AND sequence = %s AND kind = 'processes.process'",
        lanzhu.organization.pk,
        length - 1,
    )
    with pytest.raises(NotSigned, match="is missing"):
        sign_heads()


@pytest.mark.parametrize(("column", "value"), [("peaks", "ab" * 32), ("text", "{}"), ("size", 1)])
def test_a_head_that_was_altered_is_not_gone_on_from(lanzhu, column, value):
    sign_heads()
    entries(lanzhu, 1)
    by_sql(f"UPDATE trail_signedhead SET {column} = %s WHERE chain = %s", value, lanzhu.organization.pk)
    settings.LAST_HEADS.unlink()
    with pytest.raises(NotSigned):
        sign_heads()


def test_a_head_signed_by_somebody_else_is_not_gone_on_from(lanzhu):
    sign_heads()
    row = last(lanzhu.organization.pk)
    forged = heads.signed(json.loads(row.text)["statement"], [Ed25519PrivateKey.generate()])
    by_sql("UPDATE trail_signedhead SET text = %s WHERE chain = %s", forged, row.chain)
    settings.LAST_HEADS.unlink()
    entries(lanzhu, 1)
    with pytest.raises(NotSigned, match="not signed by a key of this installation"):
        sign_heads()


def test_rewritten_past_is_not_made_good_by_signing_it(lanzhu):
    """The new entries are hashed onto the digest that was signed, whatever stands in the database before them."""
    entries(lanzhu, 3)
    sign_heads()
    by_sql("UPDATE trail_head SET digest = %s WHERE chain = %s", "ab" * 32, lanzhu.organization.pk)
    entries(lanzhu, 1)
    with pytest.raises(NotSigned, match="do not lead to the digest"):
        sign_heads()


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_sign_at_once_sign_one_head(lanzhu):
    entries(lanzhu, 3)
    faults = []

    def signing() -> None:
        try:
            with act(None):
                sign_heads()
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    running = [threading.Thread(target=signing) for _ in range(4)]
    for one in running:
        one.start()
    for one in running:
        one.join(30)
    assert faults == []
    assert PublicKey.everywhere.count() == 1
    assert SignedHead.everywhere.filter(chain=lanzhu.organization.pk).count() == 1
    assert stat.S_IMODE(settings.SIGNING_KEY.stat().st_mode) == 0o600


def test_the_worker_signs_each_hour(lanzhu):
    work = scheduled["guiju.spine.trail.jobs.sign_heads"]
    assert work.period == "%Y-%m-%dT%H"
    work.run()
    assert last(lanzhu.organization.pk)


def test_no_authority_is_asked_when_none_is_set(lanzhu):
    jobs.sign_heads()
    jobs.stamp_heads()
    assert not Stamp.everywhere.exists()


def test_creating_a_record_signs_nothing(lanzhu):
    sign_heads()
    with act(lanzhu.organization, lanzhu.wei), CaptureQueriesContext(connection) as queries:
        Process(title="Purchasing").save()
    assert not [q for q in queries if "trail_signedhead" in q["sql"] or "trail_block" in q["sql"]]


def test_the_private_key_is_nowhere_in_the_database(lanzhu, signing_key):
    sign_heads()
    private = keys._read(signing_key).private_bytes_raw().hex()
    dumped = json.dumps([list(model.everywhere.values()) for model in (PublicKey, SignedHead, Entry)], default=str)
    assert private not in dumped
    assert UUID(int=0) == INSTALLATION
