"""The table of states and doors: what it refuses to be, and how a record is read in it (laws L15, L16)."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from guiju.modules.documents import services
from guiju.modules.documents.models import Document
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Missing, NotFound, act
from guiju.spine.workflow.table import State, Transition, Workflow

DAY = date(2026, 11, 23)
STATES = (State("draft", "Draft"), State("ready", "Ready"), State("in_force", "In force", follows=("ready", "from_on")),
          State("gone", "Gone", final=True))  # fmt: skip
DOORS = (
    Transition("finish", "Finish", "draft", "ready", "%(who)s finished it."),
    Transition("end", "End", ("ready", "in_force"), "gone", "%(who)s ended it."),
    Transition("wake", "Wake", "gone", "draft", "%(who)s woke it.", inner=True),
)


def lamps(*doors: Transition, states: tuple[State, ...] = STATES) -> Workflow:
    return Workflow("lamps", states, doors or DOORS)


def lamp(state: str, from_on: date | None = None) -> SimpleNamespace:
    return SimpleNamespace(state=state, from_on=from_on)


def test_a_whole_table_begins_with_its_first_state():
    made = lamps()
    assert made.initial == "draft"
    assert [door.name for door in made.steps] == ["finish", "end"]
    assert made.actions == ["lamps.finish", "lamps.end", "lamps.wake"]


@pytest.mark.parametrize(
    ("doors", "states", "why"),
    [
        ((*DOORS, DOORS[0]), STATES, "twice"),
        (DOORS, (*STATES, State("draft", "Again")), "twice"),
        ((replace(DOORS[0], target="lost"), DOORS[1]), STATES, "finish: unknown states lost"),
        ((replace(DOORS[0], source=("draft", "lost")), DOORS[1]), STATES, "unknown states lost"),
        ((replace(DOORS[0], instead=("lost", bool)), DOORS[1]), STATES, "unknown states lost"),
        ((*DOORS[:2], replace(DOORS[2], inner=False)), STATES, "wake: leads out of a final state"),
        ((*DOORS, replace(DOORS[0], name="leap", target="in_force")), STATES, "only a date brings"),
        ((replace(DOORS[0], meaning="I finished it"), DOORS[1]), STATES, "belong together"),
        ((replace(DOORS[0], signs=lambda row: row), DOORS[1]), STATES, "belong together"),
        (DOORS[:1], STATES, "no way leads to gone"),
        ((replace(DOORS[0], target="gone"),), STATES, "no way leads to in_force, ready"),
    ],
)
def test_a_table_that_is_not_whole_is_refused(doors, states, why):
    with pytest.raises(ValueError, match=why):
        lamps(*doors, states=states)


def test_a_state_that_a_date_brings_begins_on_that_day():
    made = lamps()
    read = {days: made.state_of(lamp("ready", DAY + timedelta(days)), DAY).name for days in (-1, 0, 1)}
    assert read == {-1: "in_force", 0: "in_force", 1: "ready"}
    assert made.state_of(lamp("ready"), DAY).name == "ready"
    assert made.state_of(lamp("draft", DAY), DAY).name == "draft"


def test_the_condition_of_a_state_finds_those_that_are_read_as_being_in_it(as_wei):
    dates = (("draft", None), ("approved", None), ("approved", DAY), ("approved", DAY + timedelta(1)))
    for state, on in dates:
        document = services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "x"})
        document.state, document.effective_on = state, on
        document.save()
    for name in document_workflow.states:
        found = set(Document.objects.filter(document_workflow.condition(name, DAY)))
        assert found == {one for one in Document.objects.all() if document_workflow.state_of(one, DAY).name == name}, name
    with pytest.raises(KeyError):
        document_workflow.condition("lost", DAY)


def test_a_step_leads_elsewhere_where_its_condition_holds_before_it():
    door = replace(DOORS[0], instead=("gone", lambda row: row.from_on is None))
    assert (door.leads_to(lamp("draft")), door.leads_to(lamp("draft", DAY))) == ("gone", "ready")
    assert door.targets == ("ready", "gone") and DOORS[0].targets == ("ready",)
    assert DOORS[0].leads_to(lamp("draft")) == "ready"


def test_everything_that_is_missing_is_said_at_once():
    needs = (lambda row: Missing("A bulb."), lambda row: None, lambda row: Missing("A shade."))
    assert [str(one) for one in replace(DOORS[0], needs=needs).missing(lamp("draft"))] == ["A bulb.", "A shade."]


@pytest.mark.parametrize("name", ["lost", "wake"])
def test_what_is_no_door_is_not_found(name):
    with pytest.raises(NotFound):
        lamps().transition(name)


def test_the_doors_of_a_record_are_those_out_of_its_state_that_one_has_the_right_to(lanzhu):
    row = lamp("ready", DAY)
    with act(lanzhu.organization, lanzhu.wei):
        assert [door.name for door in lamps().doors(row)] == ["end"]
        assert [door.name for door in lamps().doors(lamp("draft"))] == ["finish"]
        assert lamps().doors(lamp("gone")) == []
    with act(lanzhu.organization, lanzhu.tang):
        assert lamps().doors(row) == []
