"""Calling back: what is out of date is read by the day, asked for once, and done when none of it is out."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from guiju.conftest import join, make_person
from guiju.modules.copies import standing
from guiju.modules.copies.models import PaperCopy
from guiju.modules.copies.recalling import recall
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.organizations import handover
from guiju.organizations.models import Membership
from guiju.spine.acts import NotPermitted, act, current
from guiju.spine.notices.models import Notice
from guiju.spine.signatures.services import Proof
from guiju.spine.tasks.models import Task
from guiju.spine.trail.models import Entry

RIGHTS = ("documents.view", "documents.distribute")


def recalled(team, document=None) -> dict[int, str]:
    """By number why copies are to be called back, as the list of all says it; and as the document's own page does."""
    with act(team.organization, team.wei):
        every = {one.number: standing.why(one) for one in standing.judged(standing.out()).filter(recall=True)}
        found = Document.objects.get() if document is None else Document.objects.get(pk=document.pk)
        own = {one.number: standing.why(one) for one in standing.judged(standing.out(), found).filter(recall=True)}
    assert every == own
    return every


def tasks(team, **narrowed) -> list[tuple[str, str]]:
    """Who is asked for what, of what is not done."""
    with act(team.organization, team.wei):
        rows = Task.objects.filter(door=recall.DOOR, done_at=None, **narrowed).select_related("who")
        return sorted((task.who.name, str(task)) for task in rows)


def told(team, words: str = "are to be called back") -> list[str]:
    with act(team.organization, team.wei):
        return sorted(n.person.name for n in Notice.objects.filter(key__contains=words).select_related("person"))


def later(days: int):
    return time_machine.travel(timezone.now() + timedelta(days=days))


def look(team) -> None:
    recall.in_each_organization()


def test_a_copy_of_what_is_in_force_stays_out(in_force, give, team):
    give(in_force, "Line 2")
    look(team)
    assert recalled(team) == {} and tasks(team) == []


def test_a_later_revision_calls_the_earlier_ones_back(in_force, give, revise, team):
    give(in_force, "Line 2", team.tang.person)
    revise(in_force)
    give(in_force, "Line 3")
    assert recalled(team) == dict.fromkeys((1, 2), "revision 2 is in force")


def test_what_comes_into_force_later_calls_back_on_its_day_without_anybody_doing_anything(in_force, give, revise, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei):
        day = current().today() + timedelta(days=3)
    revise(in_force, on=day)
    assert recalled(team) == {}
    with later(3):
        assert recalled(team) == {1: "revision 2 is in force"}


def test_the_worker_asks_on_the_day_and_not_before(in_force, give, revise, team):
    give(in_force, "Line 2", who=team.min)
    with act(team.organization, team.wei):
        day = current().today() + timedelta(days=3)
    revise(in_force, on=day)
    look(team)
    assert tasks(team) == []
    with later(3):
        look(team)
        assert tasks(team) == [("Zhou Min", "Call back the paper copies of Ageing")]
        assert told(team) == ["Zhou Min"]


def test_a_withdrawal_calls_all_back_at_once(in_force, give, take, team):
    give(in_force, "Line 2")
    take(in_force, "withdraw", team.min, reason="No longer done")
    assert recalled(team) == {1: "the document is withdrawn"}
    assert tasks(team) == [("Chen Wei", "Call back the paper copies of Ageing")]
    assert told(team) == ["Chen Wei"]


def test_whoever_gave_copies_out_gets_one_task_for_the_document(in_force, give, revise, team):
    give(in_force, "Line 2", "Line 3", who=team.wei)
    give(in_force, "Line 4", who=team.min)
    revise(in_force)
    assert [name for name, _what in tasks(team)] == ["Chen Wei", "Zhou Min"]


def test_nobody_is_asked_twice(in_force, give, take, team):
    give(in_force, "Line 2")
    take(in_force, "withdraw", team.min, reason="x")
    for _hour in range(3):
        look(team)
    assert len(tasks(team)) == 1 and told(team) == ["Chen Wei"]
    with act(team.organization, team.wei):
        assert Entry.objects.filter(action="call_copies").count() == 1


def test_a_step_that_ends_tasks_does_not_end_the_recall(in_force, give, revise, team):
    give(in_force, "Line 2", who=team.hua_keeps)
    revise(in_force)
    assert told(team) == ["Hua Keeps"]
    with act(team.organization, team.wei):
        day = current().today() + timedelta(days=9)
    revise(in_force, on=day)
    assert [name for name, _what in tasks(team)] == ["Hua Keeps"]
    assert told(team) == ["Hua Keeps"]


def test_a_document_sent_back_in_review_is_still_called_back(in_force, give, revise, take, team):
    give(in_force, "Line 2")
    revise(in_force)
    take(in_force, "revise", team.wei, reason="Seven hours")
    take(in_force, "submit", team.wei, reviewers=[team.hua.person])
    take(in_force, "return", team.hua, reason="No")
    assert [name for name, _what in tasks(team)] == ["Chen Wei"]


@pytest.fixture
def team(team):
    team.hua_keeps = join(team.organization, make_person("keeps", "Hua Keeps"), *RIGHTS)
    return team


def test_the_task_is_done_when_none_is_out_any_more(in_force, give, revise, finish, team):
    give(in_force, "Line 2", "Line 3")
    revise(in_force)
    finish(in_force, "returned", 1)
    assert len(tasks(team)) == 1
    finish(in_force, "lost", 2, words="Nobody knows")
    assert tasks(team) == []
    with act(team.organization, team.wei):
        assert not Task.objects.get(door=recall.DOOR).dropped


def test_replaced_copies_are_not_called_back(in_force, give, revise, finish, team):
    give(in_force, "Line 2")
    revise(in_force)
    finish(in_force, "destroyed", 1, again=True)
    assert recalled(team) == {} and tasks(team) == []


def test_the_owner_is_asked_where_whoever_gave_it_out_has_left(in_force, give, take, team):
    give(in_force, "Line 2", who=team.hua_keeps)
    with act(team.organization, team.wei):
        gone(team.hua_keeps)
    take(in_force, "withdraw", team.min, reason="x")
    assert [name for name, _what in tasks(team)] == ["Chen Wei"]


def gone(member) -> None:
    """A membership that ends without anybody handing over, as a guest's does."""
    membership = Membership.objects.get(person=member.id)
    membership.active = False
    membership.save()


def test_where_whoever_was_asked_leaves_another_is(in_force, give, take, team):
    give(in_force, "Line 2", who=team.hua_keeps)
    take(in_force, "withdraw", team.min, reason="x")
    with act(team.organization, team.wei):
        gone(team.hua_keeps)
    look(team)
    assert [name for name, _what in tasks(team)] == ["Chen Wei", "Hua Keeps"]
    assert told(team) == ["Chen Wei", "Hua Keeps"]


def test_a_task_that_was_handed_over_is_done_by_who_took_it(in_force, give, take, finish, team):
    give(in_force, "Line 2", who=team.hua_keeps)
    take(in_force, "withdraw", team.min, reason="x")
    with act(team.organization, team.wei):
        membership = Membership.objects.get(person=team.hua_keeps.id)
        to = {one.name: team.tang.person for one in handover.holdings(membership) if one.required}
        handover.deactivate(membership, to, reason="Moved", proof=Proof(team.wei.id, "password"))
    look(team)
    assert [name for name, _what in tasks(team)] == ["Tang Li"]
    finish(in_force, "returned", 1, who=team.tang)  # asked, though without the right to distribute
    assert tasks(team) == []


def test_whoever_is_not_asked_and_has_no_right_ends_nothing(in_force, give, finish, team):
    give(in_force, "Line 2")
    with pytest.raises(NotPermitted):
        finish(in_force, "returned", 1, who=team.tang)


def test_the_copies_of_one_who_leaves_are_called_back(in_force, give, team):
    give(in_force, team.tang.person, team.hua.person)
    with act(team.organization, team.wei):
        handover.deactivate(Membership.objects.get(person=team.tang.id), {}, reason="Moved", proof=Proof(team.wei.id, "password"))
    assert recalled(team) == {1: "Tang Li is not a member any more"}
    assert [name for name, _what in tasks(team)] == ["Chen Wei"]


def test_one_who_comes_back_keeps_the_copy(in_force, give, team):
    give(in_force, team.tang.person)
    with act(team.organization, team.wei):
        gone(team.tang)
    look(team)
    with act(team.organization, team.wei):
        membership = Membership.objects.get(person=team.tang.id)
        membership.active = True
        membership.save()
    look(team)
    assert recalled(team) == {} and tasks(team) == []
    with act(team.organization, team.wei):
        assert PaperCopy.objects.get().called_at is None and Task.objects.get(door=recall.DOOR).dropped


def test_one_from_whom_the_document_is_hidden_gives_the_copy_back(in_force, give, team):
    give(in_force, team.tang.person, team.hua.person)
    with act(team.organization, team.wei):
        insiders.set_confidential(in_force, True, [team.hua.person], "Recipe")
    assert recalled(team) == {1: "Tang Li may not see the document any more"}


def test_members_who_hold_one_are_asked_for_it(in_force, give, revise, team):
    give(in_force, team.tang.person)
    revise(in_force)
    assert told(team, "give paper copy") == ["Tang Li"]
