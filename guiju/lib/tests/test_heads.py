"""A signed text says what was signed and by whom, or is refused."""

import json
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib.canonical import canonical
from guiju.lib.heads import HEAD, KEY, Forged, fingerprint, grouped, head_statement, key_statement, opened, public_of, vouched
from guiju.lib.heads import signed as sign

OLD, NEW, OTHER = (Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in (1, 2, 3))
STATEMENT = head_statement(
    chain="00000000-0000-0000-0000-000000000000", size=3, root="ab" * 32, digest="cd" * 32, at="2026-11-22T13:46:00.000000Z"
)
TEXT = sign(STATEMENT, [OLD])


def change_of(key: Ed25519PrivateKey, previous: Ed25519PrivateKey | None, *signers: Ed25519PrivateKey) -> str:
    statement = key_statement(key=public_of(key), previous=previous and public_of(previous), at="2026-11-22T13:46:00.000000Z")
    return sign(statement, signers)


def test_a_head_is_written_in_one_form():
    assert STATEMENT == (
        '{"at":"2026-11-22T13:46:00.000000Z","chain":"00000000-0000-0000-0000-000000000000","digest":"' + "cd" * 32 + '",'
        '"format":"guiju-head-1","root":"' + "ab" * 32 + '","size":"3"}'
    )
    assert json.loads(TEXT) == {
        "format": "guiju-signed-1",
        "statement": STATEMENT,
        "signatures": {public_of(OLD): OLD.sign(STATEMENT.encode()).hex()},
    }


def test_a_signed_text_says_what_was_signed_and_by_whom():
    found = opened(TEXT, HEAD)
    assert (found.statement, found.keys, found.size) == (json.loads(STATEMENT), {public_of(OLD)}, 3)


@given(st.integers(0, len(TEXT) - 1), st.characters(codec="utf-8"))
def test_a_text_with_one_character_altered_is_refused(place, character):
    altered = TEXT[:place] + character + TEXT[place + 1 :]
    if altered != TEXT:
        with pytest.raises(Forged):
            opened(altered, HEAD)


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)))
def test_no_other_text_is_taken(value):
    with pytest.raises(Forged):
        opened(json.dumps(value), HEAD)


@pytest.mark.parametrize(
    "envelope",
    [
        {"format": "guiju-signed-1", "statement": STATEMENT, "signatures": {}},
        {"format": "guiju-signed-1", "statement": STATEMENT, "signatures": []},
        {"format": "guiju-signed-1", "statement": STATEMENT, "signatures": {public_of(OLD): ""}},
        {"format": "guiju-signed-1", "statement": STATEMENT, "signatures": {"ab": "cd"}},
        {"format": "guiju-signed-1", "statement": "[]", "signatures": {public_of(OLD): OLD.sign(b"[]").hex()}},
        {"format": "guiju-signed-2", "statement": STATEMENT, "signatures": {public_of(OLD): OLD.sign(STATEMENT.encode()).hex()}},
    ],
)
def test_a_text_without_its_signatures_is_refused(envelope):
    with pytest.raises(Forged):
        opened(canonical(envelope), HEAD)


def test_a_right_signature_does_not_carry_a_wrong_one():
    envelope = json.loads(TEXT)
    envelope["signatures"][public_of(OTHER)] = OLD.sign(STATEMENT.encode()).hex()
    with pytest.raises(Forged, match="not right"):
        opened(canonical(envelope), HEAD)


def test_a_text_in_another_form_is_refused_though_it_says_the_same():
    with pytest.raises(Forged, match="form"):
        opened(TEXT + "\n", HEAD)


def test_a_statement_about_a_key_is_no_head():
    with pytest.raises(Forged, match="format"):
        opened(change_of(OLD, None, OLD), HEAD)
    with pytest.raises(Forged, match="format"):
        opened(TEXT, KEY)


def test_a_statement_with_more_than_its_parts_is_refused():
    more = canonical(json.loads(STATEMENT) | {"more": "x"})
    with pytest.raises(Forged, match="format"):
        opened(sign(more, [OLD]), HEAD)


def test_a_fingerprint_is_the_digest_of_the_raw_public_key():
    assert fingerprint(public_of(OLD)) == sha256(bytes.fromhex(public_of(OLD))).hexdigest()


def test_a_fingerprint_is_shown_in_groups_of_four():
    assert grouped("0123456789abcdef") == "0123 4567 89ab cdef"


def test_a_key_vouches_for_itself():
    assert vouched(public_of(NEW), []) == {public_of(NEW)}


def test_a_key_vouches_for_the_one_before_it_when_both_signed_the_change():
    texts = [change_of(OLD, None, OLD), change_of(NEW, OLD, OLD, NEW)]
    assert vouched(public_of(NEW), texts) == {public_of(OLD), public_of(NEW)}


@pytest.mark.parametrize("signers", [(NEW,), (OLD,), (OTHER, NEW)])
def test_a_change_that_one_of_both_did_not_sign_does_not_count(signers):
    assert vouched(public_of(NEW), [change_of(NEW, OLD, *signers)]) == {public_of(NEW)}


def test_an_older_key_does_not_vouch_for_a_later_one():
    assert vouched(public_of(OLD), [change_of(OLD, None, OLD), change_of(NEW, OLD, OLD, NEW)]) == {public_of(OLD)}


def test_keys_that_follow_one_another_in_a_circle_end():
    texts = [change_of(OLD, NEW, OLD, NEW), change_of(NEW, OLD, OLD, NEW)]
    assert vouched(public_of(NEW), texts) == {public_of(OLD), public_of(NEW)}


def test_what_is_no_change_of_keys_is_passed_over():
    assert vouched(public_of(NEW), ["", TEXT, change_of(NEW, OLD, OLD, NEW)]) == {public_of(OLD), public_of(NEW)}
