"""A record that is made with a form says by which revision of it, for ever."""

import json

import pytest
from django.test import Client

from guiju.modules.documents import services
from guiju.modules.documents.models import Document
from guiju.organizations import tokens
from guiju.spine.acts import Refused
from guiju.spine.trail.verify import verify


@pytest.fixture
def form(team, as_, take) -> Document:
    """FM-01, in force."""
    with as_(team.wei):
        made = services.draft(
            {"title": "Inspection sheet", "kind": "form", "language": "en", "text": "| Lot | Result |\n|--|--|"}
        )
    return approved(made, team, take)


def approved(document, team, take) -> Document:
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


@pytest.fixture
def client(team) -> Client:
    client = Client()
    client.force_login(team.wei.person)
    return client


def fill(form, **values) -> Document:
    return services.draft({"title": "Lot 7", "kind": "record", "language": "en", "text": "x", "made_with": form} | values)


def test_a_form_in_force_is_filled_in_from_its_page(form, client):
    page = client.get("/lanzhu/documents/FM-01/").content.decode()
    address = f"/lanzhu/documents/new/?made_with={form.pk}"
    assert address in page
    shown = client.get(address).content.decode()
    assert "| Lot | Result |" in shown and 'value="Inspection sheet"' in shown and '<option value="record" selected>' in shown


def test_the_record_keeps_the_revision_it_was_made_with(form, team, as_, take, client):
    with as_(team.wei):
        fill(form)
    revised = take(form, "revise", team.wei, reason="x")
    revised = approved(revised, team, take)
    with as_(team.wei):
        fill(revised, title="Lot 8")
    assert "FM-01, revision 1" in client.get("/lanzhu/documents/RC-01/").content.decode()
    assert "FM-01, revision 2" in client.get("/lanzhu/documents/RC-02/").content.decode()
    assert [str(finding) for finding in verify()] == []


def test_the_page_of_a_form_lists_what_was_made_with_it(form, team, as_, client):
    with as_(team.wei):
        fill(form)
    page = client.get("/lanzhu/documents/FM-01/").content.decode()
    assert "RC-01 Lot 7" in page and "with revision 1" in page


def test_a_form_that_is_not_in_force_is_not_filled_in(team, as_, client):
    with as_(team.wei):
        draft = services.draft({"title": "Sheet", "kind": "form", "language": "en", "text": "x"})
        with pytest.raises(Refused, match="Only a form that is in force is filled in."):
            fill(draft)
    assert "Fill in" not in client.get("/lanzhu/documents/FM-01/").content.decode()


@pytest.mark.parametrize("kind", ["form", "external"])
def test_what_no_form_makes_is_refused_at_its_field(form, client, kind):
    sent = {"title": "T", "kind": kind, "language": "en", "text": "x", "made_with": str(form.pk)}
    answer = client.post("/lanzhu/documents/new/", sent)
    assert answer.status_code == 422
    assert "A form or a document from outside is not made with a form." in answer.content.decode()


def test_the_api_takes_the_form_and_says_its_revision(form, team, as_):
    with as_(team.wei):
        _row, secret = tokens.issue(team.wei.person, "test", ["documents.*"])
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}", "content_type": "application/json"}
    sent = {"title": "Lot 7", "kind": "record", "language": "en", "text": "x", "made_with": str(form.pk)}
    made = Client().post("/api/v1/lanzhu/documents/", json.dumps(sent), **headers)
    assert (made.status_code, made.json()["made_with"]) == (201, {"number": "FM-01", "revision": "1"})
