import datetime
import gc
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guiju.lib.cells import cell_text
from guiju.lib.spreadsheets import Unreadable, Unwritable, read_rows, write_csv, write_xlsx

WRITERS = {"a.xlsx": write_xlsx, "a.csv": write_csv}
AWKWARD = [
    "=1+1",
    "+8613812345678",
    "-2",
    "-2+3",
    "@x",
    "\tx",
    "\rx",
    "\nx",
    "'",
    "''",
    "'=1",
    "''=1",
    "'-2",
    "'a",
    "00012",
    "1.0",
]
AWKWARD += [
    "12345678901234567890",
    "龘𬬭",
    "😀",
    "\u200f\u202e",
    "a\nb\r\nc",
    ' " ',
    ",;\t",
    "#N/A",
    "TRUE",
    "2024-01-05",
    "_x0041_",
]
AWKWARD += [
    "_x005F_",
    "\x00",
    "\x01",
    "\x1f",
    "\x7f",
    "\ufeff",
    "\ue000",
    "\uff1dx",
    "'\uff1dx",
    " ",
    "x\n",
    "sep=;",
    "<b>&amp;",
    "",
]


def written(name, header, rows, tmp_path):
    path = tmp_path / name
    with path.open("wb") as stream:
        WRITERS[name](stream, header, rows)
    return path


def read(path, name=None):
    table = read_rows(path, name or path.name)
    return table.header, [values for _, values in table.rows]


@pytest.mark.parametrize("name", WRITERS)
def test_awkward_values_come_back_as_they_were(tmp_path, name):
    rows = [[value, "x"] for value in AWKWARD]
    assert read(written(name, ["value", "x"], rows, tmp_path)) == (["value", "x"], rows)


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=30)
LIKE_FORMULAS = st.text(alphabet="'=+-@\t\r\n1 _x00041A\uff1d", max_size=8)


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=settings.default.max_examples // 6)  # of 150 values each
@given(values=st.lists(ANY_TEXT | LIKE_FORMULAS, min_size=150, max_size=150))
@example(values=["=" * n + "'" * n for n in range(150)])
def test_any_values_come_back_as_they_were(tmp_path, name, values):
    rows = [[f"n{number}", value, "end"] for number, value in enumerate(values)]
    assert read(written(name, ["number", "value", "end"], rows, tmp_path))[1] == rows


@pytest.mark.parametrize("value", ["=cmd()", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "'=1"])
def test_no_cell_of_a_csv_file_begins_like_a_formula(tmp_path, value):
    raw = written("a.csv", [value], [[value]], tmp_path).read_bytes().decode("utf-8-sig")
    assert raw.count("'" + value) == 2


def test_a_negative_number_in_a_csv_file_stays_a_number(tmp_path):
    assert written("a.csv", ["n"], [["-2.5"]], tmp_path).read_bytes() == b"\xef\xbb\xbfn\r\n-2.5\r\n"


def test_what_is_no_character_becomes_the_sign_for_it_in_a_workbook(tmp_path):
    assert read(written("a.xlsx", ["a"], [["x\ufffe\uffff"]], tmp_path))[1] == [["x\ufffd\ufffd"]]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path):
    book = openpyxl.load_workbook(written("a.xlsx", ["=1"], [["=1+1"], ["=cmd()"]], tmp_path))
    assert [[cell.data_type for cell in row] for row in book.active.iter_rows()] == [["s"], ["s"], ["s"]]


def test_a_value_longer_than_a_workbook_holds_is_refused_and_not_cut(tmp_path):
    with pytest.raises(Unwritable) as refused:
        write_xlsx(io.BytesIO(), ["a", "b"], [["", "x" * 32_768]])
    assert (refused.value.code, refused.value.params) == ("cell_too_long", {"line": 2, "column": 2, "limit": 32_767})
    long = "x" * 40_000
    assert read(written("a.csv", ["a"], [[long]], tmp_path))[1] == [[long]]


def test_writing_leaves_the_stream_open():
    for writer in WRITERS.values():
        stream = io.BytesIO()
        writer(stream, ["a"], [["b"]])
        assert stream.getvalue()


def test_cells_are_read_as_a_person_sees_them(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["n", "n", "n", "date", "instant", "yes", "time", "none", "last"])
    day = datetime.datetime(2024, 1, 5)  # noqa: DTZ001
    book.active.append([3, 2.50, 0.1 + 0.2, day.date(), day.replace(hour=9, minute=5), True, datetime.time(9, 5), None, "x"])
    book.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx")[1] == [["3", "2.5", "0.3", "2024-01-05", "2024-01-05 09:05", "TRUE", "09:05", "", "x"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [(1e20, "1e+20"), (123456789012.0, "123456789012"), (-0.5, "-0.5"), (datetime.timedelta(hours=30, seconds=5), "30:00:05")],
)
def test_numbers_and_durations_as_text(value, text):
    assert cell_text(value) == text


def test_lines_are_counted_as_the_file_shows_them(tmp_path):
    book = openpyxl.Workbook()
    book.active["B3"], book.active["C3"], book.active["B5"], book.active["C6"] = "Number", "Title", "QP-01", "x"
    book.save(tmp_path / "a.xlsx")
    table = read_rows(tmp_path / "a.xlsx", "a.xlsx")
    assert (table.header, table.sheet) == (["Number", "Title"], "Sheet")
    assert list(table.rows) == [(5, ["QP-01", ""]), (6, ["", "x"])]
    (tmp_path / "a.csv").write_text('\nnumber,text\n1,"a\nb"\n\n2,c\n')
    assert list(read_rows(tmp_path / "a.csv", "a.csv").rows) == [(3, ["1", "a\nb"]), (6, ["2", "c"])]


def test_the_first_sheet_that_holds_anything_and_is_shown_is_read(tmp_path):
    book = openpyxl.Workbook()
    for title, state in (("hidden", "hidden"), ("data", "visible"), ("more", "visible")):
        sheet = book.create_sheet(title)
        sheet.append([title])
        sheet.sheet_state = state
    book.save(tmp_path / "a.xlsx")
    assert read_rows(tmp_path / "a.xlsx", "a.xlsx").sheet == "data"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_in_the_encodings_and_with_the_delimiters_people_have(tmp_path, encoding, delimiter):
    text = delimiter.join(["编号", "标题"]) + "\r\n" + delimiter.join(["QP-01", '"管理, 评审; \t龘"']) + "\r\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    table = read_rows(tmp_path / "a.csv", "a.csv")
    assert table.encoding.startswith(encoding.partition("-sig")[0])
    assert (table.header, list(table.rows)) == (["编号", "标题"], [(2, ["QP-01", "管理, 评审; \t龘"])])


def test_a_csv_file_whose_chinese_comes_late_is_read_in_gb18030(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"number,text\r\n" + b"1,x\r\n" * 300_000 + "2,管理评审\r\n".encode("gbk"))
    *_, last = read_rows(tmp_path / "a.csv", "a.csv").rows
    assert last == (300_002, ["2", "管理评审"])


def test_a_declared_delimiter_is_followed(tmp_path):
    (tmp_path / "a.csv").write_text("sep=;\na;b,c\n1;2,3\n")
    table = read_rows(tmp_path / "a.csv", "a.csv")
    assert (table.header, list(table.rows)) == (["a", "b,c"], [(3, ["1", "2,3"])])


def test_more_values_than_the_header_names_are_kept(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2,3,,\n")
    assert read(tmp_path / "a.csv")[1] == [["1", "2", "3"]]


def refusal(path, name="a.csv"):
    with pytest.raises(Unreadable) as refused:
        list(read_rows(path, name).rows)
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\r\n,,\r\n", "empty"),
        ("Maßnahme,jährlich\r\nÜber,für".encode("latin-1"), "wrong_encoding"),
        (b"a,b\r\n" + b"x" * 100_001, "cell_too_long"),
        (b"a\r\n" + b"," * 400 + b"x", "too_many_columns"),
        (b'a,b\r\n1,"open\r\n2,x', "broken_quotes"),
        (b'a,b\r\n1,"x"y\r\n', "broken_quotes"),
        (b"PK\x03\x04 no zip", "unreadable"),
        (b"%PDF-1.4", "unsupported"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(tmp_path, content, code):
    (tmp_path / "file").write_bytes(content)
    assert refusal(tmp_path / "file") == code


def test_a_workbook_with_one_cell_at_the_far_corner_does_not_fill_memory(tmp_path):
    """Sheets are unpacked as whole rectangles: this one has 17 thousand million cells."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "x", "y"
    book.save(tmp_path / "a.xlsx")
    assert refusal(tmp_path / "a.xlsx", "a.xlsx") in {"too_large", "too_many_columns", "unreadable"}


def test_a_workbook_that_is_a_bomb_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(2):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 260_000_000)
    assert refusal(tmp_path / "a.xlsx", "a.xlsx") == "zip_bomb"


def children():
    found = Path("/proc/self/task").glob("*/children")
    return {child for path in found for child in path.read_text().split()}


@pytest.mark.parametrize("begun", [True, False])
def test_a_table_that_is_forgotten_ends_its_child(tmp_path, begun):
    (tmp_path / "a.csv").write_text("a\n" + "x\n" * 200_000)
    before = children()
    table = read_rows(tmp_path / "a.csv", "a.csv")
    if begun:
        assert next(table.rows) == (2, ["x"])
    assert children() > before
    del table
    gc.collect()
    assert children() == before


def test_fifty_thousand_rows_take_seconds(tmp_path):
    rows = [[f"QP-{n}", "管理评审程序", "", "2024-01-05"] for n in range(50_000)]
    path = written("a.csv", ["number", "title", "x", "on"], rows, tmp_path)
    assert sum(1 for _ in read_rows(path, "a.csv").rows) == 50_000
