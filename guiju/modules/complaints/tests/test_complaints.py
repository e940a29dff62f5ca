"""A complaint is acknowledged in time, decided with a reason, answered, and never closed with neither answer nor reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from guiju.modules.complaints import services
from guiju.modules.complaints.models import Complaint
from guiju.modules.complaints.workflow import complaint_workflow
from guiju.modules.nonconformities.models import Nonconformity
from guiju.spine.acts import Conflict, Refused, act, current
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.tasks.models import Task
from guiju.spine.trail.verify import verify
from guiju.spine.workflow.perform import perform

WORDS = {
    "acknowledge": {"acknowledgement": "We have it and answer within a week."},
    "decide": {"justified": "yes", "reason": "Measured: 1.7"},
    "answer": {"answer": "You get another lamp."},
    "close": {"no_answer_reason": ""},
}


@pytest.fixture
def complain(as_wei) -> Callable[..., Complaint]:
    def complaining(**more) -> Complaint:
        values = {
            "title": "The lamp flickers",
            "customer": "A buyer in Hamburg",
            "received_on": current().today(),
            "statement": "At the lowest level the light trembles.",
            "severity": "significant",
            "lot_number": "L2-2608",
        }
        return services.receive(values | more)

    return complaining


@pytest.fixture
def step(lanzhu) -> Callable[..., Complaint]:
    def stepping(complaint: Complaint, name: str, **more) -> Complaint:
        with act(lanzhu.organization, lanzhu.wei):
            reason = "The same again" if name == "reopen" else ""
            return perform(complaint_workflow, complaint, name, inputs=WORDS.get(name, {}) | more, reason=reason)

    return stepping


@pytest.mark.parametrize(("severity", "first", "whole"), [("severe", 1, 5), ("significant", 2, 15), ("slight", 3, 30)])
def test_deadlines_follow_the_grade(complain, severity, first, whole):
    made, today = complain(severity=severity), current().today()
    assert (made.acknowledge_by_on, made.due_on) == (today + timedelta(days=first), today + timedelta(days=whole))
    assert Task.objects.get(door="acknowledge").due_on == made.acknowledge_by_on


def test_a_justified_one_becomes_a_nonconformity_that_knows_where_it_came_from(complain, step):
    one = step(step(complain(), "acknowledge"), "decide")
    case = Nonconformity.objects.get()
    assert one.nonconformity_id == case.pk
    assert (case.stage, case.customer, case.lot_number, case.delivered) == (
        "after_delivery",
        "A buyer in Hamburg",
        "L2-2608",
        True,
    )


def test_one_that_is_not_justified_has_its_reason_and_no_case(complain, step):
    acknowledged = step(complain(), "acknowledge")
    with pytest.raises(Refused) as refused:
        step(acknowledged, "decide", justified="no", reason=" ")
    assert "reason" in refused.value.errors
    step(acknowledged, "decide", justified="no", reason="Used with a dimmer we exclude")
    assert not Nonconformity.objects.exists()


def test_it_is_not_closed_without_an_answer_or_a_reason_why_none_is_due(complain, step):
    decided = step(step(complain(), "acknowledge"), "decide")
    with pytest.raises(Refused) as refused:
        step(decided, "close")
    assert "no_answer_reason" in refused.value.errors
    assert step(decided, "close", no_answer_reason="Cannot be reached").state == "closed"


def test_the_whole_way_leaves_no_task_and_a_whole_trail(complain, step):
    one = complain()
    for name in ("acknowledge", "decide", "answer", "close"):
        one = step(one, name)
    assert (one.state, one.answer) == ("closed", "You get another lamp.")
    assert not Task.objects.filter(done_at=None, record=one.pk).exists()
    assert list(verify()) == []


def test_one_that_was_answered_can_be_opened_again(complain, step):
    one = complain()
    for name in ("acknowledge", "decide", "answer"):
        one = step(one, name)
    again = step(one, "reopen")
    assert (again.state, again.answered_on) == ("acknowledged", None)
    step(again, "decide")
    assert Nonconformity.objects.count() == 1


def test_the_customer_is_asked_about_an_answer_only(complain, step, lanzhu):
    one = complain()
    with pytest.raises(Conflict):
        services.satisfied(one, "yes")
    for name in ("acknowledge", "decide", "answer"):
        one = step(one, name)
    client = Client()
    client.force_login(lanzhu.wei.person)
    base = f"/lanzhu/complaints/{one.number}/"
    assert f"{base}satisfied/" in client.get(base).content.decode()
    assert client.post(f"{base}satisfied/", {"satisfied": "partly"})["Location"] == base
    answer = Program(lanzhu.wei).post(f"complaints/{one.number}/satisfaction/", {"satisfied": "yes"})
    assert answer.json() == {"number": one.number, "satisfied": "yes"}


def test_nothing_is_received_in_the_future(lanzhu):
    values = {"title": "x", "customer": "x", "statement": "x", "received_on": "2999-01-01"}
    answer = Program(lanzhu.wei).post("complaints/", values)
    assert (answer.status_code, reasons(answer)) == (422, {"received_on": "future"})


def test_who_complained_is_personal_data(complain):
    assert getattr(Complaint._meta.get_field("contact"), "holds_personal_data", False)
