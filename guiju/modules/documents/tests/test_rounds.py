"""Reviewers and approvers, at once or one after another; what a change of the text does to what was signed (7.5.2)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.approval import guards
from guiju.modules.documents.approval.forms import SubmitForm
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds.services import set_rule
from guiju.organizations.handover import deactivate
from guiju.organizations.models import Membership
from guiju.spine.acts import Conflict, Refused, Stale, current
from guiju.spine.notices.models import Notice
from guiju.spine.signatures.services import Proof
from guiju.spine.tasks.services import open_for
from guiju.spine.trail.verify import verify
from guiju.spine.workflow.perform import perform


def missing(document, door, who, as_):
    with as_(who):
        return [str(one) for one in document_workflow.transition(door).missing(document)]


def asked(who, as_):
    with as_(who):
        return [str(task) for task in open_for(who.id)]


@pytest.fixture
def rule(team, as_):
    def setting(**values):
        with as_(team.wei):
            set_rule("procedure", values, reason="as the work asks")

    return setting


def test_all_reviewers_are_asked_at_once(draft, team, take, as_):
    take(draft, "submit", team.wei, reviewers=[team.min.person, team.hua.person])
    assert asked(team.min, as_) == asked(team.hua, as_) == ["Review Ageing"]


def test_a_document_is_not_approved_while_a_review_is_missing(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person, team.hua.person])
    document = take(document, "review", team.min)
    assert missing(document, "approve", team.jun, as_) == ["Lin Hua: not reviewed yet"]


def test_reviewers_in_turn_are_asked_one_after_another(draft, team, take, as_, rule):
    rule(reviews_in_turn=True)
    document = take(draft, "submit", team.wei, reviewers=[team.min.person, team.hua.person])
    assert (asked(team.min, as_), asked(team.hua, as_)) == (["Review Ageing"], [])
    assert missing(document, "review", team.hua, as_) == ["Before you, it is the turn of Zhou Min"]
    document = take(document, "review", team.min)
    assert asked(team.hua, as_) == ["Review Ageing"]
    with as_(team.hua):
        assert Notice.objects.filter(person_id=team.hua.id, key__contains="asked to review").count() == 1
    assert take(document, "review", team.hua).state == "in_review"


def test_named_approvers_are_asked_when_the_reviews_are_done(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person], approvers=[team.jun.person])
    assert asked(team.jun, as_) == []
    take(document, "review", team.min)
    assert asked(team.jun, as_) == ["Approve Ageing"]


def test_an_approver_is_told_whose_review_comes_before(draft, team, take, as_):
    take(draft, "submit", team.wei, reviewers=[team.min.person], approvers=[team.jun.person])
    assert "Before you, it is the turn of Zhou Min" in missing(draft, "approve", team.jun, as_)


def test_who_reviews_and_approves_is_told_of_the_own_review_first(draft, team, take, as_):
    take(draft, "submit", team.wei, reviewers=[team.min.person], approvers=[team.min.person])
    assert missing(draft, "approve", team.min, as_)[-1] == "Before your approval comes your own review"


def test_only_the_named_approvers_approve(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person], approvers=[team.jun.person])
    document = take(document, "review", team.min)
    assert missing(document, "approve", team.hua, as_) == ["Others were asked to approve this: Gao Jun"]
    assert take(document, "approve", team.jun).state == "approved"


def test_the_last_of_several_approvals_puts_it_into_force(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person], approvers=[team.hua.person, team.jun.person])
    document = take(document, "review", team.min)
    document = take(document, "approve", team.hua)
    assert document.state == "in_review" and document.effective_on is None
    assert missing(document, "approve", team.hua, as_) == ["You have approved this text"]
    document = take(document, "approve", team.jun)
    assert document.state == "approved" and document.effective_on is not None


def test_approvers_in_turn_wait_for_each_other(draft, team, take, as_, rule):
    rule(approvals_in_turn=True)
    document = take(draft, "submit", team.wei, reviewers=[team.min.person], approvers=[team.hua.person, team.jun.person])
    document = take(document, "review", team.min)
    assert missing(document, "approve", team.jun, as_) == ["Before you, it is the turn of Lin Hua"]
    document = take(document, "approve", team.hua)
    assert asked(team.jun, as_) == ["Approve Ageing"]


@pytest.mark.parametrize("field", ["reviewers", "approvers"])
def test_a_kind_can_ask_for_more_than_one(draft, team, take, rule, field):
    rule(**{field: 2})
    with pytest.raises(Refused, match="at least 2 people") as refused:
        take(draft, "submit", team.wei, **{"reviewers": [team.min.person], "approvers": [team.min.person]})
    assert field in refused.value.errors


def test_a_kind_can_do_without_review(draft, team, take, as_, rule):
    rule(reviewers=0)
    document = take(draft, "submit", team.wei, approvers=[team.jun.person])
    assert asked(team.jun, as_) == ["Approve Ageing"]
    assert take(document, "approve", team.jun).state == "approved"


def test_the_author_is_never_a_reviewer_whoever_sends_it(draft, team, take, as_):
    with pytest.raises(Refused, match="other than the author"):
        take(draft, "submit", team.min, reviewers=[team.wei.person])


def test_a_change_after_a_review_voids_the_round(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    document = take(document, "return", team.min, reason="Five hours")
    with as_(team.wei):
        services.change(document, {"text": "Lamps burn for five hours."})
        assert guards.signed_in_round(document, "review") == []
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    assert missing(document, "approve", team.jun, as_) == ["Zhou Min: not reviewed yet"]


def test_a_new_round_asks_anew_even_when_the_text_is_the_same(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    document = take(document, "return", team.min, reason="Ask Hua as well")
    document = take(document, "submit", team.wei, reviewers=[team.hua.person])
    assert missing(document, "approve", team.jun, as_) == ["Lin Hua: not reviewed yet"]
    with as_(team.wei):
        assert list(verify()) == []


def test_what_a_reviewer_who_left_was_asked_goes_to_the_successor(draft, team, take, as_, rule):
    rule(reviews_in_turn=True)
    document = take(draft, "submit", team.wei, reviewers=[team.min.person, team.hua.person])
    with as_(team.wei):
        membership = Membership.objects.get(person=team.hua.person)
        deactivate(membership, {"tasks": team.jun.person}, reason="left", proof=Proof(team.wei.id, "password"))
    document = take(document, "review", team.min)
    assert asked(team.jun, as_) == ["Review Ageing"]
    assert take(document, "review", team.jun).state == "in_review"


def test_the_kind_leaves_time_for_reading_before_the_effect(draft, team, take, as_, rule):
    rule(lead_days=14)
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    with as_(team.min):
        today = current().today()
    with pytest.raises(Refused, match="14 days for reading"):
        take(document, "approve", team.min, effective_on=today + timedelta(days=13))
    assert take(document, "approve", team.min).effective_on == today + timedelta(days=14)


def test_the_planned_day_is_taken_where_it_can_still_be(draft, team, take, as_):
    with as_(team.wei):
        planned = current().today() + timedelta(days=30)
    document = take(draft, "submit", team.wei, reviewers=[team.min.person], planned_on=planned)
    document = take(document, "review", team.min)
    assert take(document, "approve", team.min).effective_on == planned


def test_an_effective_date_before_the_approval_is_refused(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    with as_(team.min):
        yesterday = current().today() - timedelta(days=1)
    with pytest.raises(Refused, match="before it was approved"):
        take(document, "approve", team.min, effective_on=yesterday)


def test_the_kind_says_when_it_is_reviewed_again(draft, team, take, rule):
    rule(review_months=24)
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    document = take(document, "approve", team.min)
    assert document.due_on is not None and document.effective_on is not None
    assert document.due_on.year == document.effective_on.year + 2


def test_of_two_approvals_at_once_one_finds_it_done(draft, team, take):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    take(document, "approve", team.min)
    with pytest.raises(Conflict, match="not possible from the state"):
        take(document, "approve", team.jun)


def proposed(document, who, as_):
    with as_(who):
        form = SubmitForm()
        form.fit(document)
        return [form.fields[name].initial for name in ("reviewers", "approvers", "planned_on")]


def test_whoever_signs_twice_is_told_that_it_is_done_and_not_that_another_did_it(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person, team.hua.person])
    seen = document.version
    take(document, "review", team.min)
    for who, words in ((team.min, "You have done this already."), (team.hua, "Someone else has changed this")):
        with as_(who), pytest.raises(Stale, match=words):
            perform(document_workflow, document, "review", proof=Proof(who.id, "password"), version=seen)


def test_who_sends_it_again_need_not_choose_people_and_day_anew(draft, team, take, as_):
    with as_(team.wei):
        day = current().today() + timedelta(days=30)
    people = {"reviewers": [team.min.person, team.hua.person], "approvers": [team.jun.person]}
    document = take(draft, "submit", team.wei, **people, planned_on=day)
    document = take(take(document, "review", team.min), "return", team.jun, reason="Five hours")
    assert proposed(document, team.wei, as_) == [(team.min.id, team.hua.id), (team.jun.id,), day]


def test_for_a_new_revision_those_of_the_last_round_are_proposed_and_no_day_that_is_over(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.hua.person])
    document = take(document, "return", team.hua, reason="Ask Min")
    with as_(team.wei):
        day = current().today() + timedelta(days=3)
    document = take(document, "submit", team.wei, reviewers=[team.min.person], approvers=[team.jun.person], planned_on=day)
    document = take(take(document, "review", team.min), "approve", team.jun)
    with time_machine.travel(timezone.now() + timedelta(days=10)):
        document = take(document, "revise", team.wei, reason="x")
        assert proposed(document, team.wei, as_) == [(team.min.id,), (team.jun.id,), None]


def test_whoever_reviewed_in_the_place_of_a_leaver_is_proposed(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.hua.person])
    with as_(team.wei):
        membership = Membership.objects.get(person=team.hua.person)
        deactivate(membership, {"tasks": team.jun.person}, reason="left", proof=Proof(team.wei.id, "password"))
    document = take(take(document, "review", team.jun), "return", team.min, reason="x")
    assert team.jun.id in proposed(document, team.wei, as_)[0]


def test_only_who_has_a_say_sends_it_back(draft, team, take, as_):
    reader = join(team.organization, make_person("rita", "Rita"), "documents.view", "documents.return")
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    assert missing(document, "return", reader, as_) == ["You were not asked to review this"]
    assert missing(document, "return", team.min, as_) == []
