"""What is erased is gone, the trail says so, and the chain still verifies (law L3)."""

import pytest
from django.db import DatabaseError, models, transaction

from guiju.modules.processes.models import Process
from guiju.spine.acts import write
from guiju.spine.trail.append import note
from guiju.spine.trail.erasing import erase
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.past import as_of, history
from guiju.spine.trail.tests.test_verify import by_sql, found
from guiju.spine.trail.verify import verify

KIND = "processes.process"


@pytest.fixture
def changed(as_wei) -> Process:
    process = Process(title="Ann's way of buying")
    process.save()
    process.title = "Buying"
    process.save()
    return process


@pytest.fixture
def erased(changed) -> Process:
    def erasing() -> None:
        erase([(KIND, changed.pk)], under="DC-2026-01")
        changed.title = "erased"
        changed.save(action="empty")

    write(erasing)
    return changed


def forget(payload: Payload, **values: object) -> None:
    models.QuerySet.update(Payload.everywhere.filter(pk=payload.pk), **({"salt": None, "values": None} | values))


def first_payload(process: Process) -> Payload:
    return Payload.everywhere.get(entry=Entry.objects.filter(record=process.pk).order_by("sequence")[0])


def test_without_an_erasure_the_values_stay(changed):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        forget(first_payload(changed))


def test_all_that_was_said_so_far_goes_and_the_chain_still_verifies(erased):
    assert list(verify()) == []
    assert [(m.action, m.erased) for m in history(KIND, erased.pk)] == [("empty", False), ("change", True), ("create", True)]
    assert Payload.everywhere.filter(entry__record=erased.pk, values__contains="Ann").count() == 0


def test_each_erased_entry_has_an_entry_that_says_so_and_under_which_decision(erased):
    ids = set(Entry.objects.filter(record=erased.pk, action__in=("create", "change")).values_list("pk", flat=True))
    told = [history("trail.entry", pk)[0] for pk in ids]
    assert {(m.action, m.says["under"]) for m in told} == {("erase", "DC-2026-01")}
    assert len(told) == 2


def test_the_past_shows_what_is_left_and_when_the_rest_was_erased(erased):
    before = Entry.objects.filter(record=erased.pk, action="change").get()
    (row,) = as_of(Process, before.sequence)
    assert (row.pk, row.number, row.title) == (erased.pk, erased.number, "erased")
    assert row.erased_at == Entry.objects.filter(action="erase").first().at


def test_an_erasure_lets_nothing_else_change(erased):
    payload = first_payload(erased)
    for values in ({"values": "{}"}, {"salt": "00"}, {"holds": "personal"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            forget(payload, **values)


def test_an_event_that_only_looks_like_an_erasure_permits_nothing(changed):
    payload = first_payload(changed)
    write(lambda: note(KIND, payload.entry_id, "erase"))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        forget(payload)


def test_an_erasure_belongs_to_a_write(changed):
    with pytest.raises(RuntimeError, match="part of a write"):
        erase([(KIND, changed.pk)])


def test_what_is_erased_is_said_anew_or_nothing_is_erased(changed):
    with pytest.raises(RuntimeError, match="not said anew"):
        write(lambda: erase([(KIND, changed.pk)]))
    assert not any(moment.erased for moment in history(KIND, changed.pk))


def test_a_row_altered_after_its_erasure_is_named(erased):
    by_sql("UPDATE processes_process SET title = 'Selling' WHERE id = %s", erased.pk)
    assert [finding.part for finding in found(where=KIND)] == ["title"]


def test_values_put_back_are_named_though_they_are_the_right_ones(changed):
    payload = first_payload(changed)
    salt, values = payload.salt, payload.values
    write(lambda: (erase([(KIND, changed.pk)]), changed.save(action="empty")))
    by_sql('UPDATE trail_payload SET salt = %s, "values" = %s WHERE id = %s', salt, values, payload.pk)
    assert [finding.says for finding in found(where="entry")] == ["were erased, and are there again"]


def test_a_payload_emptied_without_an_entry_is_named(changed):
    by_sql('UPDATE trail_payload SET salt = NULL, "values" = NULL WHERE id = %s', first_payload(changed).pk)
    assert [finding.says for finding in found(where="entry")] == ["are gone, and no entry says they were erased"]
