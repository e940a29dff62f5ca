"""While a new revision is being worked on, people go by the one in force, and see it everywhere."""

import pytest
from django.test import Client

from guiju.modules.documents import services
from guiju.modules.documents.models import Document
from guiju.spine.acts import Refused
from guiju.spine.trail.verify import verify


@pytest.fixture
def revised(team, as_, take) -> Document:
    """QP-01: revision 1 in force says "four hours", the draft of revision 2 "six hours"."""
    with as_(team.wei):
        made = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})
    made = take(take(take(made, "submit", team.wei, reviewers=[team.min.person]), "review", team.min), "approve", team.min)
    made = take(made, "revise", team.wei, reason="Tested")
    with as_(team.wei):
        return services.change(Document.locked(made.pk), {"text": "Six hours."})


def body(member, address: str) -> str:
    client = Client()
    client.force_login(member.person)
    answer = client.get(address)
    return (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")


def test_readers_see_what_is_in_force_and_that_a_new_revision_is_on_its_way(revised, team):
    shown = body(team.tang, "/lanzhu/documents/QP-01/")
    assert "Four hours." in shown and "Six hours." not in shown
    assert "A new revision is being worked on. This is the one in force." in shown


def test_whoever_works_on_it_sees_the_draft(revised, team):
    assert "Six hours." in body(team.wei, "/lanzhu/documents/QP-01/")


def test_the_list_the_search_and_the_export_name_the_revision_in_force(revised, team):
    for address in ("/lanzhu/documents/?view=in_force", "/lanzhu/search/?q=Ageing"):
        assert "In force: revision 1" in body(team.tang, address)
    head, row = body(team.tang, "/lanzhu/documents/export.csv").splitlines()
    assert dict(zip(head.split(","), row.split(","), strict=True))["Revision in force"] == "1"


def test_a_draft_that_was_never_in_force_is_given_up(team, as_, take):
    with as_(team.wei):
        made = services.draft({"title": "Mistake", "kind": "procedure", "language": "en", "text": "x"})
    assert take(made, "give_up", team.wei, reason="Twice").state == "withdrawn"
    with as_(team.wei):
        assert [str(finding) for finding in verify()] == []


def test_two_revisions_never_share_a_name(revised, team, as_):
    with as_(team.wei), pytest.raises(Refused, match="There is a revision 1 already."):
        services.change(Document.locked(revised.pk), {"revision": "1"})


@pytest.mark.parametrize("field", ["due_on", "planned_on"])
def test_a_day_that_has_passed_is_not_planned(team, as_, field):
    with as_(team.wei):
        services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "x"})
    client = Client()
    client.force_login(team.wei.person)
    sent = {"reviewers": [str(team.min.id)], field: "2020-01-01", "version": Document.everywhere.get().version}
    answer = client.post("/lanzhu/documents/QP-01/submit/", sent)
    assert answer.status_code == 422 and "This day has passed." in answer.content.decode()


def test_a_refusal_at_a_field_is_in_the_readers_language(revised, team):
    client = Client()
    client.force_login(team.wei.person)
    client.post("/language/", {"language": "zh-hans"})
    sent = {"title": "Ageing", "kind": "procedure", "language": "en", "text": "x", "revision": "1"}
    answer = client.post("/lanzhu/documents/QP-01/change/", sent | {"version": Document.everywhere.get().version})
    assert answer.status_code == 422 and "There is a revision" not in answer.content.decode()
