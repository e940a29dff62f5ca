"""What a database administrator can do to the trail is named by what was signed (law L7).

Each test alters the database as one does who has its password: triggers dropped, chain and head mended so that the trail
is whole in itself, triggers set again.
"""

import json
import shutil
from types import SimpleNamespace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection

from guiju.lib import chain as arithmetic
from guiju.lib import heads
from guiju.lib.merkle import BLOCK, Peaks, leaf
from guiju.spine.acts import INSTALLATION
from guiju.spine.trail import keys, last_heads
from guiju.spine.trail.finding import Finding
from guiju.spine.trail.models import Block, Entry, Head, PublicKey, SignedHead
from guiju.spine.trail.signing import last, sign_heads
from guiju.spine.trail.tests.test_signing import entries
from guiju.spine.trail.tests.test_verify import by_sql
from guiju.spine.trail.verify import verify
from guiju.spine.trail.witness import Given


@pytest.fixture
def signed(lanzhu) -> SimpleNamespace:
    """An organization's chain that was signed twice, with three entries between."""
    entries(lanzhu, 4)
    sign_heads()
    chain = lanzhu.organization.pk
    first = last(chain).size
    entries(lanzhu, 3)
    sign_heads()
    return SimpleNamespace(chain=chain, first=first, size=last(chain).size, lanzhu=lanzhu)


def found(**how: object) -> list[tuple[str, str]]:
    return [(f.where, f.part) for f in verify(chain_only=True, **how)]


def says(part: str, **how: object) -> str:
    return next(f.says for f in verify(chain_only=True, **how) if f.part == part)


def cut(chain: UUID, length: int) -> None:
    """Take the entries beyond a length from the end, and mend the head."""
    gone = Entry.everywhere.filter(chain=chain, sequence__gt=length).values_list("pk", flat=True)
    for pk in list(gone):
        by_sql("DELETE FROM trail_payload WHERE entry_id = %s", pk)
        by_sql("DELETE FROM trail_entry WHERE id = %s", pk)
    rechain(chain, length)


def rechain(chain: UUID, length: int) -> None:
    """Compute all digests of a chain anew from its texts, and mend the head."""
    previous = arithmetic.START
    for pk, text in list(Entry.everywhere.filter(chain=chain).order_by("sequence").values_list("pk", "text")):
        previous = arithmetic.digest(previous, text)
        by_sql("UPDATE trail_entry SET digest = %s WHERE id = %s", previous, pk)
    by_sql("UPDATE trail_head SET length = %s, digest = %s WHERE chain = %s", length, previous, chain)


def rewrite(chain: UUID, sequence: int) -> None:
    """Give an entry another text, and the chain digests that fit."""
    entry = Entry.everywhere.get(chain=chain, sequence=sequence)
    by_sql("UPDATE trail_entry SET text = %s WHERE id = %s", entry.text.replace('"action":"read"', '"action":"view"'), entry.pk)
    rechain(chain, Head.everywhere.get(pk=chain).length)


def forget_heads(chain: UUID, beyond: int = 0) -> None:
    by_sql("DELETE FROM trail_signedhead WHERE chain = %s AND size > %s", chain, beyond)


def test_an_untouched_trail_is_as_signed(signed):
    assert list(verify()) == []


def test_a_tail_that_was_cut_with_the_head_mended_is_named(signed):
    cut(signed.chain, signed.size - 2)
    assert found() == [("signed head", "entries")]
    assert says("entries").startswith(f"{signed.size} entries were signed on ")
    assert says("entries").endswith(f", {signed.size - 2} are there")


def test_a_tail_that_was_cut_with_the_signed_heads_is_named_by_the_file_beside_the_key(signed):
    cut(signed.chain, signed.first)
    forget_heads(signed.chain, signed.first)
    assert found() == [("signed head", "row"), ("signed head", "entries")]


def test_a_tail_that_was_cut_with_all_heads_and_keys_is_named_by_the_file(signed):
    cut(signed.chain, signed.first)
    for table in ("signedhead", "block", "publickey"):
        by_sql(f"DELETE FROM trail_{table}")
    assert ("signed head", "row") in found()
    assert ("key", "row") in found()


def test_digests_rewritten_from_an_entry_on_are_named(signed):
    rewrite(signed.chain, signed.first + 2)
    (finding,) = verify(chain_only=True)
    assert (finding.where, finding.part, finding.name) == ("signed head", "root", f"{signed.chain}/{signed.size}")
    assert finding.says.startswith(f"of entries {signed.first + 1} to {signed.size} some are not as signed on ")


def test_digests_rewritten_before_the_first_head_are_named_once(signed):
    rewrite(signed.chain, signed.first - 1)
    assert found() == [("signed head", "root")]


def test_rewritten_digests_with_all_signed_heads_gone_are_named_by_the_file(signed):
    rewrite(signed.chain, signed.first + 2)
    forget_heads(signed.chain)
    assert set(found()) == {("signed head", "row"), ("signed head", "root")}


def test_the_head_of_a_rewritten_chain_signed_by_another_key_is_named(signed):
    rewrite(signed.chain, signed.first + 2)
    row, peaks = last(signed.chain), Peaks()
    for text in Entry.everywhere.filter(chain=signed.chain).order_by("sequence").values_list("text", flat=True):
        peaks.add(leaf(text.encode()))
    statement = json.loads(heads.opened(row.text, heads.HEAD).text)["statement"]
    statement = statement.replace(heads.opened(row.text, heads.HEAD).statement["root"], peaks.root().hex())
    forged = heads.signed(statement, [Ed25519PrivateKey.generate()])
    by_sql("UPDATE trail_signedhead SET text = %s, peaks = %s WHERE id = %s", forged, peaks.text(), row.pk)
    assert ("signed head", "signature") in found()
    assert ("signed head", "root") in found()  # by the file beside the key


def test_a_chain_that_is_gone_altogether_is_named(signed):
    cut(signed.chain, 0)
    by_sql("DELETE FROM trail_head WHERE chain = %s", signed.chain)
    assert says("entries").endswith(", 0 are there")


def test_a_key_put_in_place_of_the_installations_is_named(signed):
    settings.SIGNING_KEY.write_bytes(keys._pem(Ed25519PrivateKey.generate()))
    assert found() == [("key", "file")]
    assert "is not the installation's" in says("file")


def test_a_key_that_is_gone_is_named(signed):
    settings.SIGNING_KEY.unlink()
    assert found() == [("key", "file")]
    assert "is missing" in says("file")


def test_a_key_put_in_place_in_the_database_too_is_named(signed):
    new = Ed25519PrivateKey.generate()
    settings.SIGNING_KEY.write_bytes(keys._pem(new))
    public = heads.public_of(new)
    text = heads.signed(heads.key_statement(key=public, previous=None, at="2026-01-01T00:00:00.000000Z"), [new])
    by_sql("UPDATE trail_publickey SET public = %s, text = %s", public, text)
    assert ("key", "entry") in found()
    assert ("signed head", "signature") in found()


def test_a_key_slipped_in_beside_the_installations_is_named(signed):
    new = Ed25519PrivateKey.generate()
    text = heads.signed(heads.key_statement(key=heads.public_of(new), previous=keys.own(), at="x"), [new])
    PublicKey.everywhere.bulk_create([PublicKey(place=2, public=heads.public_of(new), at=last(signed.chain).at, text=text)])
    assert {("key", "file"), ("key", "statement"), ("key", "entry")} <= set(found())


def test_a_statement_of_a_key_that_was_altered_is_named(signed):
    by_sql("UPDATE trail_publickey SET text = '{}'")
    assert ("key", "statement") in found()


def test_an_older_copy_of_the_database_put_back_is_named_by_the_file(lanzhu):
    """As if restored: the rows are those of then, the file beside the key is of later."""
    entries(lanzhu, 4)
    sign_heads()
    chain = lanzhu.organization.pk
    length, row = Head.everywhere.get(pk=chain).length, last(chain)
    entries(lanzhu, 3)
    sign_heads()
    cut(chain, length)
    forget_heads(chain, row.size)
    assert set(found()) == {("signed head", "row"), ("signed head", "entries")}


def test_an_older_copy_that_was_worked_on_since_is_named(signed):
    cut(signed.chain, signed.first)
    forget_heads(signed.chain, signed.first)
    entries(signed.lanzhu, 9)
    assert set(found()) == {("signed head", "row"), ("signed head", "root")}


def test_an_older_copy_of_the_file_alone_is_no_finding(signed):
    kept = last_heads.read()
    kept[str(signed.chain)] = SignedHead.everywhere.get(chain=signed.chain, size=signed.first).text
    last_heads.keep(kept)
    assert found() == []


def test_a_file_of_heads_that_cannot_be_read_is_named(signed):
    settings.LAST_HEADS.write_text("{}")
    assert found() == [("last heads", "text")]


def test_a_file_of_heads_that_is_gone_is_named_where_there_is_one_machine(signed):
    settings.LAST_HEADS.unlink()
    assert found() == ([("last heads", "presence")] if connection.vendor == "sqlite" else [])


def test_a_head_that_left_the_house_is_compared_when_it_comes_back(signed):
    away = SignedHead.everywhere.get(chain=signed.chain, size=signed.first).text
    assert found(given=Given(heads=(away,))) == []
    rewrite(signed.chain, signed.first - 1)
    forget_heads(signed.chain)
    settings.LAST_HEADS.unlink()
    assert ("signed head", "root") in found(given=Given(heads=(away,)))


def test_a_head_that_is_none_is_named(signed):
    assert found(given=Given(heads=("{}",))) == [("signed head", "text")]


def test_the_fingerprint_that_somebody_knows_is_compared(signed):
    assert found(given=Given(fingerprint=keys.fingerprint())) == []
    assert found(given=Given(fingerprint=heads.fingerprint(keys.own()).upper())) == []
    assert found(given=Given(fingerprint="00" * 32)) == [("key", "fingerprint")]


@pytest.mark.parametrize(
    ("column", "value", "part"),
    [("size", 2, "columns"), ("peaks", "ab" * 32, "peaks"), ("peaks", "ab", "peaks"), ("text", "{}", "text")],
)
def test_a_signed_head_that_was_altered_is_named(signed, column, value, part):
    by_sql(f"UPDATE trail_signedhead SET {column} = %s WHERE chain = %s AND size = %s", value, signed.chain, signed.first)
    assert found()[0] == ("signed head", part)


def test_a_signed_head_with_one_signature_bit_altered_is_named(signed):
    row = last(INSTALLATION)
    place = row.text.index('"signatures"') + 90
    altered = row.text[:place] + ("0" if row.text[place] != "0" else "1") + row.text[place + 1 :]
    by_sql("UPDATE trail_signedhead SET text = %s WHERE id = %s", altered, row.pk)
    assert ("signed head", "text") in found()


def test_a_block_that_was_altered_is_named(lanzhu):
    entries(lanzhu, BLOCK)
    sign_heads()
    by_sql("UPDATE trail_block SET root = %s", "ab" * 32)
    assert found() == [("block", "root")]
    assert Block.everywhere.count() == 1


def test_a_copy_without_the_key_still_compares_the_heads(signed):
    shutil.rmtree(settings.SIGNING_KEY.parent)
    rewrite(signed.chain, signed.first - 1)
    assert {("key", "file"), ("signed head", "root")} <= set(found())


def test_a_finding_is_a_line():
    assert str(Finding("signed head", "x/3", "root", "differs")) == "signed head x/3: root: differs"
