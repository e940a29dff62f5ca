"""The file of a draft in one person's hands: nobody replaces it meanwhile, and what comes back is what was worked on."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.checkout import returning, taking
from guiju.modules.documents.models import CheckOut, Document
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Conflict, NotPermitted, Refused, act
from guiju.spine.attachments.services import keep
from guiju.spine.notices.models import Notice
from guiju.spine.trail.verify import verify

BASE = "/lanzhu/documents/QP-01/"


def file(text: str, name: str = "sop.md"):
    return keep(io.BytesIO(text.encode()), name)


ANY = ("documents.change", "documents.change_any")


@pytest.fixture
def draft(as_wei) -> Document:
    return services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "file": file("one")})


@pytest.fixture
def other(as_wei):
    """Somebody who may write documents and keeps no rules."""
    return join(as_wei.organization, make_person("zhu", "Zhu"), "documents.view", "documents.create", *ANY)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def test_who_has_taken_a_file_is_told_to_all(draft, as_wei):
    signed_in(as_wei.wei).post(f"{BASE}check-out/")
    assert "Others can read it and not replace it." in signed_in(as_wei.wei).get(BASE).content.decode()
    shown = signed_in(as_wei.tang).get(BASE).content.decode()
    assert "Chen Wei has taken the file" in shown and "End the check-out" not in shown


def test_a_file_in_other_hands_is_not_taken_twice(draft, as_wei, other):
    taking.take(draft)
    with act(as_wei.organization, other), pytest.raises(Conflict, match="Chen Wei has taken the file"):
        taking.take(draft)


def test_a_file_in_other_hands_is_not_replaced_and_the_upload_is_kept(draft, as_wei, other):
    taking.take(draft)
    sent = {"title": "Soldering", "kind": "procedure", "language": "en", "version": Document.objects.get().version}
    upload = SimpleUploadedFile("new.md", b"two")
    answer = signed_in(other).post(f"{BASE}change/", sent | {"file": upload})
    assert answer.status_code == 422
    assert "Chen Wei has taken the file" in answer.content.decode() and "new.md, kept" in answer.content.decode()
    assert Document.objects.get().newest().file_name == "sop.md"


def test_what_is_not_the_file_can_still_be_changed(draft, as_wei, other):
    taking.take(draft)
    with act(as_wei.organization, other):
        assert services.change(Document.objects.get(), {"title": "Soldering of heads"}).title == "Soldering of heads"


def test_the_file_comes_back_changed(draft, as_wei):
    taking.take(draft)
    answer = signed_in(as_wei.wei).post(f"{BASE}check-in/", {"file": SimpleUploadedFile("sop.md", b"two"), "changes": "Flux"})
    assert answer.status_code == 302
    revision = Document.objects.get().newest()
    assert (revision.file.size, revision.changes, taking.of(draft)) == (3, "Flux", None)
    assert [str(finding) for finding in verify()] == []


def test_the_same_file_back_is_no_change(draft):
    taking.take(draft)
    returning.bring_back(draft, file("one"))
    assert CheckOut.objects.get().how == "unchanged"
    assert Document.objects.get().version == draft.version


def test_an_older_file_is_refused_by_the_revision_it_is_of(draft, take, as_wei, as_, team):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(take(document, "review", team.min), "approve", team.min)
    document = take(document, "revise", team.wei, reason="x")
    with as_(team.wei):
        services.change(document, {"file": file("two")})
        taking.take(document)
        with pytest.raises(Refused, match="This is the file of revision 1, which is older than the one you took."):
            returning.bring_back(document, file("one"))


def test_whoever_lost_the_file_to_another_cannot_write_over_what_came_since(draft, as_wei, other):
    with act(as_wei.organization, other):
        taking.take(draft)
    taking.end(draft, reason="Zhu is ill")
    services.change(Document.locked(draft.pk), {"file": file("two")})
    with act(as_wei.organization, other), pytest.raises(Conflict, match="Chen Wei ended your check-out"):
        returning.bring_back(draft, file("mine"))
    assert Notice.objects.filter(person_id=other.id, params__reason="Zhu is ill").exists()


def test_a_check_out_is_ended_by_the_owner_or_by_who_keeps_the_rules(draft, as_wei, other):
    third = join(as_wei.organization, make_person("li", "Li"), "documents.view", *ANY)
    with act(as_wei.organization, other):
        taking.take(draft)
    with act(as_wei.organization, third), pytest.raises(NotPermitted):
        taking.end(draft, reason="x")
    answer = signed_in(as_wei.wei).post(f"{BASE}end-check-out/", {"reason": " "})
    assert answer.status_code == 422
    assert signed_in(as_wei.wei).post(f"{BASE}end-check-out/", {"reason": "Ill"}).status_code == 302


def test_what_is_in_somebodys_hands_is_not_sent_to_review(draft):
    taking.take(draft)
    said = [str(one) for one in document_workflow.transition("submit").missing(draft)]
    assert said == ["Chen Wei has taken the file and not brought it back"]


def test_only_the_file_of_a_draft_is_taken(draft, take, team, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    with as_(team.wei), pytest.raises(Conflict, match="Only the file of a draft can be taken"):
        taking.take(document)


def test_what_one_has_not_taken_one_does_not_give_back(draft, as_wei):
    answer = signed_in(as_wei.wei).post(f"{BASE}give-back/")
    assert answer.status_code == 409 and "You have not taken this file." in answer.content.decode()


def test_the_history_tells_of_it(draft, as_wei):
    client = signed_in(as_wei.wei)
    client.post(f"{BASE}check-out/")
    client.post(f"{BASE}give-back/")
    shown = client.get(f"{BASE}history/").content.decode()
    assert "Chen Wei took the file to work on it." in shown and "Chen Wei gave the file back unchanged." in shown


@pytest.mark.parametrize(("name", "text"), [("sop.csv", "two"), ("sop.docx", "two")])
def test_what_comes_back_is_of_the_kind_that_was_taken(draft, as_wei, name, text):
    taking.take(draft)
    answer = signed_in(as_wei.wei).post(f"{BASE}check-in/", {"file": SimpleUploadedFile(name, text.encode())})
    assert answer.status_code == 422 and "of another kind than" in answer.content.decode()
    assert Document.objects.get().newest().file_name == "sop.md"
