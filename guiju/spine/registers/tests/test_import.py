"""Spreadsheets brought in, as a person meets it: nothing is written before it was seen, and nothing twice."""

import csv
import io
from dataclasses import replace
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.lib.spreadsheets import write_xlsx
from guiju.modules.documents.models import Document
from guiju.modules.processes.models import Process
from guiju.spine.acts import act
from guiju.spine.registers import declaration, import_runs
from guiju.spine.registers.models import ImportRun
from guiju.spine.trail.verify import verify


class Importer:
    """A signed-in person with a spreadsheet."""

    def __init__(self, member, register: str = "documents") -> None:
        self.member, self.register = member, register
        self.base = f"/{member.organization.slug}/{register}/"
        self.client = Client()
        self.client.force_login(member.person)
        self.run = ""

    def upload(self, rows: list[list[str]] | bytes, name: str = "list.csv"):
        content = rows if isinstance(rows, bytes) else as_csv(rows)
        answer = self.client.post(f"{self.base}import/", {"file": SimpleUploadedFile(name, content)})
        if answer.status_code == 302:
            self.run = answer.headers["Location"]
            return self.client.get(self.run)
        return answer

    def bring(self, mode: str = "all", **more):
        answer = self.client.post(self.run, {"do": "run", "mode": mode, **more})
        self.work()
        return answer

    def work(self) -> None:
        context = {"organization": str(self.member.organization.pk), "actor": str(self.member.id), "reason": ""}
        import_runs.bring.func(context, str(self.id))

    @property
    def id(self) -> UUID:
        return UUID(self.run.rstrip("/").rsplit("/", 1)[-1])

    def state(self) -> ImportRun:
        with act(self.member.organization, self.member):
            return ImportRun.objects.get(pk=self.id)

    def counts(self) -> tuple[int, int, int]:
        run = self.state()
        return run.new, run.same, run.refused

    def titles(self) -> list[str]:
        with act(self.member.organization, self.member):
            model = Document if self.register == "documents" else Process
            return list(model.objects.order_by("id").values_list("title", flat=True))


def as_csv(rows: list[list[str]], encoding: str = "utf-8") -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)


@pytest.fixture
def wei(lanzhu) -> Importer:
    return Importer(lanzhu.wei)


@pytest.fixture
def processes(lanzhu) -> Importer:
    return Importer(lanzhu.wei, "processes")


HEADER = ["Number", "Title", "Kind", "Revision", "Language", "Process", "Owner", "Review again by"]
ROWS = [
    HEADER,
    ["QP-07", "Final inspection", "Procedure", "3", "English", "", "min", "2027-03-01"],
    ["", "来料检验", "作业指导书", "A", "Chinese", "", "Chen Wei", "2027/3/1"],
]


def test_a_preview_says_what_would_happen_and_writes_nothing(wei):
    page = wei.upload(ROWS).content.decode()
    assert "Final inspection" in page and "Bring in" in page
    assert wei.counts() == (2, 0, 0)
    assert wei.titles() == []


def test_rows_become_records_with_their_numbers_and_who_brought_them(wei, lanzhu):
    wei.upload(ROWS)
    assert wei.bring().status_code == 302
    assert wei.state().state == "finished"
    with act(lanzhu.organization, lanzhu.wei):
        first, second = Document.objects.order_by("id")
        assert (first.number, first.revision, first.owner_id, str(first.due_on)) == ("QP-07", "3", lanzhu.min.id, "2027-03-01")
        assert (second.number, second.kind, second.language, second.owner_id) == (
            "WI-01",
            "work_instruction",
            "zh-hans",
            lanzhu.wei.id,
        )
    assert "Chen Wei brought it in from list.csv." in wei.client.get("/lanzhu/documents/QP-07/").content.decode()
    assert list(verify()) == []


def test_the_counter_goes_on_after_the_highest_number_brought_in(wei, lanzhu):
    wei.upload(ROWS)
    wei.bring()
    wei.upload([["Title", "Kind"], ["Next", "procedure"]])
    wei.bring()
    with act(lanzhu.organization, lanzhu.wei):
        assert Document.objects.get(title="Next").number == "QP-08"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_either_encoding_with_chinese_headings(wei, encoding):
    page = wei.upload(as_csv([["标题", "类别"], ["成品检验规程", "程序文件"]], encoding))
    assert page.status_code == 200
    wei.bring()
    assert wei.titles() == ["成品检验规程"]


def test_a_workbook_is_read(wei):
    stream = io.BytesIO()
    write_xlsx(stream, ["Title"], [["=cmd()"], ["龘"]])
    wei.upload(stream.getvalue(), "list.xlsx")
    wei.bring()
    assert wei.titles() == ["=cmd()", "龘"]


BAD = [
    HEADER,
    ["QP-01", "Good", "procedure", "", "", "", "", ""],
    ["QP-01", "Number twice", "", "", "", "", "", ""],
    ["QP-02", "", "", "", "", "", "", ""],
    ["QP-03", "Bad kind", "song", "", "", "", "nobody", "01.03.2027"],
    ["new", "Reserved", "", "", "", "", "", ""],
    ["QP-05", "x" * 301, "", "", "", "", "", ""],
]


def test_every_refused_row_is_named_with_line_column_and_reason(wei):
    page = wei.upload(BAD).content.decode()
    assert wei.counts() == (1, 0, 5)
    told = list(csv.reader(io.StringIO(download(wei.client, f"{wei.run}refused.csv").decode("utf-8-sig"))))
    assert [(line, column) for line, column, value, why in told[1:]] == [
        ("3", "Number"),
        ("4", "Title"),
        ("5", "Kind"),
        ("5", "Owner"),
        ("5", "Review again by"),
        ("6", "Number"),
        ("7", "Title"),
    ]
    for words in ("stands on line 2 already", "none of the choices", "There is no such one here", "written like 2026-03-01"):
        assert words in page


def test_the_reasons_are_told_in_the_readers_language(wei, lanzhu):
    wei.upload(BAD)
    with act(None):
        lanzhu.wei.person.language = "zh-hans"
        lanzhu.wei.person.save()
    page = wei.client.get(wei.run).content.decode()
    assert "日期请写成 2026-03-01" in page and "必填" in page


def test_all_or_nothing_brings_nothing_while_a_row_does_not_fit(wei):
    wei.upload(BAD)
    answer = wei.bring("all")
    assert answer.status_code == 409
    assert wei.titles() == []


def test_good_rows_only_brings_the_good_ones_and_lists_the_others(wei):
    wei.upload(BAD)
    wei.bring("good")
    assert (wei.titles(), wei.counts(), wei.state().state) == (["Good"], (1, 0, 5), "finished")
    assert "Rows that did not fit" in wei.client.get(wei.run).content.decode()


def test_the_same_file_brought_in_again_changes_nothing(wei):
    for _ in range(2):
        wei.upload(ROWS)
        wei.bring()
    assert wei.counts() == (0, 2, 0)
    assert len(wei.titles()) == 2


def test_a_number_in_use_by_another_content_is_refused(wei):
    wei.upload(ROWS)
    wei.bring()
    wei.upload([["Number", "Title"], ["QP-07", "Something else"]])
    assert wei.counts() == (0, 0, 1)


def test_asked_twice_the_worker_brings_in_once(wei):
    wei.upload(ROWS)
    wei.bring()
    wei.client.post(wei.run, {"do": "run", "mode": "all"})
    wei.work()
    assert len(wei.titles()) == 2


def test_an_import_goes_on_where_it_was_stopped(processes, monkeypatch):
    monkeypatch.setattr(import_runs, "TOGETHER", 10)
    processes.upload([["Title"], *([f"Process {n}"] for n in range(45))])
    written, stop_at = import_runs._written, 30

    def stopping(register, run, rows):
        if run.line > stop_at:
            raise KeyboardInterrupt
        return written(register, run, rows)

    monkeypatch.setattr(import_runs, "_written", stopping)
    with pytest.raises(KeyboardInterrupt):
        processes.bring("good")
    assert 10 <= len(processes.titles()) < 45
    assert processes.counts()[0] == len(processes.titles())
    monkeypatch.setattr(import_runs, "_written", written)
    processes.work()
    assert processes.titles() == [f"Process {n}" for n in range(45)]
    assert (processes.counts(), processes.state().state) == ((45, 0, 0), "finished")


def test_a_number_taken_meanwhile_refuses_that_row_alone(processes, lanzhu):
    rows = [["Number", "Title"], *([f"PR-{n:02}", f"Process {n}"] for n in range(1, 6))]
    processes.upload(rows)
    with act(lanzhu.organization, lanzhu.wei):
        Process(number="PR-03", title="Taken").save()
    processes.bring("good")
    assert processes.counts() == (4, 0, 1)
    assert len(processes.titles()) == 5


def test_all_or_nothing_finds_what_changed_meanwhile_and_writes_nothing(processes, lanzhu):
    processes.upload([["Number", "Title"], ["PR-01", "One"], ["PR-02", "Two"]])
    with act(lanzhu.organization, lanzhu.wei):
        Process(number="PR-02", title="Taken").save()
    processes.bring("all")
    assert (processes.titles(), processes.state().state) == (["Taken"], "failed")
    assert "Line 3 does not fit any more" in processes.client.get(processes.run).content.decode()


def test_a_plain_register_is_written_in_few_statements_a_row(processes, monkeypatch):
    plain = replace(declaration.by_key("processes"), create=None)
    monkeypatch.setitem(declaration._registers, "processes", plain)
    processes.upload([["Title"], *([f"Process {n}"] for n in range(400))])
    processes.client.post(processes.run, {"do": "run", "mode": "all"})
    with CaptureQueriesContext(connection) as asked:
        processes.work()
    assert len(processes.titles()) == 400
    assert len(asked) < 400 * 3


def test_columns_can_be_chosen_by_hand_and_are_checked_again(wei):
    wei.upload([["What it is called", "Nr"], ["Final inspection", "QP-09"]])
    assert wei.counts() == (0, 0, 1)
    wei.client.post(wei.run, {"do": "run", "mode": "all", "columns": ["title", "number"]})
    assert (wei.counts(), wei.titles()) == ((1, 0, 0), [])
    wei.bring(columns=["title", "number"])
    assert wei.titles() == ["Final inspection"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "list.csv", "empty"),
        (b"Title\n", "list.csv", "there is nothing"),
        (b"\x00\x01\x02\x03" * 40, "list.xlsx", "spreadsheet"),
        (b"%PDF-1.7 nothing", "list.pdf", "not a spreadsheet"),
        (b'Title\n"open', "list.csv", "quotation mark"),
        ("标题\n中文".encode() + b"\xff\xfe\xfa\x80\x81", "list.csv", "characters"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(wei, content, name, words):
    answer = wei.upload(content, name)
    page = answer.content.decode()
    assert words in page, page[-3000:]
    assert wei.titles() == []


@pytest.mark.parametrize("title", ["a\u202eb", "<b>x</b>", "𠮷", "=1+1", "-1", "'quoted"])
def test_what_a_cell_says_is_kept_as_it_is(wei, title):
    wei.upload([["Title"], [title]])
    wei.bring()
    assert wei.titles() == [title]


def test_a_null_character_is_refused(wei):
    wei.upload(b"Title\na\x00b\n")
    wei.client.get(wei.run) if wei.run else None
    assert wei.titles() == []


def test_who_may_not_import_is_told_so(lanzhu):
    tang = Importer(lanzhu.tang)
    assert tang.client.get("/lanzhu/documents/import/").status_code == 403
    assert tang.client.get("/lanzhu/documents/template.xlsx").status_code == 403


def test_another_organizations_run_and_people_are_not_there(wei, other):
    wei.upload([["Title", "Owner"], ["x", "eve"]])
    assert wei.counts() == (0, 0, 1)
    eve = Importer(other.eve)
    assert eve.client.get(f"/other/documents/import/{wei.id}/").status_code == 404
    assert eve.client.get(f"/other/documents/import/{wei.id}/refused.csv").status_code == 404
    assert eve.client.get(wei.run).status_code == 404


def test_the_page_offers_the_columns_and_an_empty_sheet(wei):
    page = wei.client.get("/lanzhu/documents/import/").content.decode()
    assert "Review again by" in page and "template.xlsx" in page
    sheet = download(wei.client, "/lanzhu/documents/template.csv").decode("utf-8-sig")
    assert sheet.startswith(",".join(HEADER) + ",In force before Guiju since,")


def download(client: Client, path: str) -> bytes:
    answer = client.get(path)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("register", "heads", "row"),
    [
        ("processes", ["Title"], ["Assembly"]),
        ("indicators", ["Title", "Unit"], ["Returns", "lamps"]),
        ("actions", ["Title"], ["A trial lot"]),
        ("nonconformities", ["Title", "What happened"], ["Flicker", "It trembles"]),
        ("complaints", ["Title", "Customer", "Received on", "What the customer says"], ["Flicker", "A buyer", "2026-03-01", "x"]),
    ],
)
def test_every_register_takes_rows_without_a_number_and_numbers_them(lanzhu, register, heads, row):
    importer = Importer(lanzhu.wei, register)
    importer.upload([heads, row, [f"{row[0]} again", *row[1:]]])
    importer.bring()
    assert (importer.counts(), importer.state().state) == ((2, 0, 0), "finished")
