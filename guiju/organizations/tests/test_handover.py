"""Leaving: what a person answers for goes to others in one signed step."""

import pytest

from guiju.conftest import join, make_person
from guiju.modules.documents.models import Document
from guiju.modules.processes.models import Process
from guiju.organizations import handover, services, tokens
from guiju.organizations.models import Grant, HandOver, Membership, Person
from guiju.organizations.tests.conftest import PASSWORD
from guiju.spine.acts import Conflict, NotPermitted, Refused, act
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import prove
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.past import history
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaving(as_wei):
    """Min owns a process, has a task about it, and alone has a role."""
    process = Process(title="Purchasing", owner=as_wei.min.person)
    process.save()
    tasks.ask(process, as_wei.min.id, "Review %(title)s", params={"title": "Purchasing"})
    as_wei.process, as_wei.membership = process, Membership.objects.get(person=as_wei.min.person)
    return as_wei


def hand_over(leaving, **to):
    everything = {"processes": leaving.tang.person, "tasks": leaving.tang.person} | to
    return handover.deactivate(leaving.membership, everything, reason="Retires", proof=prove(PASSWORD, session={}))


def test_what_a_person_answers_for_is_found_through_the_registers(leaving):
    found = [(one.name, one.count, one.required) for one in handover.holdings(leaving.membership)]
    assert found == [("processes", 1, True), ("tasks", 1, True), ("role-own-min", 1, False)]


def test_all_goes_to_another_in_one_signed_step(leaving):
    made = hand_over(leaving)
    assert Process.objects.get().owner == leaving.tang.person
    assert [task.who_id for task in tasks.of(leaving.process)] == [leaving.tang.id]
    assert not Membership.objects.get(pk=leaving.membership.pk).active
    (signature,) = Signature.objects.all()
    assert (signature.meaning, signature.record, signature.signer_id) == ("hand_over", made.pk, leaving.wei.id)
    assert [item["to"] for item in made.items] == [str(leaving.tang.id)] * 2
    assert [str(finding) for finding in verify()] == []


def test_the_history_of_what_was_handed_over_says_so(leaving):
    hand_over(leaving)
    newest = history("processes.process", leaving.process.pk)[0]
    assert (newest.action, newest.reason) == ("hand_over", "Retires")


def test_a_role_nobody_else_has_may_go_along(leaving):
    hand_over(leaving, **{"role-own-min": leaving.tang.person})
    assert Grant.objects.filter(membership__person=leaving.tang.person, role__key="own-min", active=True).exists()


def test_nobody_hands_a_role_over_that_they_could_not_give(leaving):
    hr = join(leaving.organization, make_person("hr", "HR"), "people.change")
    with act(leaving.organization, hr), pytest.raises(NotPermitted):
        hand_over(leaving, **{"role-own-min": hr.person})


@pytest.mark.parametrize("to", [{"tasks": None}, {"processes": None}])
def test_nothing_is_left_without_an_owner_and_nothing_is_done_by_half(leaving, to):
    with pytest.raises(Refused) as refused:
        hand_over(leaving, **to)
    assert refused.value.errors == {next(iter(to)): ["Choose who answers for this from now on."]}
    assert Process.objects.get().owner == leaving.min.person
    assert Membership.objects.get(pk=leaving.membership.pk).active


def test_it_does_not_go_to_the_one_who_leaves_or_to_a_stranger(leaving, other):
    with act(leaving.organization, leaving.wei):
        for nobody in (leaving.min.person, other.eve.person):
            with pytest.raises(Refused):
                hand_over(leaving, tasks=nobody)


def test_nobody_deactivates_themselves(leaving):
    own = Membership.objects.get(person=leaving.wei.person)
    with pytest.raises(Refused):
        handover.deactivate(own, {}, reason="x", proof=prove(PASSWORD, session={}))


def test_without_the_right_or_a_reason_nobody_is_deactivated(leaving):
    with pytest.raises(Refused):
        handover.deactivate(leaving.membership, {}, reason=" ", proof=prove(PASSWORD, session={}))
    with act(leaving.organization, leaving.tang), pytest.raises(NotPermitted):
        handover.deactivate(leaving.membership, {}, reason="x", proof=prove(PASSWORD, session={}))


def test_a_second_time_is_a_conflict(leaving):
    hand_over(leaving)
    with pytest.raises(Conflict):
        hand_over(leaving)


def test_whoever_left_is_out_at_once_and_so_is_their_token(leaving, browser):
    client = browser("min")
    with act(leaving.organization, leaving.min):
        secret = tokens.make(leaving.min, "x", ["*"])[1]
    with act(leaving.organization, leaving.wei):
        hand_over(leaving)
    assert client.get("/lanzhu/people/").status_code == 302
    assert tokens.find(secret) is None
    assert not Person.objects.get(pk=leaving.min.id).is_active


def test_whoever_works_for_another_organization_too_keeps_the_account(leaving, other):
    join(other.organization, leaving.min.person, "documents.view")
    with act(leaving.organization, leaving.wei):
        hand_over(leaving)
    assert Person.objects.get(pk=leaving.min.id).is_active


def test_somebody_let_back_in_has_the_roles_they_had(leaving, browser):
    hand_over(leaving)
    services.reactivate(leaving.membership)
    assert browser("min").get("/lanzhu/people/").status_code == 200


def test_a_record_at_its_end_needs_no_new_owner(leaving):
    document = Document(title="Old rule", owner=leaving.min.person, state="withdrawn")
    document.save()
    assert "documents" not in {one.name for one in handover.holdings(leaving.membership)}


def page(leaving):
    return f"/lanzhu/people/{leaving.min.id}/deactivate/"


def test_the_page_lists_everything_and_is_signed(leaving, browser):
    client = browser("wei")
    shown = client.get(page(leaving)).content.decode()
    assert "Purchasing" in shown and "Your signature" in shown
    tang = str(leaving.tang.id)
    form = {"processes": tang, "tasks": tang, "reason": "Retires", "password": PASSWORD}
    assert client.post(page(leaving), form).status_code == 302
    story = client.get(f"/lanzhu/people/{leaving.min.id}/").content.decode()
    assert "deactivated Zhou Min." in story and "with a signature" in story


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"reason": ""}, {"tasks": ""}, {"tasks": "nonsense"}])
def test_the_page_comes_back_with_what_is_wrong(leaving, browser, wrong):
    tang = str(leaving.tang.id)
    form = {"processes": tang, "tasks": tang, "reason": "Retires", "password": PASSWORD} | wrong
    answer = browser("wei").post(page(leaving), form)
    assert (answer.status_code, "Not saved yet" in answer.content.decode()) == (422, True)
    assert HandOver.objects.count() == 0
