"""A record that is made with a form says by which revision of it, for ever."""

import json
from html import escape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.filling import blanks, making
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.prints import content
from guiju.modules.kinds.services import add_field
from guiju.organizations import roles, tokens
from guiju.spine.acts import NotPermitted, Refused, act
from guiju.spine.attachments.services import keep
from guiju.spine.notices.models import Notice
from guiju.spine.registers import writing
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.tests.programs import Program
from guiju.spine.trail.verify import verify

FILL = "/lanzhu/documents/FM-01/fill/"


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


def the_record(team) -> Document:
    with act(team.organization, team.wei):
        return Document.objects.select_related("made_with__document", "owner").get(kind="record")


def test_a_form_in_force_is_filled_in_from_its_page(form, team, client):
    page = client.get("/lanzhu/documents/FM-01/").content.decode()
    assert f'href="{FILL}"' in page
    shown = client.get(FILL).content.decode()
    assert "| Lot | Result |" in shown and 'value="Inspection sheet 20' in shown and "FM-01, revision 1" in shown
    assert client.post(FILL, {"text": "| Lot | Result |\n|--|--|\n| 7 | passed |"}).status_code == 302
    made = the_record(team)
    assert made.made_with.document == form and made.title.startswith("Inspection sheet 2") and made.owner == form.owner


def test_a_contributor_fills_in_a_form_and_writes_no_other_document(form, lanzhu, take):
    hao = join(lanzhu.organization, make_person("hao", "Hao"), *roles.DEFAULTS[0].actions)
    client = Client()
    client.force_login(hao.person)
    assert f'href="{FILL}"' in client.get("/lanzhu/documents/FM-01/").content.decode()
    made = client.post(FILL, {"title": "Lot 7", "text": "x", "token": "t"})
    assert client.post(FILL, {"title": "Lot 7", "text": "x", "token": "t"}).url == made.url  # a second click
    assert "FM-01, revision 1" in client.get(made.url).content.decode()
    assert client.get("/lanzhu/documents/new/").status_code == 403


@pytest.fixture
def hao(lanzhu):
    """A contributor: may fill in forms, and write no other document."""
    return join(lanzhu.organization, make_person("hao", "Hao"), *roles.DEFAULTS[0].actions)


def test_its_maker_corrects_a_filled_record_and_sends_it_to_review(form, hao, team, as_, take):
    client = Client()
    client.force_login(hao.person)
    page = client.post(FILL, {"title": "Lot 7", "text": "x"}).url
    shown = client.get(page).content.decode()
    assert f'href="{page}change/"' in shown and "Send to review" in shown
    made = the_record(team)
    sent = {"title": "Lot 8", "kind": "record", "language": "en", "text": "y", "version": made.version}
    assert client.post(f"{page}change/", sent).status_code == 302
    made = the_record(team)
    assert made.title == "Lot 8"
    take(made, "submit", hao, reviewers=[team.min.person])
    assert client.get(f"{page}change/").status_code in (403, 409)


def test_who_only_fills_in_corrects_nobody_elses_record_and_makes_nothing_else_of_it(form, hao, team, as_, take):
    with as_(team.wei):
        fill(form)
    client = Client()
    client.force_login(hao.person)
    assert client.get("/lanzhu/documents/RC-01/change/").status_code == 403
    with as_(hao):
        made = making.fill(form, {"title": "Lot 9", "text": "z"})
        with pytest.raises(Refused, match="stays a record"):
            services.change(Document.objects.get(pk=made.pk), {"kind": "procedure"})
        with pytest.raises(NotPermitted):
            writing.change(by_key("documents"), form, {"title": "x"}, None)


def test_a_filled_record_tells_nobody(form, hao, as_):
    with as_(hao):
        before = Notice.objects.count()
        making.fill(form, {"title": "Lot 9", "text": "z"})
        assert Notice.objects.count() == before


def test_without_the_right_nobody_fills_in(form, lanzhu):
    client = Client()
    client.force_login(lanzhu.tang.person)
    assert client.get(FILL).status_code == 403 and FILL not in client.get("/lanzhu/documents/FM-01/").content.decode()


TABLE = "Of each lot.\n\n| Asked | Found |\n|---|---|\n| Lot | |\n| Torque \\| Nm | |\n\n```\n| a | |\n```"


def test_the_empty_cells_of_a_table_are_what_is_filled_in():
    assert [blank.key for blank in blanks.blanks(TABLE)] == ["Lot/1", "Torque \\| Nm/1"]
    made, lost = blanks.filled_in(TABLE, {"Lot/1": "7 | B\n", "Colour/1": "red"})
    assert "| Lot | 7 \\| B |" in made and lost == ["Colour/1"]
    several = "| Hour | Level | Sign |\n|---|---|---|\n| 1 | | |\n| | | |"
    assert [blank.label for blank in blanks.blanks(several)] == ["1 Level", "1 Sign", "Hour", "Level", "Sign"]


def test_a_table_is_filled_in_cell_by_cell(team, as_, take, client):
    with as_(team.wei):
        draft = services.draft({"title": "Sheet", "kind": "form", "language": "en", "text": TABLE})
    approved(draft, team, take)
    assert 'name="cell-Lot/1"' in client.get(FILL).content.decode()
    refused = client.post(FILL, {"text": "Another text", "cell-Lot/1": "7"})
    assert refused.status_code == 422 and "has no place in the text any more: Lot" in refused.content.decode()
    assert (
        client.post(FILL, {"text": TABLE.replace("\n", "\r\n"), "cell-Lot/1": "7", "cell-Torque \\| Nm/1": ""}).status_code == 302
    )
    assert "| Lot | 7 |" in Revision.everywhere.get(document=the_record(team)).text


def test_an_untouched_form_is_no_record(form, client):
    answer = client.post(FILL, {"title": "Lot 7", "text": "| Lot | Result |\r\n|--|--|"})
    assert answer.status_code == 422 and "Nothing is filled in yet." in answer.content.decode()


def test_the_fields_of_records_are_filled_in_there(form, team, as_, client):
    with as_(team.wei):
        add_field("record", {"label": "Lot", "required": True})
    assert 'name="more_lot"' in client.get(FILL).content.decode()
    refused = client.post(FILL, {"text": "x"})
    assert "Lot: This field is required." in refused.content.decode() and 'name="more_lot"' in refused.content.decode()
    assert client.post(FILL, {"more_lot": "7"}).status_code == 302
    made = the_record(team)
    assert made.more == {"lot": "7"} and Revision.everywhere.get(document=made).text == "| Lot | Result |\n|--|--|"


def test_a_form_that_is_a_file_is_downloaded_and_attached_filled_in(team, as_, take, client):
    with as_(team.wei):
        file = keep(BytesIO(b"Lot,Result\n"), "sheet.csv")
        draft = services.draft({"title": "Sheet", "kind": "form", "language": "en", "file": file})
    approved(draft, team, take)
    shown = client.get(FILL).content.decode()
    assert f'/documents/FM-01/files/{file.pk}/" download' in shown and 'name="text"' not in shown
    refused = client.post(FILL, {"title": "Lot 7"})
    assert refused.status_code == 422 and "Attach the file that you have filled in." in refused.content.decode()
    client.post(FILL, {"title": "Lot 7", "file": SimpleUploadedFile("lot-7.csv", b"Lot,Result\n7,passed\n")})
    assert Revision.everywhere.get(document=the_record(team)).file_name == "lot-7.csv"


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


def test_a_program_fills_in_a_form(form, team):
    program = Program(team.wei)
    made = program.post("documents/FM-01/fill/", {"title": "Lot 7", "text": "x"})
    assert made.status_code == 201
    assert {n: made.json()[n] for n in ("title", "form", "revision")} == {"title": "Lot 7", "form": "FM-01", "revision": "1"}
    assert Program(team.tang).post("documents/FM-01/fill/", {"text": "x"}).status_code == 403


TYPED = r"否 **a** _x_ 1. #3 <3 | `y` \| \* &amp; [[QP-01]] ~~z~~ [a](b) a\\b"


def test_what_is_entered_in_a_cell_comes_out_exactly_as_it_was_typed(form, team, client):
    page = client.get(FILL).content.decode()
    assert 'name="cell-Lot/1"' in page
    text = "| Lot | Result |\n|--|--|\n|  |  |"
    client.post(FILL, {"text": text, "cell-Lot/1": TYPED, "cell-Result/1": TYPED})
    record = the_record(team)
    shown = client.get(f"/lanzhu/documents/{record.number}/").content.decode()
    assert f"<td>{escape(TYPED, quote=False)}</td>" in shown
    with act(team.organization, team.wei):
        written = record.newest().text
        sheet = content.sheet(record, 1)
        assert by_key("documents").texts([record])[record.pk][0].splitlines()[-1] == f"{TYPED}\t{TYPED}"
        assert [blanks.typed(cell) for cell in blanks.tables(written)[0].rows[0][1]] == [TYPED, TYPED]
    assert sheet is not None
