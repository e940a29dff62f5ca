import pytest

from guiju.lib.extraction.cover import cover_of
from guiju.lib.extraction.pdf import joined
from guiju.lib.extraction.plain import decode, markdown_blocks
from guiju.lib.extraction.result import Block
from guiju.lib.extraction.titles import looks_like_title
from guiju.lib.extraction.written_dates import iso_date


def of_table(*rows):
    return cover_of([Block(cells=row) for row in rows])


def of_lines(*lines):
    return cover_of([Block(line) for line in lines])


def test_labels_beside_their_values():
    assert of_table(
        ("Document No.", "QP-05"), ("Version", "1.2"), ("Effective date", "15.01.2024"), ("Prepared by", "Lin Xiaowen")
    ) == {
        "number": "QP-05",
        "revision": "1.2",
        "effective_on": "2024-01-15",
        "author": "Lin Xiaowen",
    }


def test_two_pairs_in_a_row():
    assert of_table(
        ("文件编号", "QP/LZ-05-2024", "版 本", "A/0"),
        ("编制", "林晓雯", "审核", "周敏"),
        ("批准", "陈玮", "生效日期", "2024年3月1日"),
    ) == {
        "number": "QP/LZ-05-2024",
        "revision": "A/0",
        "author": "林晓雯",
        "reviewer": "周敏",
        "approver": "陈玮",
        "effective_on": "2024-03-01",
    }


def test_a_head_with_a_logo_at_its_left():
    assert of_table(("岚竹照明", "文件编号\uff1a", "QP-01"), ("岚竹照明", "版次\uff1a", "B")) == {
        "number": "QP-01",
        "revision": "B",
    }


def test_labels_over_their_values():
    assert of_table(("文件编号", "版本", "页码"), ("WI-031", "A0", "1/5")) == {"number": "WI-031", "revision": "A0"}


def test_a_history_gives_its_highest_revision():
    history = (
        ("Version", "Date", "Author"),
        ("2", "2023-05-01", "A. B."),
        ("10", "2024-05-01", "C. D."),
        ("1", "2022-05-01", "E. F."),
    )
    assert of_table(*history) == {"revision": "10", "effective_on": "2024-05-01"}


def test_a_table_of_data_is_no_cover():
    assert of_table(("Name", "Version", "Use"), ("Editor", "1.2", "Texts"), ("Shell", "5.1", "Scripts")) == {}
    assert of_table(("Section", "Title", "Document"), ("4.1", "General", "Manual")) == {}
    assert of_table(("No.", "Name", "Signature"), ("1", "", "")) == {}


def test_several_labels_in_one_line():
    assert of_lines("Doc. No.: QP-05    Rev.: B   Page 1 of 3") == {"number": "QP-05", "revision": "B"}
    assert of_lines("文件编号\uff1aQP-05 版本\uff1aA/0 生效日期\uff1a2024.01.01") == {
        "number": "QP-05",
        "revision": "A/0",
        "effective_on": "2024-01-01",
    }


def test_a_sentence_with_such_a_word_is_no_label():
    assert of_lines("The complaint names the version: it is 3.") == {}


def test_bold_lines_of_markdown():
    assert cover_of(markdown_blocks("**Version:** 2.1\n**Approved by**: Chen Wei, 2024-05-01\n")) == {
        "revision": "2.1",
        "approver": "Chen Wei",
    }


@pytest.mark.parametrize("value", ["", "___", "<enter version>", "N/A", "TBD", "-", "待定", "[version]"])
def test_a_placeholder_is_no_value(value):
    assert of_table(("Version", value), ("Document number", value)) == {}


def test_a_cover_is_looked_for_at_the_beginning_only():
    assert cover_of([Block("text")] * 60 + [Block("Version: 2")]) == {}


def test_headers_and_footers_complete_the_cover():
    assert cover_of([Block("Version: 2")], margins=[Block("Document No.: QP-05"), Block("Version: 1")]) == {
        "revision": "2",
        "number": "QP-05",
    }


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2024-01-05", "2024-01-05"),
        ("2024/1/5", "2024-01-05"),
        ("2024年1月5日", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("5.1.2024", "2024-01-05"),
        ("5 Jan 2024", "2024-01-05"),
        ("January 5th, 2024", "2024-01-05"),
        ("25/01/2024", "2024-01-25"),
        ("01/25/2024", "2024-01-25"),
        ("05/05/2024", "2024-05-05"),
        ("03/04/2024", None),
        ("2024-13-05", None),
        ("A/0", None),
        ("", None),
    ],
)
def test_dates_as_written_are_iso_where_they_are_certain(written, date):
    assert iso_date(written) == date


@pytest.mark.parametrize(
    "text", ["Purpose", "目的", "QP-05.docx", "/srv/x/y", "Document1", "<title>", "123", "A sentence ends.", "", "目  录"]
)
def test_what_is_no_title(text):
    assert not looks_like_title(text)


@pytest.mark.parametrize("text", ["Control of documents", "管理评审程序", "ISO 9001 mapping", "5S"])
def test_what_can_be_a_title(text):
    assert looks_like_title(text)


def test_lines_that_break_within_chinese_are_joined():
    page = "1. 目的\r\n为了识别和评价风险与机遇并策划应对措施特制定本\r\n程序\uff0c适用于公司所有过程。\r\n2. 范围\r\n"
    page += "the risk pro\ufffe\r\ncedure"
    assert joined(page).split("\n") == [
        "1. 目的",
        "为了识别和评价风险与机遇并策划应对措施特制定本程序\uff0c适用于公司所有过程。",
        "2. 范围",
        "the risk procedure",
    ]


@pytest.mark.parametrize("text", ["风险管理", "a", "Überprüfung jährlich für alle", "繁體中文資料 和 简体中文资料"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_encoding_that_is_known_is_certain(text, encoding):
    assert (decode(text.encode(encoding))[0], decode(text.encode(encoding))[2]) == (text, True)


def test_a_beginning_that_ends_within_a_character_is_decoded():
    assert decode("风险".encode()[:-1], cut=True) == ("风", "utf-8", True)
    assert decode("风险管理".encode("gb18030")[:-1], cut=True) == ("风险管", "gb18030", True)
