"""A document's page: what is in force can always be read."""

import io
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult

from guiju.modules.documents import page as of_document
from guiju.modules.documents import services
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.forms import DocumentForm
from guiju.modules.documents.models import Document
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import act, current, write
from guiju.spine.attachments import previews
from guiju.spine.attachments.services import keep
from guiju.spine.jobs import worker
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.record_page import history
from guiju.spine.search.services import find, index_body
from guiju.spine.signatures.services import Proof
from guiju.spine.workflow.perform import perform

FOLDER = Path(settings.PACKAGE).parent / "tests" / "data" / "qms-folder"
WORD = next(path for path in sorted(FOLDER.rglob("*.docx")) if not path.name.startswith("~")).relative_to(FOLDER)


@pytest.fixture
def revised(lanzhu):
    """A document whose revision 1 is in force while revision 2 is being written."""
    with act(lanzhu.organization, lanzhu.wei):
        document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})
        document = perform(document_workflow, document, "submit", inputs={"reviewers": [lanzhu.min.person]})
    with act(lanzhu.organization, lanzhu.min):
        for step in ("review", "approve"):
            document = perform(document_workflow, document, step, proof=Proof(lanzhu.min.id, "password"))
    with act(lanzhu.organization, lanzhu.wei):
        document = perform(document_workflow, document, "revise", reason="Six hours")
        return services.change(document, {"text": "Six hours."})


def page(lanzhu, path: str, reader=None) -> str:
    client = Client()
    client.force_login((reader or lanzhu.tang).person)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_while_a_revision_is_written_the_one_in_force_is_a_click_away(revised, lanzhu):
    shown = page(lanzhu, "/lanzhu/documents/QP-01/", lanzhu.wei)
    assert "What follows is not in force yet" in shown
    assert 'href="/lanzhu/documents/QP-01/revision/1/"' in shown
    assert "Four hours." in page(lanzhu, "/lanzhu/documents/QP-01/revision/1/")


def test_a_revision_that_is_not_in_force_says_so(revised, lanzhu):
    shown = page(lanzhu, "/lanzhu/documents/QP-01/revision/2/")
    assert "This revision is not in force." in shown and "Six hours." in shown


def test_a_print_by_the_browser_itself_says_that_it_is_uncontrolled(revised, lanzhu):
    shown = page(lanzhu, "/lanzhu/documents/QP-01/", lanzhu.wei).partition('class="gj-screen-print"')[2].partition("</p>")[0]
    for words in ("Uncontrolled when printed: printed from the screen", "QP-01", "revision 2", "Draft, not in force"):
        assert words in shown


def test_of_a_workbook_the_page_names_the_sheets_that_are_only_in_the_file(lanzhu, tmp_path):
    book = openpyxl.Workbook()
    for title in ("Sheet", "January", "February"):
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        sheet.append([title])
    book.save(tmp_path / "a.xlsx")
    with act(lanzhu.organization, lanzhu.wei), (tmp_path / "a.xlsx").open("rb") as stream:
        file = keep(stream, "a.xlsx")
        services.draft({"title": "Plan", "kind": "procedure", "language": "en", "text": "", "file": file})
        previews.make(file)
    shown = page(lanzhu, "/lanzhu/documents/QP-01/")
    assert "Shown is the sheet “Sheet”. 2 more sheets are only in the file:" in shown
    assert "<bdi>January</bdi>, <bdi>February</bdi>" in shown


def test_history_tells_states_in_words(revised, lanzhu):
    shown = page(lanzhu, "/lanzhu/documents/QP-01/history/")
    assert "sent revision 1 to review" in shown and "in_review" not in shown


def test_what_a_review_waits_for_is_said_once(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})
        perform(document_workflow, document, "submit", inputs={"reviewers": [lanzhu.min.person]})
    with act(lanzhu.organization, lanzhu.min):
        assert [str(m) for m in document_workflow.transition("approve").missing(document)] == ["Zhou Min: not reviewed yet"]


def test_what_an_act_has_read_of_a_document_it_reads_again_after_it_has_written(as_wei):
    document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})
    assert [(one.label, one.text) for one in document.all_revisions()] == [("1", "Four hours.")]
    assert remarks.on(document) == []
    remarks.make(document, "Six are better.", quote="Four hours")
    assert [one.text for one in remarks.on(document)] == ["Six are better."]
    write(lambda: services.change(Document.locked(document.pk), {"text": "Six hours."}))
    assert document.newest().text == document.all_revisions()[0].text == "Six hours."


def test_of_a_long_history_the_page_tells_what_changed_in_the_newest_entries_and_when_all_happened(as_wei):
    document = services.draft({"title": "Title 0", "kind": "procedure", "language": "en", "text": "Four hours."})
    for n in range(1, 12):
        write(lambda n=n: services.change(Document.locked(document.pk), {"title": f"Title {n}"}))
    register = by_key("documents")
    whole, told = history(register, document), history(register, document, whole=3)
    assert len(whole) == len(told) == 12
    assert [one["values"] for one in told[:3]] == [one["values"] for one in whole[:3]]
    assert [value.after for one in told for value in one["values"]] == ["Title 11", "Title 10", "Title 9"]
    assert [one["when"] for one in told] == [one["when"] for one in whole]


def test_a_document_is_found_once_however_often_it_says_the_word(as_wei):
    document = services.draft({"title": "Flicker", "kind": "procedure", "language": "en", "text": "flicker"})
    index_body(document, ["flicker and flicker", "flicker again"])
    assert len(find("flicker")) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_the_preview_after_what_waits_to_be_read(as_wei):
    page = io.BytesIO(b"# Soldering\n\nFlux.")
    with (FOLDER / WORD).open("rb") as stream:
        services.draft({"title": "Word", "kind": "procedure", "language": "en", "file": keep(stream, "a.docx")})
    services.draft({"title": "Text", "kind": "procedure", "language": "en", "file": keep(page, "b.md")})
    worker.Work([]).turn()
    worker.Work([]).turn()
    done = DBTaskResult.objects.order_by("finished_at").values_list("task_path", flat=True)
    assert [path.rpartition(".")[2] for path in done] == ["read_file", "read_file", "look_at_file", "look_at_file"]
    client = Client()
    client.force_login(as_wei.tang.person)
    assert "gj-preview" in client.get("/lanzhu/documents/QP-01/").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_new_document_is_proposed_in_the_language_of_who_writes_it(as_wei, language):
    with override(language):
        form = DocumentForm()
        assert form.get_initial_for_field(form.fields["language"], "language") == language
        assert DocumentForm(initial={"language": "other"}).initial["language"] == "other"


def test_above_a_draft_that_came_back_stands_why_and_while_in_review_its_planned_day(draft, team, take, as_):
    with as_(team.wei):
        day = current().today() + timedelta(days=40)
    sent = take(draft, "submit", team.wei, reviewers=[team.min.person], planned_on=day)
    with as_(team.wei):
        assert "Planned to be effective on" in [str(label) for label, _value in of_document.facts(sent)]
    back = take(sent, "return", team.min, reason="Say at how many degrees")
    with as_(team.wei):
        assert "Returned by Zhou Min: Say at how many degrees" in str(of_document.sheet(back))
    again = take(back, "submit", team.wei, reviewers=[team.min.person])
    with as_(team.wei):
        assert "Returned by" not in str(of_document.sheet(again))


def test_what_was_not_there_on_a_day_is_said_and_what_stands_against_a_step_leads_back_to_the_record(draft, team):
    wei = Client()
    wei.force_login(team.wei.person)
    past = wei.get("/lanzhu/documents/QP-01/?as_of=2001-01-01")
    assert past.status_code == 404 and "QP-01 did not exist on that day." in past.content.decode()
    against = wei.post("/lanzhu/documents/QP-01/give-back/")
    assert against.status_code == 409 and 'class="btn btn-primary" href="/lanzhu/documents/QP-01/"' in against.content.decode()


def test_beside_the_text_a_reader_is_told_of_the_revision_in_force_and_that_a_newer_one_is_in_work(draft, team, take, as_):
    document = take(take(draft, "submit", team.wei, reviewers=[team.min.person]), "review", team.min)
    document = take(take(document, "approve", team.min), "revise", team.wei, reason="x")
    told = {}
    for who in (team.tang, team.wei):
        with as_(who):
            told[who.id] = {str(label): str(value) for label, value in of_document.facts(document)}
    assert (told[team.tang.id]["Revision"], told[team.tang.id]["Being changed"]) == ("1", "new revision 2: Draft")
    assert (told[team.wei.id]["Revision"], "Being changed" in told[team.wei.id]) == ("2", False)
