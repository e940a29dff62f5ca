"""What is in force is looked at again in time (7.5.2)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from guiju.modules.documents import page
from guiju.modules.documents.approval import reviewing
from guiju.modules.documents.approval.forms import ConfirmForm
from guiju.modules.documents.approval.steps import after_months
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds.services import set_rule
from guiju.spine.acts import Conflict, Refused, current
from guiju.spine.notices.models import Notice
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.record_page import history
from guiju.spine.tasks.services import open_for
from guiju.spine.trail.verify import verify


@pytest.fixture
def in_force(draft, team, take, as_):
    with as_(team.wei):
        set_rule("procedure", {"review_months": 12})
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


def tasks(who, as_):
    with as_(who):
        return [str(task) for task in open_for(who.id)]


def test_the_owner_is_asked_thirty_days_before(in_force, team, as_):
    with time_machine.travel(timezone.now() + timedelta(days=300)):
        reviewing.in_each_organization()
        assert tasks(team.wei, as_) == []
    with time_machine.travel(timezone.now() + timedelta(days=340)):
        reviewing.in_each_organization()
        reviewing.in_each_organization()
        assert tasks(team.wei, as_) == ["Check whether “Ageing” is still right"]


def test_confirmed_with_a_signature_it_is_due_again_after_the_interval(in_force, team, take, as_):
    with time_machine.travel(timezone.now() + timedelta(days=350)):
        reviewing.in_each_organization()
        document = take(in_force, "confirm", team.wei, looked_at="The ageing room")
        with as_(team.wei):
            assert document.due_on is not None and document.due_on > current().today() + timedelta(days=360)
            assert document_workflow.state_of(document).name == "effective"
            assert list(verify()) == []
        assert tasks(team.wei, as_) == []


def test_the_next_review_lies_ahead(in_force, team, take, as_):
    with as_(team.wei):
        today = current().today()
    with pytest.raises(Refused, match="later day"):
        take(in_force, "confirm", team.wei, looked_at="The ageing room", next_on=today)


def test_the_next_review_is_no_further_away_than_the_interval(in_force, team, take, as_):
    with as_(team.wei):
        today = current().today()
    with pytest.raises(Refused, match="no later than") as refused:
        take(in_force, "confirm", team.wei, looked_at="x", next_on=today + timedelta(days=367))
    assert "next_on" in refused.value.errors


def test_without_an_interval_the_next_review_is_within_five_years(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(take(document, "review", team.min), "approve", team.min)
    with as_(team.wei):
        today = current().today()
    with pytest.raises(Refused, match="five years"):
        take(document, "confirm", team.wei, looked_at="x", next_on=today + timedelta(days=5 * 366))
    assert take(document, "confirm", team.wei, looked_at="x", next_on=today + timedelta(days=5 * 365)).due_on


def test_what_was_looked_at_is_asked_for_and_shown(in_force, team, take, as_):
    with pytest.raises(Refused, match="what you looked at"):
        take(in_force, "confirm", team.wei, looked_at="  ")
    document = take(in_force, "confirm", team.wei, looked_at="The ageing room, with Tang")
    with as_(team.wei):
        assert "The ageing room, with Tang" in history(by_key("documents"), document)[0]["sentence"]
        assert any("The ageing room, with Tang" in str(value) for _label, value in page.facts(document))


def test_the_day_after_the_interval_is_proposed(in_force, team, as_):
    with as_(team.wei):
        form = ConfirmForm()
        form.fit(in_force)
        assert form.fields["next_on"].initial == after_months(current().today(), 12)


def test_a_new_revision_answers_the_review_too(in_force, team, take, as_):
    with time_machine.travel(timezone.now() + timedelta(days=350)):
        reviewing.in_each_organization()
        take(in_force, "revise", team.wei, reason="Six hours")
        assert tasks(team.wei, as_) == []


def test_when_nobody_looks_those_who_keep_the_rules_are_told_once(in_force, team, as_):
    with time_machine.travel(timezone.now() + timedelta(days=390)):
        for _ in range(2):
            reviewing.in_each_organization()
    with as_(team.wei):
        late = Notice.objects.filter(key__contains="nobody has looked")
        assert set(late.values_list("person", flat=True)) == {team.wei.id, team.min.id}
        assert late.count() == 2


def test_what_is_not_in_force_is_not_confirmed(draft, team, take, as_):
    with as_(team.wei):
        on = current().today() + timedelta(days=10)
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(take(document, "review", team.min), "approve", team.min, effective_on=on)
    with pytest.raises(Conflict):
        take(document, "confirm", team.wei, looked_at="The ageing room")


def test_without_an_interval_the_next_day_is_asked_for_and_never_lost(draft, team, take, as_):
    with as_(team.wei):
        day = current().today() + timedelta(days=40)
        draft.due_on = day
        draft.save()
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(take(document, "review", team.min), "approve", team.min)
    with pytest.raises(Refused, match="say by which day"):
        take(document, "confirm", team.wei, looked_at="The ageing room")
    assert take(document, "confirm", team.wei, looked_at="The ageing room", next_on=day).due_on == day


def test_what_is_withdrawn_is_not_looked_at_again(in_force, team, take, as_):
    with time_machine.travel(timezone.now() + timedelta(days=340)):
        reviewing.in_each_organization()
        withdrawn = take(in_force, "withdraw", team.wei, reason="The lamp is no longer made")
        reviewing.in_each_organization()
        assert (withdrawn.due_on, tasks(team.wei, as_)) == (None, [])
