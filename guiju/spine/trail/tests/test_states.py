"""Values as text on the trail: each is read back as it was, whatever its field (law L5)."""

from datetime import UTC, time
from uuid import UUID

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from guiju.modules.processes.models import Process
from guiju.spine.trail.states import as_text, from_text

UTC_INSTANTS = st.datetimes(timezones=st.just(UTC))
KINDS = [
    (models.TextField(), st.text(st.characters(exclude_categories=["Cs"]))),
    (models.BooleanField(), st.booleans()),
    (models.IntegerField(), st.integers(-(2**31), 2**31 - 1)),
    (models.DateTimeField(), UTC_INSTANTS),
    (models.DateField(), st.dates()),
    (models.TimeField(), st.times()),
    (models.UUIDField(), st.uuids()),
    (models.DecimalField(max_digits=12, decimal_places=3), st.decimals(-(10**8), 10**8, places=3)),
    (
        models.JSONField(),
        st.recursive(st.none() | st.booleans() | st.text(max_size=5), lambda inner: st.lists(inner), max_leaves=4),
    ),
    (Process._meta.get_field("owner"), st.uuids()),
]


@pytest.mark.parametrize(("field", "values"), KINDS, ids=[type(field).__name__ for field, _values in KINDS])
@given(data=st.data())
def test_a_value_comes_back_as_it_was(field, values, data):
    value = data.draw(values)
    text = as_text(field, value)
    assert text is None or isinstance(text, str)
    assert from_text(field, text) == value


def test_nothing_stays_nothing():
    for field, _values in KINDS:
        assert as_text(field, None) is None and from_text(field, None) is None


def test_the_text_of_a_value_is_the_same_on_both_databases():
    said = {
        "true": (models.BooleanField(), True),
        "12:30:00": (models.TimeField(), time(12, 30)),
        "00000000-0000-0000-0000-00000000000a": (models.UUIDField(), UUID(int=10)),
    }
    assert {text: as_text(field, value) for text, (field, value) in said.items()} == {text: text for text in said}
