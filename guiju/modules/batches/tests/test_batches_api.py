"""Batches by the API: named by numbers, each document by itself, and what became of each."""

import pytest

from guiju.conftest import join, make_person
from guiju.modules.documents import services as documents
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.spine.registers.tests.programs import Program, reasons

HERE = "batches/documents/"


@pytest.fixture
def wei(team, as_) -> Program:
    """Two documents that can go to review, and an empty one."""
    with as_(team.wei):
        for text in ("x", "x", ""):
            documents.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": text})
    return Program(team.wei)


def test_drafts_are_sent_to_review_and_what_is_not_ready_says_why(wei, team):
    sent = {"numbers": "QP-01\nQP-03\nQP-02", "reviewers": [str(team.min.id)]}
    found = wei.post(f"{HERE}review/", sent).json()["items"]
    assert [(one["number"], one["done"], one["missing"]) for one in found] == [
        ("QP-01", True, []),
        ("QP-03", False, ["A text or a file is missing"]),
        ("QP-02", True, []),
    ]
    assert wei.get("documents/QP-02/").json()["state"] == "in_review"


def test_many_get_another_owner_and_readers(wei, team):
    sent = {"numbers": "QP-01\nQP-02", "owner": str(team.min.id), "reason": "Wei moves on"}
    assert all(one["done"] for one in wei.post(f"{HERE}owner/", sent).json()["items"])
    assert wei.get("documents/QP-02/").json()["owner"] == str(team.min.id)
    for person in (team.tang, team.jun):
        wei.post(f"{HERE}distribution/", {"numbers": "QP-01", "people": [str(person.id)]})
    people = wei.get("documents/QP-01/distribution/").json()["people"]
    assert {one["name"] for one in people} == {"Tang Li", "Gao Jun"}


def test_what_does_not_fit_names_its_field(wei, team):
    assert reasons(wei.post(f"{HERE}owner/", {"numbers": "QP-01\nQP-99", "lamp": 1})) == {
        "numbers": "unknown",
        "owner": "required",
        "reason": "required",
        "lamp": "unknown",
    }
    assert wei.post(f"{HERE}poem/", {"numbers": "QP-01"}).status_code == 404


def test_without_the_right_there_is_no_batch_and_of_others_documents_none(wei, team, as_, other):
    for step in ("owner", "distribution", "review"):
        assert Program(team.tang).post(f"{HERE}{step}/", {"numbers": "QP-01"}).status_code == 403
    sent = {"numbers": "QP-01", "owner": str(other.eve.id), "reason": "x"}
    assert reasons(Program(other.eve).post(f"{HERE}owner/", sent)) == {"numbers": "unknown"}
    with as_(team.wei):
        insiders.set_confidential(Document.objects.get(number="QP-01"), True, [], "x")
    clerk = join(team.organization, make_person("clerk", "Clerk"), "documents.view", "documents.change")
    assert reasons(Program(clerk).post(f"{HERE}owner/", {**sent, "owner": str(team.min.id)})) == {"numbers": "unknown"}
