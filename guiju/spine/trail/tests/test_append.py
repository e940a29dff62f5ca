"""Every change is an entry, and every entry stands."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from guiju.conftest import make_organization
from guiju.lib.chain import commitment
from guiju.modules.processes.models import Process
from guiju.spine.acts import INSTALLATION, NoAct, act, write
from guiju.spine.records.trailed import PastTheTrail
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.past import as_of, history, sequence_at
from guiju.spine.trail.verify import verify


def a_process(title: str = "Purchasing") -> Process:
    process = Process(title=title)
    process.save()
    return process


def last_entry() -> Entry:
    return Entry.objects.order_by("-sequence")[0]


def test_a_new_record_is_an_entry_with_its_full_state(as_wei):
    process = a_process()
    moment = history("processes.process", process.pk)[0]
    assert (moment.action, moment.actor) == ("create", as_wei.wei.id)
    assert moment.state["title"] == "Purchasing"
    assert moment.state["number"] == "PR-01"


def test_several_savings_in_one_act_are_one_entry(as_wei):
    def twice():
        process = a_process()
        process.title = "Buying"
        process.save()
        return process

    process = write(twice)
    assert [m.state["title"] for m in history("processes.process", process.pk)] == ["Buying"]


def test_an_entry_never_holds_a_name_or_a_value_only_commitments(as_wei):
    a_process("Procurement of lamp shades")
    entry = last_entry()
    assert "lamp shades" not in entry.text and "Wei" not in entry.text
    payload = Payload.everywhere.get(entry=entry, holds="ordinary")
    said = json.loads(entry.text)["fields"]["title"]
    assert said == commitment(payload.salt, "title", "Procurement of lamp shades")


def test_people_are_on_the_chain_of_the_installation_with_personal_values_apart(lanzhu):
    entry = Entry.everywhere.get(chain=INSTALLATION, kind="organizations.person", record=lanzhu.wei.id)
    held = {p.holds: json.loads(p.values) for p in entry.payloads.all()}
    assert held["personal"]["name"] == "Chen Wei"
    assert "name" not in held["ordinary"]
    assert held["ordinary"]["password"].startswith("sha256:")


def test_nothing_is_saved_without_an_act(db):
    with pytest.raises(NoAct):
        Process(title="Nobody's").save()


def test_the_instant_never_decreases_and_a_clock_behind_is_said(as_wei):
    a_process("first")
    first = last_entry().at
    with time_machine.travel(first - timedelta(hours=1), tick=False):
        a_process("second")
    entry = last_entry()
    assert entry.at == first
    assert parse_datetime(json.loads(entry.text)["clock"]) == first - timedelta(hours=1)


def test_a_sample_clock_is_refused_to_an_organization_that_is_no_sample(lanzhu):
    with pytest.raises(ValueError, match="sample"), act(lanzhu.organization, lanzhu.wei, at=datetime(2026, 1, 1, tzinfo=UTC)):
        pass


def test_a_sample_organization_acts_on_its_own_clock(db):
    organization = make_organization("sample", sample=True)
    with act(organization, at=datetime(2030, 1, 1, tzinfo=UTC)):
        a_process()
        assert last_entry().at == datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("table", ["trail_entry", "trail_payload", "trail_head"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET {}"])
def test_the_database_itself_refuses_to_change_the_trail(as_wei, table, sql):
    a_process()
    column = {"trail_entry": "action = 'x'", "trail_payload": "\"values\" = 'x'", "trail_head": "length = 0"}[table]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table, column))


def test_insert_or_replace_does_not_walk_past_the_triggers(as_wei):
    a_process()
    if connection.vendor == "postgresql":
        statement = "INSERT INTO trail_head SELECT * FROM trail_head ON CONFLICT (chain) DO UPDATE SET length = 0"
    else:
        statement = "INSERT OR REPLACE INTO trail_entry SELECT * FROM trail_entry"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("verb", ["update", "delete", "bulk_create", "bulk_update"])
def test_the_ways_beside_save_are_closed(as_wei, verb):
    with pytest.raises(PastTheTrail):
        getattr(Process.objects.all(), verb)()


def test_a_row_loaded_in_part_is_not_written(as_wei):
    process = Process.objects.only("title").get(pk=a_process().pk)
    with pytest.raises(PastTheTrail):
        process.save()


def test_the_past_is_read_by_sequence(as_wei):
    process = a_process("Purchasing")
    then = sequence_at(timezone.now())
    process.title = "Procurement"
    process.save()
    assert [row.title for row in as_of(Process, then)] == ["Purchasing"]
    assert [row.title for row in as_of(Process, sequence_at(timezone.now()))] == ["Procurement"]


def test_a_past_row_cannot_be_saved(as_wei):
    a_process()
    (row,) = as_of(Process, sequence_at(timezone.now()))
    with pytest.raises(PastTheTrail):
        row.save()


def test_verify_is_content_with_an_untouched_trail(as_wei):
    a_process()
    assert list(verify()) == []
