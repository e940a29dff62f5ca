"""Lists as files: what goes out comes in again without change of a value."""

import csv
import io
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guiju.conftest import join
from guiju.lib.spreadsheets import read_rows
from guiju.modules.documents.models import Document
from guiju.modules.documents.services import draft
from guiju.modules.processes.models import Process
from guiju.spine.acts import Refused, act, write
from guiju.spine.records import bulk
from guiju.spine.registers import exporting
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.listing import Asked
from guiju.spine.registers.models import ExportRun
from guiju.spine.registers.tests.test_import import Importer, download

ODD = [
    "=cmd()|'x'!A0",
    "+1",
    "-3",
    "@sum",
    "'quoted",
    "a\u202eb",
    "龘𠮷🪔",
    'say "so", twice',
    "a\u00a0b",
    "0012",
    "1e5",
    "2026-03-01",
    "TRUE",
]


@pytest.fixture
def filled(lanzhu) -> Importer:
    with act(lanzhu.organization, lanzhu.wei):
        Process(title="Assembly", title_zh="装配", kind="core", purpose="Lamps\nand chargers", owner=lanzhu.min.person).save()
        Process(title="Steering", kind="management").save()
        process = Process.objects.get(title="Assembly")
        for text in ODD:
            draft({"title": text, "kind": "work_instruction", "language": "zh-hans", "revision": "A/0", "process": process})
        draft({"title": "Old one", "number": "QP/7", "kind": "procedure", "language": "en", "owner": lanzhu.min.person})
    return Importer(lanzhu.wei)


def table(content: bytes, name: str, folder: Path) -> list[list[str]]:
    path = folder / name
    path.write_bytes(content)
    found = read_rows(path, name)
    return [found.header, *(cells for line, cells in found.rows)]


@pytest.mark.parametrize(("kind", "language"), [("xlsx", "en"), ("csv", "zh-hans")])
def test_an_export_brought_into_another_organization_exports_the_same(filled, lanzhu, other, tmp_path, kind, language):
    with act(None):
        lanzhu.wei.person.language = language
        lanzhu.wei.person.save()
    member = join(other.organization, lanzhu.wei.person, "*")
    join(other.organization, lanzhu.min.person, "*")
    for register in ("processes", "documents"):
        first = download(filled.client, f"/lanzhu/{register}/export.{kind}")
        importer = Importer(member, register)
        importer.upload(first, f"list.{kind}")
        importer.bring()
        assert importer.state().state == "finished", importer.state().reasons
        second = download(importer.client, f"/other/{register}/export.{kind}")
        assert table(second, f"second.{kind}", tmp_path) == table(first, f"first.{kind}", tmp_path)
    with act(other.organization, member):
        assert list(Document.objects.order_by("id").values_list("title", flat=True)) == [*ODD, "Old one"]
        assert Process.objects.get(number="PR-01").purpose == "Lamps\nand chargers"


def test_an_export_brought_in_where_it_came_from_changes_nothing(filled):
    content = download(filled.client, "/lanzhu/documents/export.xlsx")
    filled.upload(content, "list.xlsx")
    assert filled.counts() == (0, len(ODD) + 1, 0)


def test_an_export_has_the_lists_filters_and_order(filled, lanzhu):
    def titles(query: str) -> list[str]:
        content = download(filled.client, f"/lanzhu/documents/export.csv?{query}").decode("utf-8-sig")
        return [row["Title"] for row in csv.DictReader(io.StringIO(content))]

    assert titles("kind=procedure") == ["Old one"]
    assert titles(f"owner={lanzhu.min.id}") == ["Old one"]
    assert titles("state=effective") == []
    assert titles("q=2026") == ["2026-03-01"]
    assert len(titles("sort=title")) == len(ODD) + 1


def test_no_cell_of_a_text_file_is_a_formula(filled):
    rows = list(csv.reader(io.StringIO(download(filled.client, "/lanzhu/documents/export.csv").decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "@")]


def test_an_export_looks_back(filled):
    past = download(filled.client, "/lanzhu/documents/export.csv?as_of=2020-01-01T00:00").decode("utf-8-sig")
    assert len(past.strip().splitlines()) == 1
    this_moment = f"{timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    now = download(filled.client, f"/lanzhu/documents/export.csv?as_of={this_moment}").decode("utf-8-sig")
    assert now == download(filled.client, "/lanzhu/documents/export.csv").decode("utf-8-sig")


def test_an_export_asks_the_same_number_of_statements_for_many_rows(lanzhu):
    importer = Importer(lanzhu.wei, "processes")

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            download(importer.client, "/lanzhu/processes/export.csv")
        return len(asked)

    many(lanzhu, 2)
    statements()  # the first request also writes when the person was seen
    few = statements()
    many(lanzhu, 300)
    assert statements() == few


def many(lanzhu, count: int) -> None:
    with act(lanzhu.organization, lanzhu.wei):
        write(lambda: bulk.create([Process(title=f"Process {n}", owner=lanzhu.min.person) for n in range(count)]))


def test_a_long_list_is_written_by_the_worker_and_fetched(lanzhu, monkeypatch, other):
    monkeypatch.setattr(exporting, "AT_ONCE", 20)
    many(lanzhu, 50)
    importer = Importer(lanzhu.wei, "processes")
    page = importer.client.get("/lanzhu/processes/export.csv?kind=core").headers["Location"]
    assert "Waiting" in importer.client.get(page).content.decode()
    assert importer.client.get(f"{page}file/").status_code == 404
    with act(lanzhu.organization, lanzhu.wei):
        run = ExportRun.objects.get()
    exporting.write_later.func(
        {"organization": str(lanzhu.organization.pk), "actor": str(lanzhu.wei.id), "reason": ""}, str(run.pk)
    )
    assert "50 of 50 rows" in importer.client.get(page).content.decode()
    assert len(download(importer.client, f"{page}file/").decode("utf-8-sig").strip().splitlines()) == 51
    assert Importer(lanzhu.tang).client.get(f"{page}file/").status_code == 404
    assert Importer(other.eve).client.get(page.replace("lanzhu", "other")).status_code == 404


def test_another_organizations_rows_never_leave(filled, other):
    with act(other.organization, other.eve):
        Process(title="CANARY").save()
        draft({"title": "CANARY", "kind": "procedure", "language": "en"})
    for register in ("processes", "documents"):
        assert b"CANARY" not in download(filled.client, f"/lanzhu/{register}/export.csv")


def test_a_text_too_long_for_a_cell_is_told_and_csv_takes_it(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        Process(title="Long", purpose="x" * 40_000).save()
        with pytest.raises(Refused, match="take csv"):
            exporting.write_file(io.BytesIO(), by_key("processes"), Asked(), "xlsx")
    importer = Importer(lanzhu.wei, "processes")
    assert importer.client.get("/lanzhu/processes/export.xlsx").status_code == 422
    assert b"x" * 40_000 in download(importer.client, "/lanzhu/processes/export.csv")


def test_an_export_leaves_as_an_attachment(filled):
    answer = filled.client.get("/lanzhu/documents/export.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
