"""Whoever watches is asked in time, once."""

from datetime import date

import pytest

from guiju.modules.documents.models import Document
from guiju.modules.editions import asking, checking, watching
from guiju.modules.editions.tests.conftest import NEWER
from guiju.organizations.members import Member
from guiju.spine.acts import NotPermitted
from guiju.spine.jobs.job import scheduled
from guiju.spine.notices.models import Notice
from guiju.spine.tasks import services as tasks
from guiju.spine.tasks.models import Task

BEFORE, DUE, LATE = "2026-08-18T04:00:00+00:00", "2026-08-19T04:00:00+00:00", "2026-09-17T04:00:00+00:00"


def asked(standard, house, as_):
    with as_(house.wei):
        return [(task.who_id, str(task), task.due_on.isoformat()) for task in tasks.of(standard)]


def test_who_watches_is_asked_fourteen_days_before_and_once(standard, watched, house, as_, clock):
    clock.move_to(BEFORE)
    asking.in_each_organization()
    assert asked(standard, house, as_) == []
    clock.move_to(DUE)
    for _ in range(2):
        asking.in_each_organization()
    what = "Look whether there is a newer edition of Luminaires"
    assert asked(standard, house, as_) == [(house.yu.id, what, "2026-09-02")]
    with as_(house.yu):
        told = Notice.objects.filter(person_id=house.yu.id, key__contains="is to be checked")
        assert [str(notice) for notice in told] == ["The edition of EX-01 Luminaires is to be checked."]


def test_the_worker_asks_each_day():
    assert "guiju.modules.editions.jobs.checks_due" in scheduled


def test_another_who_watches_is_asked_instead(standard, watched, house, as_, clock):
    clock.move_to(DUE)
    asking.in_each_organization()
    with as_(house.wei):
        watching.watch(standard, {"watcher": house.tang.person})
    assert [who for who, _what, _day in asked(standard, house, as_)] == [house.tang.id]


def test_moved_to_a_later_day_nobody_is_asked_any_more(standard, watched, house, as_, clock):
    clock.move_to(DUE)
    asking.in_each_organization()
    with as_(house.wei):
        watching.watch(standard, {"months": 12})
    assert asked(standard, house, as_) == []


def test_moved_to_another_day_near_by_the_task_says_the_new_day(standard, watched, house, as_, clock):
    clock.move_to(DUE)
    asking.in_each_organization()
    with as_(house.wei):
        watching.watch(standard, {"next_on": date(2026, 8, 25)})
    assert [day for _who, _what, day in asked(standard, house, as_)] == ["2026-08-25"]


def test_asked_again_after_an_approval_that_closed_all_tasks(standard, watched, house, take, as_, clock):
    clock.move_to(DUE)
    asking.in_each_organization()
    take(standard, "revise", house.wei, reason="A typing error")
    take(standard, "submit", house.wei, reviewers=[house.hua.person])
    take(standard, "review", house.hua)
    take(standard, "approve", house.min)
    assert [who for who, _what, _day in asked(standard, house, as_)] == [house.yu.id]


def test_when_nobody_looks_those_who_keep_the_rules_are_told_once(standard, watched, house, as_, clock):
    clock.move_to(LATE)
    for _ in range(2):
        asking.in_each_organization()
    with as_(house.wei):
        late = Notice.objects.filter(key__startswith="Nobody has looked")
        assert sorted(late.values_list("person", flat=True)) == sorted([house.wei.id, house.min.id])


def test_the_deputy_of_who_watches_records_the_check_as_deputy(standard, watched, house, as_, clock):
    clock.move_to(DUE)
    asking.in_each_organization()
    deputy = Member(house.tang.person, house.organization, frozenset({"documents.view"}), deputy_for=house.yu.person)
    with as_(deputy):
        made = checking.record(standard, {})
    assert (made.made_by_id, made.on_behalf_of_id) == (house.tang.id, house.yu.id)
    assert asked(standard, house, as_) == []


def test_whoever_neither_watches_nor_owns_nor_may_change_records_nothing(standard, watched, house, as_):
    with as_(house.tang), pytest.raises(NotPermitted):
        checking.record(standard, {})


def test_a_token_of_who_watches_needs_the_right_itself(standard, watched, house, as_):
    token = Member(house.yu.person, house.organization, frozenset({"documents.view"}), scope=frozenset({"*"}))
    with as_(token), pytest.raises(NotPermitted):
        checking.record(standard, {})


def test_the_owner_is_asked_again_while_a_newer_edition_is_not_taken_over(standard, watched, house, take, as_):
    with as_(house.yu):
        checking.record(standard, NEWER)
    take(standard, "revise", house.wei, reason="New edition")
    take(standard, "submit", house.wei, reviewers=[house.hua.person])
    take(standard, "return", house.min, reason="Not yet")  # drops every task
    for _ in range(2):
        asking.in_each_organization()
    with as_(house.wei):
        open_ones = Task.objects.filter(door=asking.TAKE_OVER, done_at=None)
        assert [task.who_id for task in open_ones] == [house.wei.id]
        assert Document.objects.get(pk=standard.pk).state == "draft"
