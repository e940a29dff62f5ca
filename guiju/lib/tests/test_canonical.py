import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.lib.canonical import canonical

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | TEXT, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20
)


def test_keys_are_sorted_by_utf16_code_units_as_in_the_rfc():
    # RFC 8785, 3.2.3: the example's order
    given_order = {"\u20ac": "", "\r": "", "\ufb33": "", "1": "", "\U0001f600": "", "\u0080": "", "\u00f6": ""}
    assert list(json.loads(canonical(given_order))) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_strings_are_escaped_as_in_the_rfc():
    # RFC 8785, 3.2.2: the example's string
    assert canonical("\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f") == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


def test_numbers_are_refused_because_they_are_written_as_text():
    for number in (1, 1.5):
        with pytest.raises(TypeError):
            canonical({"a": number})


def test_a_lone_surrogate_is_refused():
    with pytest.raises(ValueError):
        canonical("\ud800")


@given(VALUES)
def test_it_reads_back_to_the_same_value(value):
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(TEXT, TEXT))
def test_the_order_of_writing_does_not_matter(value):
    assert canonical(value) == canonical(dict(reversed(value.items())))
