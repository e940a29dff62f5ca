"""The database lets values go only where an erasure says so, and the chain still verifies (law L3)."""

import pytest
from django.db import DatabaseError, models, transaction

from guiju.modules.processes.models import Process
from guiju.spine.acts import write
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.past import history
from guiju.spine.trail.verify import verify


@pytest.fixture
def changed(as_wei) -> Process:
    process = Process(title="Ann's way of buying")
    process.save()
    process.title = "Buying"
    process.save()
    return process


def forget(payload: Payload, **values: object) -> None:
    models.QuerySet.update(Payload.everywhere.filter(pk=payload.pk), **({"salt": None, "values": None} | values))


def first_payload(process: Process) -> Payload:
    return Payload.everywhere.get(entry=Entry.objects.filter(record=process.pk).order_by("sequence")[0])


def test_without_an_erasure_the_values_stay(changed):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        forget(first_payload(changed))


def test_with_an_erasure_they_go_and_the_chain_still_verifies(changed):
    payload = first_payload(changed)
    write(lambda: note("trail.entry", payload.entry_id, "erase", reason="asked by Ann"))
    forget(payload)
    assert list(verify()) == []
    assert [m.erased for m in history("processes.process", changed.pk)] == [False, True]


def test_an_erasure_lets_nothing_else_change(changed):
    payload = first_payload(changed)
    write(lambda: note("trail.entry", payload.entry_id, "erase"))
    for values in ({"values": "{}"}, {"holds": "personal"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            forget(payload, **values)
