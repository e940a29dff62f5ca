"""Whom a document goes to, what its readers were told and who confirmed it stand in its history (7.5.3.2)."""

import pytest
from django.test import Client

from guiju.modules.documents import services
from guiju.modules.readings import audience, briefings, confirming
from guiju.spine.acts import Refused
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.record_page import history
from guiju.spine.registers.tests.programs import Program


@pytest.fixture
def document(team, as_):
    with as_(team.wei):
        return services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})


@pytest.fixture
def told(document, team, as_):
    """The history as its reader sees it, newest first."""

    def telling():
        with as_(team.wei):
            return history(by_key("documents"), document)

    return telling


@pytest.fixture
def approve(take, team):
    def approving(document):
        document = take(document, "submit", team.wei, reviewers=[team.min.person])
        return take(take(document, "review", team.min), "approve", team.min)

    return approving


def test_whom_it_goes_to_and_no_longer_is_told_by_name(document, team, as_, told):
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person])
    assert told()[0]["sentence"] == "Chen Wei set that it goes to: Tang Li."
    with as_(team.wei):
        audience.distribute(document, everyone=True)
    assert {one["sentence"] for one in told()[:2]} == {
        "Chen Wei set that it goes to: all members.",
        "Chen Wei set that it goes no longer to: Tang Li.",
    }


def test_a_minor_change_is_told_with_its_reason(document, team, as_, told):
    with as_(team.wei):
        briefings.brief(document, {"weight": "minor", "reason": "A typing error", "days": 14})
    newest = told()[0]
    assert newest["sentence"] == "Chen Wei told the readers of revision 1: a minor change, with nothing to confirm."
    assert newest["reason"] == "A typing error"


def test_what_became_of_a_briefing_is_told_without_the_answers_of_its_question(document, team, as_, told):
    question = {"question": "How long?", "choices": ["Four", "Six"], "right": 1}
    with as_(team.wei):
        briefings.brief(document, {"weight": "minor", "reason": "A typing error", "days": 14})
    with as_(team.wei):
        briefings.brief(document, {"weight": "material", "reason": "Lamps failed", "days": 7, **question})
    newest = told()[0]
    assert "a material change" in newest["sentence"] and newest["reason"] == "Lamps failed"
    assert {one.name for one in newest["values"]} == {"weight", "days", "question"}


def test_each_confirmation_is_told_and_being_asked_is_not(document, team, as_, told, approve):
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person, team.hua.person])
    approve(document)
    with as_(team.tang):
        confirming.confirm(document)
    assert told()[0]["sentence"] == "Tang Li read revision 1 and confirmed it."
    assert "ask" not in {one["action"] for one in told()}


def test_an_answer_to_the_question_is_told_as_right_or_wrong(document, team, as_, told, approve):
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person])
        question = {"question": "How long?", "choices": ["Four", "Six"], "right": 1}
        briefings.brief(document, {"weight": "material", "reason": "Lamps failed", "days": 7, **question})
    approve(document)
    with as_(team.tang):
        with pytest.raises(Refused):
            confirming.confirm(document, 0)
        confirming.confirm(document, 1)
    assert [one["sentence"] for one in told()[:3]] == [
        "Tang Li read revision 1 and confirmed it.",
        "Tang Li answered the question on revision 1: right.",
        "Tang Li answered the question on revision 1: wrong.",
    ]


def test_the_page_and_the_api_tell_it_of_the_moment_that_is_asked_for(document, team, as_):
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person])
    program, client = Program(team.wei), Client()
    client.force_login(team.wei.person)
    assert "set that it goes to: Tang Li" in client.get("/lanzhu/documents/QP-01/history/").content.decode()
    newest = program.get("documents/QP-01/history/").json()["items"][0]
    assert newest["action"] == "distribute"
    assert program.get("documents/QP-01/history/?as_of=2020-01-01T00:00:00Z").status_code == 404
