"""Who is asked when: those of a later turn only when nobody before them is left."""

import pytest

from guiju.modules.processes.models import Process
from guiju.spine.acts import act
from guiju.spine.tasks import services as tasks


@pytest.fixture
def process(as_wei) -> Process:
    made = Process(title="Soldering")
    made.save()
    return made


def test_the_next_are_asked_when_nobody_else_is_being_asked(process, lanzhu):
    first, second = lanzhu.min.id, lanzhu.tang.id
    tasks.ask(process, first, "review", door="review", turn=1, waits=True)
    tasks.ask(process, second, "review", door="review", turn=2, waits=True)
    assert tasks.next_turn(process, "review") == [first]
    assert tasks.next_turn(process, "review") == []  # Min is being asked
    with act(lanzhu.organization, lanzhu.min):
        assert tasks.next_turn(process, "review") == [second]  # while Min does it, nobody else is being asked
    assert tasks.of(process).get(who_id=second).asked_at is not None


def test_those_of_one_turn_are_asked_together_and_another_door_does_not_count(process, lanzhu):
    tasks.ask(process, lanzhu.wei.id, "look", door="look")
    for who in (lanzhu.min.id, lanzhu.tang.id):
        tasks.ask(process, who, "review", door="review", turn=1, waits=True)
    assert set(tasks.next_turn(process, "review")) == {lanzhu.min.id, lanzhu.tang.id}
    assert tasks.next_turn(process, "approve") == []


def test_what_is_asked_already_is_not_asked_twice(process, lanzhu):
    one = tasks.ask(process, lanzhu.min.id, "review", door="review")
    assert tasks.ask(process, lanzhu.min.id, "review", door="review").pk == one.pk
    assert tasks.ask(process, lanzhu.min.id, "review", door="approve").pk != one.pk
    assert tasks.finish(process, door="review", who=lanzhu.min.id) == 1
    assert tasks.ask(process, lanzhu.min.id, "review", door="review").pk != one.pk
