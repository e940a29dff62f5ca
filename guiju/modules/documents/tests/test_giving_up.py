"""A later draft is given up: what was approved before stands again, and the label is free (7.5.2, 7.5.3)."""

import pytest
from django.test import Client

from guiju.modules.documents import page, services
from guiju.modules.documents.checkout import taking
from guiju.modules.documents.models import CheckOut, Document, Revision
from guiju.modules.documents.prints import content
from guiju.spine.acts import Refused, current
from guiju.spine.notices.models import Notice
from guiju.spine.registers import values
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.record_page import history
from guiju.spine.registers.tests.programs import Program
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks.services import open_for
from guiju.spine.trail.verify import verify

REASON = "The customer has taken the order back"


@pytest.fixture
def in_force(draft, team, take) -> Document:
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    return take(document, "approve", team.min)


@pytest.fixture
def revised(in_force, team, take, as_) -> Document:
    """Revision 2, drafted with another title and text."""
    document = take(in_force, "revise", team.wei, reason="New lamps")
    with as_(team.wei):
        return services.change(document, {"title": "Ageing of lamps", "text": "Six hours."})


@pytest.fixture
def given_up(revised, team, take) -> Document:
    return take(revised, "give_up", team.wei, reason=REASON)


def test_the_revision_approved_before_stands_again(given_up, team, as_):
    assert (given_up.state, given_up.revision, given_up.title) == ("approved", "1", "Ageing")
    with as_(team.wei):
        assert given_up.in_force(current().today()) == "1"
        assert given_up.newest().label == "1"
        assert given_up.effective_on == given_up.newest().effective_on
        assert (given_up.standing_revision, given_up.standing_on) == ("", None)
        assert [str(finding) for finding in verify()] == []


def test_the_draft_stays_readable_with_the_reason(given_up, team, as_):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(team.wei.person)
    shown = client.get("/lanzhu/documents/QP-01/revision/2/").content.decode()
    assert "Six hours." in shown and "given up" in shown and REASON in shown
    assert REASON in client.get("/lanzhu/documents/QP-01/history/").content.decode()
    with as_(team.wei):
        assert "given up on" in str(page.revisions(given_up))


def test_its_label_says_in_lists_and_in_the_history_that_it_was_given_up(given_up, team, take, as_):
    document = take(given_up, "revise", team.wei, reason="Now they order")
    with as_(team.wei):
        day = values.day(current().today())
        shown = str(page.revisions(document))
        told = [one["sentence"] for one in history(by_key("documents"), document) if "began" in one["sentence"]]
    assert f"Revision 2, given up on {day}" in shown and ">Revision 2<" in shown
    assert told == ["Chen Wei began revision 2.", f"Chen Wei began revision 2, given up on {day}."]
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(team.wei.person)
    assert f"revision 2, given up on {day}" in client.get("/lanzhu/documents/QP-01/revision/2/").content.decode()


def test_its_print_says_that_it_was_given_up(given_up, team, as_):
    with as_(team.wei):
        assert content.sheet(given_up, 2).mark == "Given up"
        assert content.sheet(given_up, 1).mark == ""


def test_the_next_revision_takes_the_label_again(given_up, team, take, as_):
    document = take(given_up, "revise", team.wei, reason="Now they order")
    assert document.revision == "2"
    with as_(team.wei):
        rows = list(Revision.objects.order_by("position").values_list("position", "label", "text"))
    assert [(position, label) for position, label, _text in rows] == [(1, "1"), (2, "2"), (3, "2")]
    assert rows[2][2] == rows[0][2]


def test_of_two_revisions_of_one_label_that_which_was_issued_is_in_force(given_up, team, take, as_):
    document = take(given_up, "revise", team.wei, reason="x")
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    document = take(document, "approve", team.min)
    with as_(team.wei):
        assert page.Revision.objects.filter(document=document, label="2").count() == 2
        assert content.sheet(document, 2).mark == "Given up"
        assert content.sheet(document, 3).mark == ""
    said = {one["position"]: one["in_force"] for one in Program(team.wei).get("documents/QP-01/revisions/").json()["items"]}
    assert said == {1: False, 2: False, 3: True}


def test_a_label_that_was_issued_is_not_taken_again(given_up, team, take):
    with pytest.raises(Refused, match="There is a revision 1 already."):
        take(given_up, "revise", team.wei, reason="x", revision="1")


def test_a_review_signed_before_stays_valid(revised, team, take, as_):
    document = take(revised, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "review", team.min)
    document = take(document, "return", team.min, reason="No")
    take(document, "give_up", team.wei, reason=REASON)
    with as_(team.wei):
        second = Revision.objects.get(position=2)
        assert [holds(one, second) for one in signatures_of([second])] == [True]
        assert list(verify()) == []


def test_what_was_asked_for_the_draft_is_asked_no_more(revised, team, take, as_):
    document = take(revised, "submit", team.wei, reviewers=[team.min.person])
    document = take(document, "return", team.min, reason="No")
    with as_(team.wei):
        assert [str(task) for task in open_for(team.wei.id)] == ["Rework Ageing of lamps"]
    take(document, "give_up", team.min, reason=REASON)
    with as_(team.wei):
        assert list(open_for(team.wei.id)) == []
        assert Notice.objects.filter(person=team.wei.id, key__contains="was given up").count() == 1


def test_whoever_has_its_file_is_told_and_has_it_no_more(revised, team, take, as_):
    with as_(team.min):
        CheckOut(document=revised, digest="0" * 64, taken_at=current().now(), taken_by_id=team.min.id).save(action="take_file")
    take(revised, "give_up", team.wei, reason=REASON)
    with as_(team.min):
        assert taking.of(revised) is None
        assert Notice.objects.filter(person=team.min.id, key__contains="check-out").count() == 1


def test_it_needs_a_reason(revised, team, take):
    with pytest.raises(Refused):
        take(revised, "give_up", team.wei)


def test_a_program_gives_it_up_by_the_same_step(revised, team):
    answer = Program(team.wei).post("documents/QP-01/give_up/", {"reason": REASON}, if_match=f'"{revised.version}"')
    assert (answer.status_code, answer.json()["revision"], answer.json()["state"]) == (200, "1", "effective")


def test_what_was_given_up_is_neither_found_nor_compared(given_up, team, as_):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(team.wei.person)
    assert client.get("/lanzhu/documents/QP-01/compare/").status_code == 404
    with as_(team.wei):
        told = Program(team.wei).get("documents/QP-01/").json()
    assert "four hours" in told["text"]
