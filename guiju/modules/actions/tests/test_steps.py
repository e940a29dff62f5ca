"""An action is done by one, verified by another, and judged on data against what was said before."""

from datetime import timedelta

import pytest

from guiju.modules.actions import services
from guiju.modules.actions.models import Action
from guiju.spine.acts import Conflict, NotPermitted, Refused, act, current
from guiju.spine.registers.tests.programs import Program
from guiju.spine.tasks.models import Task
from guiju.spine.trail.verify import verify


def words(refused) -> list[str]:
    return [str(missing) for missing in refused.value.missing]


def test_whoever_plans_it_owns_it_and_is_asked_to_do_it(plan, as_wei):
    action = plan()
    assert (action.state, action.owner_id, action.criterion_set_on) == ("open", as_wei.wei.id, current().today())
    assert Task.objects.get(door="complete").due_on == action.due_on


def test_the_whole_way_ends_with_a_signed_decision_and_a_whole_trail(plan, step, lanzhu):
    action = step(lanzhu.wei, plan(), "complete")
    assert (action.state, action.done_by_id) == ("done", lanzhu.wei.id)
    action = step(lanzhu.min, action, "verify")
    action = step(lanzhu.min, action, "find_effective")
    assert (action.state, action.effectiveness, action.effectiveness_judged_by_id) == ("effective", "effective", lanzhu.min.id)
    assert not Task.objects.filter(done_at=None).exists()
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ({"action_text": ""}, "What is to be done is not written down"),
        ({"cause_addressed": None}, "It names no confirmed cause that it removes"),
        ({"effectiveness_criterion": ""}, "By which data and until when its effect is judged is not said"),
        ({"effectiveness_due_on": None}, "By which data and until when its effect is judged is not said"),
    ],
)
def test_a_corrective_action_is_not_done_before_its_cause_and_its_criterion_are_named(plan, step, lanzhu, left_out, said):
    with pytest.raises(Conflict) as refused:
        step(lanzhu.wei, plan(**left_out), "complete")
    assert words(refused) == [said]


def test_nobody_verifies_what_they_did_or_answer_for(plan, step, lanzhu):
    done = step(lanzhu.min, plan(), "complete")
    for person in (lanzhu.min, lanzhu.wei):
        with pytest.raises(Conflict) as refused:
            step(person, done, "verify")
        assert words(refused) == ["You did this or answer for it; another person has to do this"]


def test_a_correction_ends_with_its_verification(plan, step, lanzhu):
    action = plan(
        kind="correction",
        cause_addressed=None,
        effectiveness_criterion="",
        effectiveness_basis_kind="",
        effectiveness_due_on=None,
    )
    assert step(lanzhu.min, step(lanzhu.wei, action, "complete"), "verify").state == "closed"


def test_what_is_not_done_goes_back_with_a_reason_to_whoever_answers_for_it(plan, step, lanzhu):
    action = step(lanzhu.min, step(lanzhu.wei, plan(), "complete"), "return")
    assert (action.state, action.done_on) == ("open", None)
    assert Task.objects.get(done_at=None).who_id == lanzhu.wei.id


def test_the_effect_is_not_decided_before_risks_and_system_are_answered(plan, step, lanzhu):
    action = plan(risk_review="open", risk_review_reason="")
    action = step(lanzhu.min, step(lanzhu.wei, action, "complete"), "verify")
    with pytest.raises(Conflict) as refused:
        step(lanzhu.min, action, "find_effective")
    assert words(refused) == ["Whether risks and the quality management system have to change is not answered"]


def test_a_token_decides_on_no_effect(plan, step, lanzhu):
    action = step(lanzhu.min, step(lanzhu.wei, plan(), "complete"), "verify")
    answer = Program(lanzhu.min).post(f"actions/{action.number}/find_effective/", {"basis": "x"})
    assert answer.status_code == 403


def test_what_it_is_judged_by_stays_once_it_is_done(plan, step, lanzhu):
    action = step(lanzhu.wei, plan(), "complete")
    with act(lanzhu.organization, lanzhu.wei), pytest.raises(Refused) as refused:
        services.change(Action.objects.get(pk=action.pk), {"effectiveness_criterion": "Whatever came out"})
    assert "effectiveness_criterion" in refused.value.errors


def test_an_effect_is_decided_after_it_is_due_not_before(plan):
    today = current().today()
    with pytest.raises(Refused) as refused:
        plan(due_on=today + timedelta(days=30), effectiveness_due_on=today + timedelta(days=30))
    assert "effectiveness_due_on" in refused.value.errors


def test_without_the_right_nobody_takes_a_step(plan, step, lanzhu):
    with pytest.raises(NotPermitted):
        step(lanzhu.tang, plan(), "complete")


def test_an_action_of_another_organization_is_not_there(plan, lanzhu, other):
    number = plan().number
    assert Program(other.eve).get(f"/api/v1/lanzhu/actions/{number}/").status_code == 404
    assert Program(other.eve, slug="other").get(f"actions/{number}/").status_code == 404
