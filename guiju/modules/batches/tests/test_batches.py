"""One step for many documents: each by itself, and what is refused says why."""

import pytest
from django.test import Client

from guiju.modules.documents import services as documents
from guiju.modules.documents.models import Document
from guiju.modules.readings import audience


@pytest.fixture
def three(team, as_):
    with as_(team.wei):
        for title in ("Ageing", "Packing", "Testing"):
            documents.draft({"title": title, "kind": "procedure", "language": "en", "text": "x"})
        empty = documents.draft({"title": "Empty", "kind": "procedure", "language": "en"})
        return [*Document.objects.exclude(pk=empty.pk).order_by("number")], empty


@pytest.fixture
def wei(team) -> Client:
    client = Client()
    client.force_login(team.wei.person)
    return client


def ids(rows):
    return [str(row.pk) for row in rows]


def test_drafts_are_sent_to_review_and_what_is_not_ready_says_why(three, wei, team, as_):
    ready, empty = three
    sent = {"document": ids([*ready, empty]), "reviewers": [str(team.min.id)]}
    shown = wei.post("/lanzhu/batches/documents/review/", sent).content.decode()
    assert "3 of 4 done." in shown and "A text or a file is missing" in shown
    with as_(team.wei):
        assert set(Document.objects.values_list("number", "state")) == {
            ("QP-01", "in_review"),
            ("QP-02", "in_review"),
            ("QP-03", "in_review"),
            ("QP-04", "draft"),
        }


def test_many_get_another_owner_with_a_reason(three, wei, team, as_):
    ready, _empty = three
    sent = {"document": ids(ready[:2]), "owner": str(team.min.id), "reason": "Wei moves on"}
    assert "2 of 2 done." in wei.post("/lanzhu/batches/documents/owner/", sent).content.decode()
    with as_(team.wei):
        assert Document.objects.filter(owner=team.min.id).count() == 2


def test_many_are_distributed_and_keep_whom_they_went_to(three, wei, team, as_):
    ready, _empty = three
    with as_(team.wei):
        audience.distribute(ready[0], people=[team.jun.person])
    wei.post("/lanzhu/batches/documents/distribution/", {"document": ids(ready), "people": [str(team.tang.id)]})
    with as_(team.wei):
        assert audience.people_of(ready[0]) == {team.jun.id, team.tang.id}
        assert audience.people_of(ready[1]) == {team.tang.id}


def test_a_batch_holds_what_the_list_showed(three, wei):
    shown = wei.get("/lanzhu/batches/documents/owner/?q=Ageing").content.decode()
    assert "Ageing" in shown and "Packing" not in shown


@pytest.mark.parametrize("sent", [{}, {"document": ["x"], "owner": "", "reason": ""}, {"document": []}])
def test_what_is_missing_is_said(three, wei, team, sent):
    answer = wei.post("/lanzhu/batches/documents/owner/", {"owner": str(team.min.id), "reason": "x", **sent})
    assert answer.status_code == 422


def test_without_the_right_there_is_no_batch(three, team):
    client = Client()
    client.force_login(team.tang.person)
    assert client.get("/lanzhu/batches/documents/owner/").status_code == 403
    assert client.get("/lanzhu/batches/documents/poem/").status_code == 404


def test_a_copy_begins_with_the_text_of_another(three, wei, team, as_):
    ready, _empty = three
    form = wei.get("/lanzhu/documents/new/?from=QP-01").content.decode()
    assert 'value="Ageing"' in form and ">x</textarea>" in form.replace("\n", "")
    assert "/lanzhu/documents/new/?from=QP-01" in wei.get("/lanzhu/documents/QP-01/").content.decode()
    assert wei.get("/lanzhu/documents/new/?from=QP-99").status_code == 404


def test_without_a_narrowed_list_nothing_is_ticked_from_the_beginning(three, wei):
    assert "checked" not in wei.get("/lanzhu/batches/documents/owner/").content.decode()
    assert wei.get("/lanzhu/batches/documents/owner/?state=draft").content.decode().count("checked") == 4
