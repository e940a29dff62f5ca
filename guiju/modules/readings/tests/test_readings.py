"""Whoever gets a document reads what changed and confirms it; nobody does so for another (7.3, 7.5.3.1)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.readings import assigning, audience, briefings, confirming, progress
from guiju.modules.readings.models import How, Reading
from guiju.organizations import handover
from guiju.organizations import services as people
from guiju.organizations.models import Department, Membership, Role
from guiju.spine.acts import Conflict, NotPermitted, Refused, act, current
from guiju.spine.notices.models import Notice
from guiju.spine.signatures.services import Proof
from guiju.spine.tasks.services import open_for
from guiju.spine.trail.verify import verify

TEXT = "# Ageing\n\nLamps burn for four hours.\n\n# Check\n\nLook at each lamp."
CHANGED = "# Ageing\n\nLamps burn for six hours.\n\n# Check\n\nLook at each lamp."


@pytest.fixture
def approve(take, team):
    """Through review and approval."""

    def approving(document, **inputs):
        document = take(document, "submit", team.wei, reviewers=[team.min.person])
        return take(take(document, "review", team.min), "approve", team.min, **inputs)

    return approving


@pytest.fixture
def document(team, as_):
    with as_(team.wei):
        return services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": TEXT})


@pytest.fixture
def to_tang(team, as_, document):
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person])
    return document


@pytest.fixture
def revise(take, team, as_, approve):
    """A second revision, with what its author says of it."""

    def revising(document, text=CHANGED, **said):
        document = take(document, "revise", team.wei, reason="Six hours")
        with as_(team.wei):
            document = services.change(document, {"text": text})
            if said:
                briefings.brief(document, {"days": 14, **said})
        return approve(document)

    return revising


def asked(who, as_):
    with as_(who):
        return [str(task) for task in open_for(who.id)]


def confirmed(document, who, as_, answer=None):
    with as_(who):
        return confirming.confirm(document, answer)


def test_nobody_is_asked_before_the_approval(to_tang, team, as_):
    assert asked(team.tang, as_) == []


def test_those_it_goes_to_are_asked_with_the_approval_and_told(to_tang, team, as_, approve):
    approve(to_tang)
    assert asked(team.tang, as_) == ["Read Ageing"]
    with as_(team.tang):
        assert Notice.objects.filter(person_id=team.tang.id, key__contains="Please read").count() == 1


def test_what_comes_into_force_later_is_read_until_then(to_tang, team, as_, approve):
    with as_(team.wei):
        on = current().today() + timedelta(days=30)
    approve(to_tang, effective_on=on)
    with as_(team.tang):
        assert Reading.objects.get(person=team.tang.id).due_on == on


def test_who_wrote_reviewed_or_approved_it_has_read_it(team, as_, document, approve):
    with as_(team.wei):
        audience.distribute(document, everyone=True)
    approve(document)
    with as_(team.wei):
        part = Reading.objects.filter(how=How.TOOK_PART).values_list("person", flat=True)
        assert set(part) == {team.wei.id, team.min.id}
    assert asked(team.wei, as_) == []


def test_a_newcomer_reads_all_of_it(to_tang, team, as_, approve):
    document = approve(to_tang)
    with as_(team.tang):
        assert confirming.passages(confirming.mine(document)) is None
    row = confirmed(document, team.tang, as_)
    assert [one["text"] for one in row.shown] == ["Ageing", "Lamps burn for four hours.", "Check", "Look at each lamp."]
    assert asked(team.tang, as_) == []


def test_who_has_read_it_reads_what_changed(to_tang, team, as_, approve, revise):
    document = approve(to_tang)
    confirmed(document, team.tang, as_)
    document = revise(document)
    row = confirmed(document, team.tang, as_)
    assert row.shown == [{"heading": "Ageing", "text": "Lamps burn for six hours.", "gone": ""}]
    assert (row.since.label, row.how) == ("1", How.SIGNED_IN)


def test_who_missed_a_revision_reads_all_that_changed_since(to_tang, team, as_, approve, revise):
    document = approve(to_tang)
    confirmed(document, team.tang, as_)
    document = revise(revise(document), text=CHANGED.replace("each lamp", "every lamp"))
    row = confirmed(document, team.tang, as_)
    assert [one["text"] for one in row.shown] == ["Lamps burn for six hours.", "Look at every lamp."]
    with as_(team.wei):
        assert Reading.objects.filter(person=team.tang.id, confirmed_at=None, ended_at__isnull=True).count() == 0


def test_of_a_minor_change_those_who_know_it_are_only_told(to_tang, team, as_, approve, revise):
    document = approve(to_tang)
    confirmed(document, team.tang, as_)
    revise(document, weight="minor", reason="A spelling")
    assert asked(team.tang, as_) == []
    with as_(team.tang):
        assert Notice.objects.filter(person_id=team.tang.id, key__contains="minor way").count() == 1


def test_a_newcomer_reads_it_even_after_a_minor_change(to_tang, team, as_, approve, revise):
    document = revise(approve(to_tang), weight="minor", reason="A spelling")
    assert asked(team.tang, as_) == ["Read Ageing"]
    assert confirmed(document, team.tang, as_).since is None


def test_after_a_minor_change_the_next_shows_both(to_tang, team, as_, approve, revise):
    document = approve(to_tang)
    confirmed(document, team.tang, as_)
    document = revise(document, weight="minor", reason="A number")
    document = revise(document, text=CHANGED.replace("each", "every"))
    assert len(confirmed(document, team.tang, as_).shown) == 2


def test_a_minor_change_needs_a_reason(document, team, as_):
    with as_(team.wei), pytest.raises(Refused, match="nobody has to read"):
        briefings.brief(document, {"weight": "minor", "reason": " "})


def test_what_readers_are_told_is_said_before_the_approval(document, team, as_, approve):
    document = approve(document)
    with as_(team.wei), pytest.raises(Conflict, match="before the approval"):
        briefings.brief(document, {"weight": "material"})


QUESTION = {"weight": "material", "question": "How long?", "choices": ["Four hours", "Six hours"], "right": 1}


def test_the_question_is_answered_rightly_before_the_confirmation(to_tang, team, as_, approve, revise):
    document = revise(approve(to_tang), **QUESTION)
    with as_(team.tang), pytest.raises(Refused, match="not right"):
        confirming.confirm(document, 0)
    with as_(team.tang), pytest.raises(Refused, match="Answer the question"):
        confirming.confirm(document)
    row = confirmed(document, team.tang, as_, 1)
    assert row.tries == 2 and row.confirmed_at is not None


def test_nobody_confirms_for_another(to_tang, team, as_, approve):
    document = approve(to_tang)
    deputy = replace(team.min, deputy_for=team.tang.person)
    with act(team.organization, deputy), pytest.raises(NotPermitted, match="Nobody reads for another"):
        confirming.confirm(document)
    with as_(team.min), pytest.raises(Conflict):
        confirming.confirm(document)


def test_a_token_confirms_nothing(to_tang, team, approve):
    document = approve(to_tang)
    with act(team.organization, replace(team.tang, scope=frozenset({"*"}))), pytest.raises(NotPermitted, match="token"):
        confirming.confirm(document)


def test_it_is_confirmed_once(to_tang, team, as_, approve):
    document = approve(to_tang)
    confirmed(document, team.tang, as_)
    with as_(team.tang), pytest.raises(Conflict, match="already"):
        confirming.confirm(document)


def test_a_role_a_department_and_those_below_it_get_it(team, as_, document):
    with as_(team.wei):
        hall, line = Department(name="Hall"), Department(name="Line 1")
        hall.save()
        line.parent = hall
        line.save()
        membership = Membership.objects.get(person=team.tang.person)
        people.change_membership(membership, {"department": line})
        role = Role.objects.get(key="own-min")
        audience.distribute(document, roles=[role], departments=[hall])
        assert audience.people_of(document) == {team.min.id, team.tang.id}


def test_whoever_is_placed_elsewhere_is_asked_at_once(team, as_, document, approve):
    with as_(team.wei):
        hall = Department(name="Hall")
        hall.save()
        audience.distribute(document, departments=[hall])
    approve(document)
    membership = Membership.objects
    with as_(team.wei):
        people.change_membership(membership.get(person=team.tang.person), {"department": hall})
    assert asked(team.tang, as_) == ["Read Ageing"]
    with as_(team.wei):
        people.change_membership(membership.get(person=team.tang.person), {"department": None})
    assert asked(team.tang, as_) == []
    with as_(team.wei):
        people.change_membership(membership.get(person=team.tang.person), {"department": hall})
    assert asked(team.tang, as_) == ["Read Ageing"]


def test_whoever_joins_reads_what_everybody_reads(team, as_, document, approve):
    with as_(team.wei):
        audience.distribute(document, everyone=True)
    approve(document)
    new = join(team.organization, make_person("new", "New Person"), "documents.view")
    with as_(team.wei):
        people.change_membership(Membership.objects.get(person=new.person), {"position": "Inspector"})
    assert asked(new, as_) == ["Read Ageing"]


def test_whoever_leaves_is_no_longer_waited_for(to_tang, team, as_, approve):
    document = approve(to_tang)
    with as_(team.wei):
        membership = Membership.objects.get(person=team.tang.person)
        handover.deactivate(membership, {"tasks": team.jun.person}, reason="left", proof=Proof(team.wei.id, "password"))
        assert progress.progress(document) is None
    assert asked(team.jun, as_) == []


def test_a_withdrawn_document_is_read_no_more(to_tang, team, as_, approve, take):
    document = approve(to_tang)
    take(document, "withdraw", team.wei, reason="Not needed")
    assert asked(team.tang, as_) == []
    with as_(team.tang), pytest.raises(Conflict):
        confirming.confirm(document)


def test_a_new_revision_takes_the_place_of_the_one_before(to_tang, team, as_, approve, revise):
    revise(approve(to_tang))
    assert asked(team.tang, as_) == ["Read Ageing"]


def test_who_has_and_who_has_not(team, as_, document, approve):
    with as_(team.wei):
        audience.distribute(document, everyone=True)
    document = approve(document)
    confirmed(document, team.tang, as_)
    with as_(team.wei):
        found = progress.progress(document)
        assert (found.asked, found.confirmed, found.late) == (5, 3, 0)
        assert [row.confirmed_at is None for row in progress.readings(found.revision)] == [True, True, False, False, False]


def test_who_gets_it_is_said_by_those_with_the_right(document, team, as_):
    with as_(team.tang), pytest.raises(NotPermitted):
        audience.distribute(document, everyone=True)


def test_all_of_it_is_on_the_trail(to_tang, team, as_, approve, revise):
    document = approve(to_tang)
    confirmed(document, team.tang, as_)
    revise(document)
    with as_(team.wei):
        assert list(verify()) == []


def test_asking_for_one_more_person_leaves_the_others(team, as_, document, approve):
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person])
    document = approve(document)
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person, team.jun.person])
        assert assigning.assign(document) == 1
        assert assigning.assign(document) == 0
