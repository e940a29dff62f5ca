"""One confirmation of identity for many; each document keeps its own signature, and what cannot be signed is named."""

import re
from datetime import date

import pytest
from django.test import Client

from guiju.modules.documents import services as documents
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.models import Document
from guiju.spine.acts import current
from guiju.spine.registers.tests.test_import import Importer
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.trail.verify import verify

PASSWORD = "bamboo-lamp-42"
APPROVE, TAKE_OVER = "/lanzhu/batches/documents/approve/", "/lanzhu/batches/documents/take_over/"


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def keys(shown: str) -> list[str]:
    """What stands behind the boxes of a list."""
    return re.findall(r'name="document" value="([^"]+)"', shown)


@pytest.fixture
def in_review(team, take, as_) -> list[Document]:
    """Three that wait for Min, one with an open remark, one that Min wrote."""
    made = []
    for title, author in (("Ageing", team.wei), ("Packing", team.wei), ("Testing", team.wei), ("Own", team.min)):
        with as_(author):
            document = documents.draft({"title": title, "kind": "procedure", "language": "en", "text": "Lamps burn."})
        take(document, "submit", author, reviewers=[team.hua.person])
        made.append(take(document, "review", team.hua))
    with as_(team.jun):
        remarks.make(made[2], quote="", text="Which lamps?")
    return made


def test_those_that_can_be_are_approved_with_one_confirmation_and_each_has_its_own_signature(in_review, team, as_):
    minnie = signed_in(team.min)
    shown = minnie.get(f"{APPROVE}?state=in_review").content.decode()
    assert [len(keys(shown)), shown.count("checked")] == [2, 2]
    assert "You wrote this revision" in shown and "Remarks are not answered yet: 1" in shown
    done = minnie.post(APPROVE, {"document": keys(shown), "password": PASSWORD}).content.decode()
    assert "2 of 2 done." in done
    with as_(team.wei):
        assert dict(Document.objects.values_list("title", "state")) == {
            "Ageing": "approved",
            "Packing": "approved",
            "Testing": "in_review",
            "Own": "in_review",
        }
        for document in in_review[:2]:
            mine = [one for one in signatures_of([document.newest()]) if one.meaning == "approve"]
            assert len(mine) == 1 and holds(mine[0], document.newest()) and mine[0].signer_id == team.min.id
        assert list(verify()) == []


def test_a_wrong_password_signs_nothing_and_what_was_chosen_stays_chosen(in_review, team, as_):
    minnie = signed_in(team.min)
    chosen = keys(minnie.get(APPROVE).content.decode())
    answer = minnie.post(APPROVE, {"document": chosen[:1], "password": "wrong"})
    assert answer.status_code == 422 and answer.content.decode().count("checked") == 1
    assert minnie.post(APPROVE, {"password": PASSWORD}).status_code == 422
    with as_(team.wei):
        assert not Signature.objects.filter(meaning="approve").exists()


def test_what_has_changed_since_it_was_shown_is_left_and_the_other_is_signed(in_review, team, take, as_):
    minnie = signed_in(team.min)
    chosen = keys(minnie.get(APPROVE).content.decode())
    returned = take(in_review[0], "return", team.hua, reason="Once more")
    with as_(team.wei):
        documents.change(returned, {"text": "Lamps glow."})
    forged = chosen[1].rsplit(" ", 1)[0] + " " + "0" * 64
    done = minnie.post(APPROVE, {"document": [*chosen, "x y z"], "password": PASSWORD}).content.decode()
    assert "1 of 2 done." in done and "It has gone on since the list was shown to you." in done
    again = minnie.post(APPROVE, {"document": [forged], "password": PASSWORD}).content.decode()
    assert "0 of 1 done." in again


def test_rows_of_a_register_come_in_as_in_force_with_one_signature(lanzhu, as_wei):
    importer = Importer(lanzhu.wei)
    heads = ["Number", "Title", "Kind", "Revision", "In force before Guiju since", "Approved before Guiju by"]
    heads += ["Approved before Guiju on", "Where the original is kept"]
    importer.upload(
        [
            heads,
            ["QP-01", "Buying", "Procedure", "C", "2019-05-01", "张红", "2019-04-20", "Cabinet 3"],
            ["QP-02", "Selling", "Procedure", "2", "2020-05-01", "Zhang Hong", "", "Cabinet 3"],
            ["QP-03", "Packing", "Procedure", "1", "", "", "", ""],
        ]
    )
    importer.bring()
    wei = signed_in(lanzhu.wei)
    assert "/lanzhu/batches/documents/?view=before" in wei.get(importer.run).content.decode()
    assert keys(wei.get(f"{TAKE_OVER}?view=before").content.decode()) == [], "who brought it in is not who takes it over"
    wei = signed_in(lanzhu.min)
    shown = wei.get(f"{TAKE_OVER}?view=before").content.decode()
    assert len(keys(shown)) == 1 and "张红" in shown and "Not said yet: approved before Guiju on" in shown
    sent = {"document": keys(shown), "password": PASSWORD, "reason": "From the old register"}
    assert wei.post(TAKE_OVER, {**sent, "reason": ""}).status_code == 422
    assert "1 of 1 done." in wei.post(TAKE_OVER, sent).content.decode()
    brought = Document.objects.get(number="QP-01")
    assert brought.in_force(current().today()) == "C" and brought.effective_on == date(2019, 5, 1)
    assert "QP-01" in wei.get("/lanzhu/documents/?view=in_force").content.decode()


def test_without_the_right_neither_list_opens(in_review, team):
    tang = signed_in(team.tang)
    assert [tang.get(address).status_code for address in (APPROVE, TAKE_OVER)] == [403, 403]
    assert signed_in(team.hua).get(TAKE_OVER).status_code == 403
    assert signed_in(team.wei).get("/lanzhu/batches/documents/?view=mine").headers["Location"].startswith(APPROVE)
