import hashlib

from hypothesis import given
from hypothesis import strategies as st

from guiju.lib.chain import START, commitment, commitments, digest, field_salt, new_salt

SALT = "ab" * 32


def test_a_commitment_is_the_formula_of_the_law():
    salt = hashlib.sha256(b"\x01" + bytes.fromhex(SALT) + b"title").digest()
    expected = hashlib.sha256(b"\x00" + salt + '["title","台灯"]'.encode()).hexdigest()
    assert commitment(SALT, "title", "台灯") == expected


def test_nothing_and_empty_text_are_different_commitments():
    assert commitment(SALT, "title", None) != commitment(SALT, "title", "")


def test_field_and_value_cannot_trade_characters():
    assert commitment(SALT, "ab", "c") != commitment(SALT, "a", "bc")


def test_the_same_value_under_another_salt_cannot_be_recognized():
    assert commitment(new_salt(), "title", "x") != commitment(new_salt(), "title", "x")


def test_one_field_can_be_shown_without_the_salt_of_the_others():
    assert field_salt(SALT, "a") != field_salt(SALT, "b")


@given(st.dictionaries(st.text("abc", min_size=1), st.none() | st.text("xyz"), min_size=1))
def test_every_field_is_committed(values):
    assert commitments(SALT, values) == {field: commitment(SALT, field, value) for field, value in values.items()}


def test_a_digest_is_the_formula_of_the_law():
    assert digest(START, "entry") == hashlib.sha256(bytes(32) + b"entry").hexdigest()
