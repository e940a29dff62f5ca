"""A case is contained, its cause decided on and confirmed, everything done, and closed when it is shown that it worked."""

from datetime import timedelta
from decimal import Decimal

import pytest

from guiju.modules.actions import services as actions
from guiju.modules.actions.models import Action, Cause
from guiju.modules.actions.workflow import action_workflow
from guiju.modules.nonconformities import services
from guiju.modules.nonconformities.models import Nonconformity
from guiju.spine.acts import Conflict, NotPermitted, Refused, act, current
from guiju.spine.registers.tests.programs import Program
from guiju.spine.signatures.services import Proof
from guiju.spine.tasks.models import Task
from guiju.spine.trail.verify import verify
from guiju.spine.workflow.perform import perform


def said(refused) -> list[str]:
    return [str(missing) for missing in refused.value.missing]


def test_whoever_answers_for_it_is_asked_to_contain_it_at_once(case, as_wei):
    made = case()
    task = Task.objects.get(door="contain")
    assert (task.who_id, task.due_on) == (as_wei.wei.id, current().today() + timedelta(days=1))
    assert made.number.startswith("NC-")


def test_without_an_owner_those_who_contain_are_asked(case, lanzhu):
    case(owner=None)
    assert set(Task.objects.filter(door="contain").values_list("who", flat=True)) == {lanzhu.wei.id, lanzhu.min.id}


def test_the_cause_is_not_confirmed_before_all_that_belongs_to_it(case, step, lanzhu):
    one = step(lanzhu.wei, case(severity="", severity_reason="", requirement_not_met=""), "contain")
    with pytest.raises(Conflict) as refused:
        step(lanzhu.wei, one, "confirm_cause")
    assert said(refused) == [
        "Its grade, with the reason for it, is not set",
        "Which requirement was not met is not written down",
        "Whether its cause is to be removed is not decided",
    ]


def test_a_cause_that_is_to_be_removed_is_confirmed_and_looked_for_elsewhere(case, step, lanzhu):
    one = step(lanzhu.wei, case(), "contain")
    with act(lanzhu.organization, lanzhu.wei):
        services.decide_cause(one, decision="remove_cause", reason="It will come back")
    with pytest.raises(Conflict) as refused:
        step(lanzhu.wei, one, "confirm_cause")
    assert said(refused) == ["No root cause is confirmed by evidence", "Where similar cases could be was not looked for"]


def test_correcting_alone_is_a_decision_with_a_reason_too(case, step, lanzhu):
    one = step(lanzhu.wei, case(), "contain")
    with act(lanzhu.organization, lanzhu.wei):
        with pytest.raises(Refused) as refused:
            services.decide_cause(one, decision="correct_only", reason=" ")
        assert "reason" in refused.value.errors
        services.decide_cause(one, decision="correct_only", reason="A single scratch")
    assert step(lanzhu.wei, one, "confirm_cause").state == "analysed"


def test_what_is_analysed_is_decided_only_then(case):
    with pytest.raises(Conflict):
        services.decide_cause(case(), decision="correct_only", reason="A single scratch")


def planned(lanzhu, case: Nonconformity) -> Action:
    with act(lanzhu.organization, lanzhu.wei):
        today = current().today()
        values = {
            "title": "A trial lot for each new source",
            "kind": "corrective",
            "action_text": "QP-12",
            "cause_addressed": Cause.objects.get(),
            "effectiveness_criterion": "No repeat in a quarter",
            "effectiveness_basis_kind": "recurrences",
            "effectiveness_count": 90,
            "due_on": today,
            "effectiveness_due_on": today + timedelta(days=90),
            "risk_review": "not_needed",
            "risk_review_reason": "It was there",
            "system_change": "needed",
            "system_change_reason": "QP-12",
        }
        return actions.plan(values, raised_from=case)


def taken(lanzhu, who, action: Action, name: str) -> Action:
    words = {"complete": {"done_evidence": "QP-12, revision 7"}}.get(name, {"basis": "The data"})
    proof = Proof(who.id, "password") if action_workflow.transitions[name].signs else None
    with act(lanzhu.organization, who):
        return perform(action_workflow, action, name, inputs=words, proof=proof)


def test_everything_is_named_that_is_not_done(analysed, step, lanzhu):
    one = analysed(quantity=Decimal(20), unit="lamps", delivered=True)
    with pytest.raises(Conflict) as refused:
        step(lanzhu.wei, one, "act")
    assert said(refused) == [
        "What was done to correct it, and when, is not written down",
        "Its consequences, or that there are none, are not written down",
        "Whether the customer was informed is not written down",
        "Dispositions cover 0 of 20 lamps",
        "No corrective action is planned",
    ]


def test_the_whole_way_to_a_signed_end_leaves_a_whole_trail(analysed, step, righted, lanzhu):
    one = righted(analysed())
    action = planned(lanzhu, one)
    with pytest.raises(Conflict) as refused:
        step(lanzhu.wei, one, "act")
    assert said(refused) == [f"Not done and verified yet: {action.number}"]
    action = taken(lanzhu, lanzhu.min, taken(lanzhu, lanzhu.wei, action, "complete"), "verify")
    one = step(lanzhu.wei, one, "act")
    with pytest.raises(Conflict) as refused:
        step(lanzhu.wei, one, "close")
    assert said(refused) == [f"Whether it worked is not decided: {action.number}"]
    taken(lanzhu, lanzhu.min, action, "find_effective")
    one = step(lanzhu.wei, one, "close")
    assert (one.state, one.closed_on) == ("closed", one.closed_on)
    assert not Task.objects.filter(done_at=None).exists()
    assert list(verify()) == []


def test_an_action_that_did_not_work_opens_its_case_again(analysed, step, righted, lanzhu):
    one = righted(analysed())
    action = planned(lanzhu, one)
    action = taken(lanzhu, lanzhu.min, taken(lanzhu, lanzhu.wei, action, "complete"), "verify")
    step(lanzhu.wei, one, "act")
    taken(lanzhu, lanzhu.min, action, "find_not_effective")
    with act(lanzhu.organization, lanzhu.wei):
        again = Nonconformity.objects.get(pk=one.pk)
        assert (again.state, again.cause_decision, again.correction) == ("contained", "open", "Exchanged")
        assert Task.objects.filter(door="confirm_cause", done_at=None, who=lanzhu.wei.id).exists()


def test_repeats_are_counted_for_the_action_that_was_to_prevent_them(analysed, case, lanzhu):
    one = analysed()
    action = planned(lanzhu, one)
    with act(lanzhu.organization, lanzhu.wei):
        since = current().today() - timedelta(days=3)
        case(title="Flickers again", recurrence_of=one)
        assert services.recurrences(action, since) == 1
        assert services.recurrences(action, current().today()) == 0


def test_a_closed_case_is_opened_again_with_a_reason(analysed, step, lanzhu):
    one = step(lanzhu.wei, analysed(), "reopen")
    assert (one.state, one.cause_decision) == ("contained", "open")


def test_what_is_dismissed_stays_so(case, step, lanzhu):
    one = step(lanzhu.wei, case(), "dismiss")
    with pytest.raises(Conflict):
        step(lanzhu.wei, one, "contain")


def test_a_token_confirms_no_cause(case, step, lanzhu):
    one = step(lanzhu.wei, case(), "contain")
    assert Program(lanzhu.wei).post(f"nonconformities/{one.number}/confirm_cause/", {}).status_code == 403


def test_a_program_takes_the_other_steps_and_is_told_what_is_missing(case, lanzhu):
    one, wei = case(), Program(lanzhu.wei)
    base = f"nonconformities/{one.number}/"
    assert wei.post(f"{base}contain/", {"containment": "Blocked"}).json()["state"] == "contained"
    decided = wei.post(f"{base}cause-decision/", {"decision": "remove_cause", "reason": "It will come back"})
    assert (decided.status_code, decided.json()["cause_decision"]) == (200, "remove_cause")
    missing = wei.post(f"{base}act/", {})
    assert missing.status_code == 409
    cause = {"statement": "No trial lot", "finding": "confirmed", "evidence": "QP-12", "root": True}
    assert wei.post(f"{base}causes/", cause).status_code == 201


def test_whoever_may_only_report_takes_no_step(case, step, lanzhu):
    with pytest.raises(NotPermitted):
        step(lanzhu.tang, case(), "contain")


def test_nothing_is_detected_in_the_future(lanzhu):
    answer = Program(lanzhu.wei).post("nonconformities/", {"title": "x", "detected_on": "2999-01-01"})
    assert answer.status_code == 422
