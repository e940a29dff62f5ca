"""A real company's folder comes under control, as it is."""

import io
import shutil
import zipfile
from pathlib import Path

import pytest
from django.test import Client

from guiju.modules.documents import services as documents
from guiju.modules.documents.jobs import read_texts
from guiju.modules.documents.models import Document
from guiju.modules.folders import services
from guiju.modules.folders.jobs import bring_run, read_run
from guiju.modules.folders.models import FolderRun, RunState
from guiju.spine.acts import NotPermitted, Refused, act
from guiju.spine.search.services import find
from guiju.spine.trail.verify import verify

FOLDER = Path(__file__).resolve().parents[4] / "tests" / "data" / "qms-folder"


def test_the_real_folder_becomes_36_documents_and_names_the_stale_copy(as_wei):
    report = services.bring_in(FOLDER).as_json()
    assert report["counts"] == {"files": 38, "documents": 36, "left_out": 2}
    stale = next(row for row in report["left_out"] if "old copy" in row["path"])
    assert stale["notes"][0]["text"] == "Left aside: a stale copy of capa/sop-capa.docx."
    assert Document.objects.count() == 36
    assert list(verify()) == []


def test_titles_are_those_of_the_documents_themselves(as_wei):
    services.bring_in(FOLDER)
    titles = set(Document.objects.values_list("title", flat=True))
    assert {"SOP Corrective and Preventive Action (CAPA)", "Quality Manual, Policy and Objectives", "SOP Sales"} <= titles


def test_an_import_can_be_repeated_without_doubling(as_wei):
    services.bring_in(FOLDER / "capa")
    again = services.bring_in(FOLDER / "capa").as_json()
    assert again["counts"]["documents"] == 0
    assert any("Here already as" in note["text"] for row in again["left_out"] for note in row["notes"])
    assert Document.objects.count() == 2


def test_a_dry_run_writes_nothing(as_wei):
    report = services.bring_in(FOLDER, dry_run=True)
    assert report.as_json()["counts"]["documents"] == 36
    assert Document.objects.count() == 0
    assert FolderRun.objects.count() == 0


def test_a_run_that_was_stopped_goes_on_where_it_was(as_wei):
    with services._readable(FOLDER / "purchasing") as (found, places):
        run = services.keep("purchasing", services.survey(found, places))
    steps = services.bring(run)
    assert next(steps) == (1, 3)
    steps.close()
    assert Document.objects.count() == 1
    assert list(services.bring(run)) == [(2, 3), (3, 3)]
    assert Document.objects.count() == 3


def test_documents_are_found_by_a_phrase_inside_their_file(as_wei):
    services.bring_in(FOLDER / "capa")
    bring_texts()
    assert "SOP Corrective and Preventive Action (CAPA)" in [hit.title for hit in find("root cause")]


def bring_texts() -> None:
    """Do what the worker does."""
    for document in Document.objects.all():
        read_texts(document)


def test_without_the_right_nothing_is_brought_in(lanzhu):
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(NotPermitted):
        services.bring_in(FOLDER)


def test_a_folder_that_is_not_there_is_refused(as_wei, tmp_path):
    with pytest.raises(Refused, match="no folder"):
        services.bring_in(tmp_path / "nowhere")


def test_existing_numbers_and_revisions_are_kept_and_the_counter_goes_on(as_wei, tmp_path):
    (tmp_path / "QP-07 Purchasing.md").write_text(
        "# Purchasing\n\n| Document number | QP-07 |\n|---|---|\n| Revision | C |\n\nBuy well."
    )
    (tmp_path / "selling.md").write_text("# Procedure for selling\n\nSell well, and say what is true.")
    services.bring_in(tmp_path)
    rows = {d.title: (d.number, d.revision) for d in Document.objects.all()}
    assert rows["Purchasing"] == ("QP-07", "C")
    assert rows["Procedure for selling"] == ("QP-08", "1")


def test_what_came_as_what_is_said(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    with as_(team.wei):
        assert services.standing(document) == "In review"
    document = take(take(document, "review", team.min), "approve", team.min)
    with as_(team.wei):
        waiting = documents.draft({"title": "Packing", "kind": "procedure", "language": "en", "text": "x"})
        assert services.standing(document).startswith("In force: revision 1, from ")
        assert services.standing(waiting) == "Draft"
        assert services.came([document, waiting]) == "1 in force, 1 draft"


def test_nothing_is_skipped_in_silence(as_wei, tmp_path):
    for name in ("~$sop.docx", ".DS_Store", "empty.docx"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "broken.docx").write_bytes(b"this is not a docx" * 40)
    report = services.bring_in(tmp_path).as_json()
    reasons = {row["path"]: row["notes"][0]["code"] for row in report["left_out"]}
    assert reasons == {"~$sop.docx": "lock_file", ".DS_Store": "system_file", "empty.docx": "empty"}
    assert [row["path"] for row in report["documents"]] == ["broken.docx"]
    assert report["documents"][0]["notes"], "an unreadable file is kept and named"


def zipped(folder: Path) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(folder.rglob("*.docx")):
            archive.write(path, path.relative_to(folder.parent))
    stream.seek(0)
    stream.name = "capa.zip"
    return stream


def test_a_zip_from_the_browser_waits_for_a_word_and_then_becomes_documents(lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    answer = client.post("/lanzhu/import/documents/", {"files": zipped(FOLDER / "capa")})
    assert answer.status_code == 302, answer.content.decode()
    with act(lanzhu.organization, lanzhu.wei):
        run = FolderRun.objects.get()
    context = {"organization": str(lanzhu.organization.pk), "actor": str(lanzhu.wei.id), "reason": ""}
    read_run.func(context, str(run.pk))
    page = client.get(answer.headers["Location"]).content.decode()
    assert "List of CAPAs" in page and "stale copy" in page
    with act(lanzhu.organization, lanzhu.wei):
        items = list(services.items_of(run).filter(outcome="document"))
    values = {f"take-{item.pk}": "on" for item in items} | {f"title-{items[0].pk}": "Our list", f"kind-{items[0].pk}": "form"}
    client.post(answer.headers["Location"], values)
    bring_run.func(context, str(run.pk))
    with act(lanzhu.organization, lanzhu.wei):
        run.refresh_from_db()
        assert run.state == RunState.DONE
        assert sorted(Document.objects.values_list("title", flat=True))[0] == "Our list"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "2 documents came in: 2 drafts" in page and "Draft" in page


def test_a_file_that_is_no_zip_is_refused_by_its_name_for_good(lanzhu, caplog):
    client = Client()
    client.force_login(lanzhu.wei.person)
    broken = io.BytesIO(b"PK not really")
    broken.name = "folder.zip"
    answer = client.post("/lanzhu/import/documents/", {"files": broken})
    with act(lanzhu.organization, lanzhu.wei):
        run = FolderRun.objects.get()
    read_run.func({"organization": str(lanzhu.organization.pk), "actor": str(lanzhu.wei.id), "reason": ""}, str(run.pk))
    page = client.get(answer.headers["Location"]).content.decode()
    assert "folder.zip cannot be read as a zip file" in page
    assert "Go on" not in page
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
    client.post(answer.headers["Location"])
    with act(lanzhu.organization, lanzhu.wei):
        assert FolderRun.objects.get().state == RunState.FAILED


def test_a_reading_that_broke_is_begun_again(lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    answer = client.post("/lanzhu/import/documents/", {"files": zipped(FOLDER / "capa")})
    with act(lanzhu.organization, lanzhu.wei):
        run = FolderRun.objects.get()
        services.set_state(run, RunState.FAILED, "OSError")
    assert "Go on" in client.get(answer.headers["Location"]).content.decode()
    client.post(answer.headers["Location"])
    with act(lanzhu.organization, lanzhu.wei):
        assert FolderRun.objects.get().state == RunState.READING


def test_what_can_be_run_is_left_aside(as_wei, tmp_path):
    for name in ("setup.exe", "page.html", "run.bat", "drawing.dxf"):
        (tmp_path / name).write_text("Something about lamps.")
    report = services.bring_in(tmp_path).as_json()
    assert {row["path"]: row["notes"][0]["code"] for row in report["left_out"]} == dict.fromkeys(
        ["page.html", "run.bat", "setup.exe"], "unfit"
    )
    assert [row["path"] for row in report["documents"]] == ["drawing.dxf"]


def test_two_files_of_one_name_are_two_documents(as_wei, tmp_path):
    for place, words in (
        ("a", "# Work\n\nOne thing about soldering of boards."),
        ("b", "# Work\n\nAnother about packing lamps."),
    ):
        (tmp_path / place).mkdir()
        (tmp_path / place / "work.md").write_text(words)
    services.bring_in(tmp_path)
    assert Document.objects.count() == 2


def test_a_file_changed_meanwhile_is_a_document_of_its_own(as_wei, tmp_path):
    shutil.copy(FOLDER / "capa" / "sop-capa.docx", tmp_path)
    services.bring_in(tmp_path)
    (tmp_path / "sop-capa.docx").write_bytes((FOLDER / "purchasing" / "sop-purchasing.docx").read_bytes())
    services.bring_in(tmp_path)
    assert Document.objects.count() == 2


COVER = "# Purchasing\n\n| Document number | QP-07 |\n|---|---|\n| Revision | C |\n| Effective date | 2019-05-01 |\n"
COVER += "| Approved by | Zhang Hong |\n| Approval date | 2019-04-20 |\n\nBuy well."


def test_what_a_cover_says_of_the_time_before_comes_along_and_can_be_corrected(lanzhu, tmp_path):
    (tmp_path / "QP-07 Purchasing.md").write_text(COVER)
    (tmp_path / "later.md").write_text(COVER.replace("QP-07", "QP-09").replace("2019-05-01", "2999-05-01"))
    with act(lanzhu.organization, lanzhu.wei):
        said = {row["number"]: row["in_force_before"] for row in services.bring_in(tmp_path, dry_run=True).as_json()["documents"]}
        with services._readable(tmp_path) as (found, places):
            run = services.keep("quality", services.survey(found, places))
        items = {item.number: item for item in services.items_of(run)}
    assert said["QP-07"] == {"since": "2019-05-01", "approved_by": "Zhang Hong", "approved_on": "2019-04-20"}
    assert said["QP-09"]["since"] is None, "a day to come was nothing that held before"
    assert [note["code"] for note in items["QP-09"].notes] == ["day_unread"]
    client = Client()
    client.force_login(lanzhu.wei.person)
    here = f"/lanzhu/import/documents/{run.pk}/"
    assert 'value="2019-05-01"' in client.get(here).content.decode()
    sent = {f"take-{item.pk}": "on" for item in items.values()} | {f"by-{items['QP-07'].pk}": "Zhang Hong, GM"}
    later = f"since-{items['QP-07'].pk}"
    refused = client.post(here, {**sent, later: "2999-01-01"})
    assert refused.status_code == 422 and "QP-07 Purchasing.md: 2999-01-01 is no day" in refused.content.decode()
    assert "2019-05-01 is" not in refused.content.decode() and 'value="Zhang Hong, GM"' in refused.content.decode()
    client.post(here, sent)
    bring_run.func({"organization": str(lanzhu.organization.pk), "actor": str(lanzhu.wei.id), "reason": ""}, str(run.pk))
    with act(lanzhu.organization, lanzhu.wei):
        document = Document.objects.get(number="QP-07")
        assert (document.state, document.stated_by, document.stated_since.isoformat()) == (
            "draft",
            "Zhang Hong, GM",
            "2019-05-01",
        )
    assert "/lanzhu/batches/documents/take_over/?view=before" in client.get(here).content.decode()
