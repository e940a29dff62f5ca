"""Readings by the API: who gets a document, what readers are told, who has read it, what there is to read; no confirmation."""

import pytest

from guiju.modules.documents import services
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.modules.readings import confirming
from guiju.organizations.models import Department
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.verify import verify

HERE = "documents/QP-01/"
TOLD = {"weight": "material", "reason": "Lamps failed.", "days": 7, "question": "How long?", "choices": "Four\nSix", "right": 2}


@pytest.fixture
def wei(team, draft) -> Program:
    return Program(team.wei)


@pytest.fixture
def tang(team, draft) -> Program:
    return Program(team.tang)


def distribute(program: Program, *people, tag: str = "", **more):
    content = {"everyone": False, "people": [str(one.id) for one in people], **more}
    return program.ask(
        "PUT", f"{HERE}distribution/", content, if_match=tag or program.get(f"{HERE}distribution/").headers["ETag"]
    )


@pytest.fixture
def in_force(wei, team, draft, take):
    """Told to Tang and Min, approved."""
    assert wei.ask("PUT", f"{HERE}briefing/", TOLD).status_code == 200
    assert distribute(wei, team.tang, team.min).status_code == 200
    document = take(draft, "submit", team.wei, reviewers=[team.hua.person])
    return take(take(document, "review", team.hua), "approve", team.jun)


def test_whom_a_document_goes_to_is_set_as_a_whole(wei, team):
    with act(team.organization, team.wei):
        hall = Department(name="Hall")
        hall.save()
    answer = distribute(wei, team.tang, departments=[str(hall.pk)])
    assert answer.json() == {
        "everyone": False,
        "roles": [],
        "departments": [{"id": str(hall.pk), "name": "Hall"}],
        "people": [{"id": str(team.tang.id), "name": "Tang Li"}],
    }
    assert distribute(wei, everyone=True).json()["people"] == []
    assert wei.get(f"{HERE}distribution/").json()["everyone"]


def test_a_distribution_that_another_has_changed_is_not_written_over(wei, team):
    tag = wei.get(f"{HERE}distribution/").headers["ETag"]
    assert distribute(wei, team.tang, tag=tag).status_code == 200
    assert distribute(wei, team.min, tag=tag).status_code == 412
    assert wei.ask("PUT", f"{HERE}distribution/", {"everyone": True}).status_code == 428
    assert reasons(wei.ask("PUT", f"{HERE}distribution/", {"roles": "x"}, if_match="*")) == {"everyone": "required"}
    assert reasons(distribute(wei, roles="x")) == {"roles": "type"}


def test_readers_are_told_before_the_approval_and_over_the_version_that_was_read(wei, in_force):
    told = wei.get(f"{HERE}briefing/")
    assert (told.json()["right"], told.json()["choices"], told.headers["ETag"]) == (2, ["Four", "Six"], '"1"')
    assert wei.ask("PUT", f"{HERE}briefing/", TOLD).status_code == 428
    assert wei.ask("PUT", f"{HERE}briefing/", TOLD, if_match='"7"').status_code == 412
    assert wei.ask("PUT", f"{HERE}briefing/", TOLD, if_match='"1"').status_code == 409


def test_what_readers_are_told_is_judged_field_by_field(wei):
    wrong = {"weight": "heavy", "days": 0, "question": "Why?", "lamp": 1}
    found = reasons(wei.ask("PUT", f"{HERE}briefing/", wrong))
    assert found == {"weight": "invalid_choice", "days": "min_value", "right": "invalid", "lamp": "unknown"}
    assert reasons(wei.ask("PUT", f"{HERE}briefing/", {"weight": "minor", "days": 3})) == {"reason": "refused"}


def test_who_has_read_it_and_who_has_not(wei, team, in_force):
    found = {one["person"]["name"]: one for one in wei.get(f"{HERE}readers/").json()["items"]}
    assert {name: one["confirmed_at"] for name, one in found.items()} == {"Tang Li": None, "Zhou Min": None}
    with act(team.organization, team.tang):
        confirming.confirm(in_force, 1)
    found = wei.get(f"{HERE}readers/").json()["items"]
    assert [(one["person"]["name"], one["how"], one["tries"]) for one in found] == [
        ("Zhou Min", "", 0),
        ("Tang Li", "signed_in", 1),
    ]


def test_what_one_has_to_read_is_told_without_the_right_answer(tang, in_force):
    (asked,) = tang.get("readings/").json()["items"]
    assert (asked["number"], asked["revision"], asked["since"]) == ("QP-01", "1", None)
    whole = tang.get(f"{HERE}reading/").json()
    assert (whole["question"], whole["choices"]) == ("How long?", ["Four", "Six"]) and "right" not in whole
    assert [run["text"] for run in whole["passages"][0]["runs"]] == ["Lamps burn for four hours at 45 °C."]
    assert tang.get(f"{HERE}briefing/").status_code == 403


def test_who_has_read_an_earlier_revision_is_told_what_changed(tang, team, in_force, take):
    with act(team.organization, team.tang):
        confirming.confirm(in_force, 1)
    assert tang.get("readings/").json()["items"] == []
    document = take(in_force, "revise", team.wei, reason="More")
    with act(team.organization, team.wei):
        document = services.change(Document.objects.get(pk=document.pk), {"text": "Lamps burn for six hours at 45 °C."})
    document = take(document, "submit", team.wei, reviewers=[team.hua.person])
    take(take(document, "review", team.hua), "approve", team.jun)
    (passage,) = tang.get(f"{HERE}reading/").json()["passages"]
    assert passage["kind"] == "changed"
    assert {run["kind"] for run in passage["runs"]} == {"kept", "removed", "added"}


def test_a_token_confirms_nothing(tang, in_force):
    for path in ("reading/", "reading/confirm/", "read/", "confirm/"):
        assert tang.post(HERE + path, {"answer": 1}).status_code in (403, 404, 405)
    assert tang.get("readings/").json()["items"][0]["confirmed_at"] is None
    assert list(verify()) == []


def test_without_the_right_to_distribute_nothing_is_set(tang, wei, team, other):
    assert distribute(tang, team.tang).status_code == 403
    assert tang.ask("PUT", f"{HERE}briefing/", TOLD).status_code == 403
    assert distribute(Program(team.wei, "documents.view")).status_code == 403
    for path in ("distribution/", "briefing/", "readers/", "reading/"):
        assert Program(other.eve).get(HERE + path).status_code == 404
        assert Program(other.eve, slug="lanzhu").get(HERE + path).status_code == 404
    assert reasons(distribute(wei, other.eve)) == {"people": "invalid_choice"}


def test_a_confidential_documents_readers_are_not_there(team, draft, wei):
    with act(team.organization, team.wei):
        insiders.set_confidential(draft, True, [], "x")
    for path in ("distribution/", "briefing/", "readers/", "reading/"):
        assert Program(team.hua).get(HERE + path).status_code == 404
