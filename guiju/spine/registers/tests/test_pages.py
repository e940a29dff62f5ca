"""A register's pages, as a signed-in person meets them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.modules.documents.models import Document, Revision
from guiju.spine.acts import act
from guiju.spine.signatures.models import Signature
from guiju.spine.trail.verify import verify


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def wei(lanzhu) -> Client:
    return signed_in(lanzhu.wei)


def draft(client: Client, **values) -> Document:
    answer = client.post(
        "/lanzhu/documents/new/",
        {
            "title": "Final inspection",
            "kind": "procedure",
            "language": "en",
            "text": "# Purpose\n\nLook at every lamp.",
            **values,
        },
    )
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def version(client: Client, page: str) -> str:
    """The version in the form of a page, as a browser sends it back."""
    found = re.search(r'name="version" value="(\d+)"', client.get(page).content.decode())
    assert found
    return found[1]


def test_an_empty_register_says_what_it_is_for(wei):
    page = wei.get("/lanzhu/documents/").content.decode()
    assert "how things are done" in page


def test_a_new_document_gets_a_number_and_a_page(wei):
    url = draft(wei)
    assert url == "/lanzhu/documents/QP-01/"
    page = wei.get(url).content.decode()
    assert "Final inspection" in page and "Look at every lamp." in page


def test_a_double_click_makes_one_document(wei, lanzhu):
    assert draft(wei, token="abc") == draft(wei, token="abc")
    with act(lanzhu.organization, lanzhu.wei):
        assert Document.objects.count() == 1


def test_a_stale_form_is_refused_and_loses_nothing(wei):
    url = draft(wei)
    values = {"title": "A", "kind": "procedure", "language": "en", "text": "mine", "version": "1"}
    assert wei.post(f"{url}change/", values).status_code == 302
    answer = wei.post(f"{url}change/", {**values, "title": "B", "text": "typed for an hour"})
    assert answer.status_code == 422
    assert "Someone else has changed this" in answer.content.decode()
    assert "typed for an hour" in answer.content.decode()


def test_from_draft_to_effective_by_another_with_signatures(wei, lanzhu):
    url = draft(wei)
    min_id = str(lanzhu.min.id)
    assert wei.post(f"{url}submit/", {"reviewers": [min_id], "version": version(wei, f"{url}submit/")}).status_code == 302
    other = signed_in(lanzhu.min)
    assert "Review Final inspection" in other.get("/lanzhu/").content.decode()
    for step in ("review", "approve"):
        answer = other.post(f"{url}{step}/", {"password": "bamboo-lamp-42", "version": version(other, f"{url}{step}/")})
        assert answer.status_code == 302, answer.content.decode()
    with act(lanzhu.organization, lanzhu.wei):
        assert [s.meaning for s in Signature.objects.order_by("id")] == ["review", "approve"]
        assert Revision.objects.get().approved_at
    page = other.get(url).content.decode()
    assert "Effective" in page and "approved revision 1 and signed" in page
    assert list(verify()) == []


def test_the_author_cannot_approve(wei, lanzhu):
    url = draft(wei)
    wei.post(f"{url}submit/", {"reviewers": [str(lanzhu.min.id)], "version": version(wei, f"{url}submit/")})
    page = wei.get(url).content.decode()
    assert "another person has to do this" in page
    answer = wei.post(f"{url}approve/", {"password": "bamboo-lamp-42", "version": "2"})
    assert answer.status_code == 422
    assert "another person has to do this" in answer.content.decode()


def test_another_organizations_record_is_a_404(wei, lanzhu, other):
    url = draft(wei)
    stranger = signed_in(other.eve)
    assert stranger.get(url).status_code == 404
    assert stranger.get(url.replace("lanzhu", "other")).status_code == 404


def test_a_search_finds_words_of_the_title(wei):
    draft(wei, title="台灯成品检验 final")
    page = wei.get("/lanzhu/search/?q=成品").content.decode()
    assert "QP-01" in page


def test_a_search_says_that_there_are_more_than_are_counted(wei, lanzhu, monkeypatch):
    for n in range(4):
        draft(wei, title=f"Lamp {n}")
    monkeypatch.setattr("guiju.spine.search.services.MOST", 2)
    monkeypatch.setattr("guiju.spine.registers.everyday.COUNTED", 4)
    assert "The newest 2 of more records" in wei.get("/lanzhu/search/?q=lamp").content.decode()
    monkeypatch.setattr("guiju.spine.registers.everyday.COUNTED", 3)
    page = wei.get("/lanzhu/search/?q=lamp").content.decode()
    assert "The newest 2 of more than 3 records" in page
    assert page.index("Lamp 3") < page.index("Lamp 2") and "Lamp 1" not in page


def test_the_list_looks_back(wei):
    url = draft(wei)
    wei.post(f"{url}change/", {"title": "Renamed", "kind": "procedure", "language": "en", "version": "1"})
    assert "Renamed" in wei.get("/lanzhu/documents/").content.decode()
    past = wei.get("/lanzhu/documents/?as_of=2020-01-01T00:00")
    assert "Renamed" not in past.content.decode()


def test_a_form_with_a_file_sent_twice_makes_one_document(wei, lanzhu):
    sent = [
        wei.post(
            "/lanzhu/documents/new/",
            {
                "title": "Drawing",
                "kind": "form",
                "language": "en",
                "token": "t1",
                "file": drawing(),
            },
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [302, 302]
    with act(lanzhu.organization, lanzhu.wei):
        assert Document.objects.count() == 1


def test_a_file_that_came_with_a_refused_form_is_kept(wei):
    answer = wei.post(
        "/lanzhu/documents/new/",
        {"title": "", "kind": "form", "language": "en", "file": drawing()},
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "a.md, kept" in page
    kept = re.search(r'name="file_kept" value="([^"]+)"', page)[1]
    answer = wei.post("/lanzhu/documents/new/", {"title": "Drawing", "kind": "form", "language": "en", "file_kept": kept})
    assert answer.status_code == 302
    assert "a.md" in wei.get(answer.headers["Location"]).content.decode()


def drawing() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.md", b"# Drawing")
