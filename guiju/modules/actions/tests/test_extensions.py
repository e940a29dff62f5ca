"""A due date is moved by a request that another decides, never into the past, and each move is counted."""

from datetime import timedelta

import pytest
from django.test import Client

from guiju.modules.actions import extensions
from guiju.modules.actions.models import Action
from guiju.spine.acts import Conflict, NotPermitted, Refused, act, current
from guiju.spine.registers.lines import writing
from guiju.spine.registers.tests.programs import Program
from guiju.spine.tasks.models import Task


def asked(action: Action, days: int = 60):
    until = current().today() + timedelta(days=days)
    return writing.add(extensions.extensions, action, {"until_on": until, "reason": "The source is late."})


def test_the_due_date_itself_is_not_in_the_form_of_a_change(plan, lanzhu):
    action = plan()
    answer = Program(lanzhu.wei).patch(f"actions/{action.number}/", {"due_on": "2030-01-01"}, action.version)
    assert answer.status_code == 422


def test_a_request_that_is_granted_moves_the_date_and_is_counted(plan, lanzhu):
    action = plan()
    line = asked(action)
    assert Task.objects.get(door="actions.extend", done_at=None).who_id == lanzhu.min.id
    with act(lanzhu.organization, lanzhu.min):
        extensions.decide(action, line.pk, granted=True, reason="It cannot be had sooner.")
        moved = Action.objects.get(pk=action.pk)
        assert (moved.due_on, extensions.count(moved)) == (line.until_on, 1)
        assert not Task.objects.filter(door="actions.extend", done_at=None).exists()


def test_a_refused_request_leaves_the_date(plan, lanzhu):
    action = plan()
    line = asked(action)
    with act(lanzhu.organization, lanzhu.min):
        extensions.decide(action, line.pk, granted=False, reason="It was known.")
        assert Action.objects.get(pk=action.pk).due_on == action.due_on


@pytest.mark.parametrize("days", [-1, 10, 30])
def test_nothing_is_extended_into_the_past_or_to_an_earlier_day(plan, days):
    with pytest.raises(Refused) as refused:
        asked(plan(), days)
    assert "until_on" in refused.value.errors


def test_one_request_waits_at_a_time(plan):
    action = plan()
    asked(action)
    with pytest.raises(Conflict):
        asked(action, 70)


def test_nobody_decides_on_their_own_request(plan, as_wei):
    action = plan()
    line = asked(action)
    with pytest.raises(Conflict, match="another person"):
        extensions.decide(action, line.pk, granted=True, reason="Yes")


def test_a_decision_has_its_reason_and_is_taken_once(plan, lanzhu):
    action = plan()
    line = asked(action)
    with act(lanzhu.organization, lanzhu.min):
        with pytest.raises(Refused) as refused:
            extensions.decide(action, line.pk, granted=True, reason="  ")
        assert "reason" in refused.value.errors
        extensions.decide(action, line.pk, granted=False, reason="No")
        with pytest.raises(Conflict):
            extensions.decide(action, line.pk, granted=True, reason="Yes after all")


def test_whoever_has_not_the_right_does_not_decide(plan, lanzhu):
    action = plan()
    line = asked(action)
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(NotPermitted):
        extensions.decide(action, line.pk, granted=True, reason="Yes")


def test_nothing_is_done_while_a_request_waits(plan, step, lanzhu):
    action = plan()
    asked(action)
    with pytest.raises(Conflict) as refused:
        step(lanzhu.wei, action, "complete")
    assert [str(one) for one in refused.value.missing] == ["A request for more time waits for its decision"]


def test_it_is_decided_on_a_page_and_by_a_program(plan, lanzhu):
    action, client = plan(), Client()
    line = asked(action)
    client.force_login(lanzhu.min.person)
    base = f"/lanzhu/actions/{action.number}/"
    page = client.get(base).content.decode()
    assert f"{base}extensions/{line.pk}/" in page
    assert client.post(f"{base}extensions/{line.pk}/", {"granted": "on", "reason": ""}).status_code == 422
    assert client.post(f"{base}extensions/{line.pk}/", {"granted": "on", "reason": "Yes"})["Location"] == base
    other = plan(title="Another")
    line = asked(other)
    address = f"actions/{other.number}/extensions/{line.pk}/decide/"
    answer = Program(lanzhu.min).post(address, {"granted": False, "reason": "No"})
    assert (answer.status_code, answer.json()["decision"]) == (200, "refused")
