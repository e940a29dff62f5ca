import time
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from guiju.lib import extraction
from guiju.lib.tests import office_files as office

FOLDER = Path(__file__).parents[3] / "tests" / "data" / "qms-folder"


@pytest.fixture(scope="module")
def reader():
    with extraction.Reader() as reader:
        yield reader


@pytest.fixture
def read(reader, tmp_path):
    """Reads bytes, or a file, under a name."""

    def read(content, name):
        if isinstance(content, Path):
            return reader.extract(content, name)
        path = tmp_path / "file"
        path.write_bytes(content)
        return reader.extract(path, name)

    return read


def codes(found):
    return [problem.code for problem in found.problems]


def test_a_whole_folder_of_real_documents_is_read_in_seconds():
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    began = time.monotonic()
    found = list(extraction.extract_many(files))
    assert time.monotonic() - began < 8
    assert len(found) == 38
    assert all(each.text.strip() and not each.problems for each in found)


@pytest.mark.parametrize(
    ("path", "kind", "title"),
    [
        ("capa/sop-capa.docx", "docx", "SOP Corrective and Preventive Action (CAPA)"),
        ("13485-mapping.docx", "docx", "ISO 13485:2016 Mapping of Requirements to Documents"),
        ("sop-feedback-management.md", "md", "SOP Feedback Management and Customer Complaints"),
        ("sop-sales.pdf", "pdf", "SOP Sales"),
        ("human-resources/training-record.md", "md", None),
        ("sop-update-of-regulations.docx", "docx", None),
    ],
)
def test_kind_and_title_of_real_documents(read, path, kind, title):
    found = read(FOLDER / path, Path(path).name)
    assert (found.kind, found.title) == (kind, title)


def test_the_text_of_a_word_file_includes_its_tables(read):
    assert "Process Owner\t<enter role of process owner>" in read(FOLDER / "capa/sop-capa.docx", "a.docx").text


def test_a_pdf_tells_how_many_pages_it_has(read):
    assert read(FOLDER / "sop-sales.pdf", "a.pdf").pages == 5


def test_a_word_file_leaves_out_what_was_deleted_or_drawn_twice(read, tmp_path):
    twice = "<w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>"
    twice = f"<w:p>{twice}<mc:Fallback>{{0}}</mc:Fallback></mc:AlternateContent></w:r></w:p>".format(office.paragraph("boxed"))
    gone = "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>stays</w:t></w:r></w:ins></w:p>"
    assert read(office.docx(tmp_path / "a.docx", twice, gone), "a.docx").text == "boxed\nstays"


def test_tabs_and_breaks_of_a_word_file_part_words(read, tmp_path):
    body = "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>"
    assert read(office.docx(tmp_path / "a.docx", body), "a.docx").text == "a\tb\nc"


def test_headers_and_footnotes_are_read_and_a_repeated_header_once(read, tmp_path):
    parts = {f"word/header{n}.xml": office.part(office.paragraph("岚竹照明"), "hdr") for n in (1, 2)}
    parts["word/footnotes.xml"] = office.part(office.paragraph("a note"), "footnotes")
    assert (
        read(office.docx(tmp_path / "a.docx", office.paragraph("text"), parts=parts), "a.docx").text == "text\na note\n岚竹照明"
    )


def test_styles_are_known_by_name_in_whatever_language_word_ran(read, tmp_path):
    path = office.docx(
        tmp_path / "a.docx", office.paragraph("岚竹照明"), office.paragraph("管理评审程序", "a3"), office.paragraph("目的", "1")
    )
    assert read(path, "a.docx").title == "管理评审程序"


@pytest.mark.parametrize(
    "of_file", ["", "Document1", "Microsoft Word - abc.doc", "文档1", "The title of the file this was made from"]
)
def test_a_title_in_the_properties_that_the_text_does_not_repeat_gives_way(read, tmp_path, of_file):
    path = office.docx(tmp_path / "a.docx", office.paragraph("Management review", "1"), title=of_file)
    assert read(path, "a.docx").title == "Management review"


def test_a_title_in_the_properties_counts_where_nothing_else_is_said(read, tmp_path):
    assert (
        read(office.docx(tmp_path / "a.docx", office.paragraph("text"), title="Management review"), "a").title
        == "Management review"
    )


def test_headings_of_sections_are_no_title(read, tmp_path):
    body = [office.paragraph(text, "1") for text in ("1. Purpose", "2. Scope", "3. Records")]
    assert read(office.docx(tmp_path / "a.docx", *body), "a.docx").title is None
    assert (
        read(office.docx(tmp_path / "b.docx", office.paragraph("Risk management", bold=True), *body), "b.docx").title
        == "Risk management"
    )


def test_macros_are_a_problem_and_the_text_is_read(read, tmp_path):
    path = office.docx(tmp_path / "a.docm", office.paragraph("text"), parts={"word/vbaProject.bin": b"x"})
    found = read(path, "a.docm")
    assert (found.kind, found.text, codes(found)) == ("docx", "text", ["macros"])


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject"])
def test_what_a_word_file_would_load_from_outside_is_a_problem(read, tmp_path, kind):
    parts = {
        "word/_rels/document.xml.rels": office.relations((kind, "http://example.org/x"), ("hyperlink", "https://example.org"))
    }
    found = read(office.docx(tmp_path / "a.docx", office.paragraph("text"), parts=parts), "a.docx")
    assert found.text == "text"
    assert [(p.code, p.params) for p in found.problems] == [
        ("external_links", {"count": 1, "kinds": kind, "first": "http://example.org/x"})
    ]


def test_a_link_to_a_file_share_is_a_problem_and_one_to_the_web_is_not(read, tmp_path):
    for target, expected in (
        ("https://example.org", []),
        ("file:///c:/x", ["external_links"]),
        ("\\\\server\\x", ["external_links"]),
    ):
        parts = {"word/_rels/document.xml.rels": office.relations(("hyperlink", target))}
        assert codes(read(office.docx(tmp_path / "a.docx", office.paragraph("text"), parts=parts), "a.docx")) == expected


def test_a_field_that_calls_another_program_is_a_problem(read, tmp_path):
    field = '<w:p><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe "/k calc"</w:instrText></w:r><w:r><w:t>text</w:t></w:r></w:p>'
    found = read(office.docx(tmp_path / "a.docx", field), "a.docx")
    assert (found.text, codes(found)) == ("text", ["external_links"])


def test_a_workbook_is_read_with_the_names_of_its_sheets(read, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "设备"
    book.active.append(["设备台账"])
    book.active.append(["编号", "数量", None, "=1+1"])
    book.active.append(["EQ-01", 3.0, "龘"])
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx", "a.xlsx")
    assert found.kind == "xlsx"
    assert found.title == "设备台账"
    assert found.text.split("\n") == ["设备", "设备台账", "编号\t数量", "EQ-01\t3\t龘"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
def test_text_is_read_in_the_encodings_people_have(read, encoding):
    found = read("风险管理程序:识别、评价。The risk procedure\r\nsecond line".encode(encoding), "a.txt")
    assert (found.text, found.problems) == ("风险管理程序:识别、评价。The risk procedure\nsecond line", ())


def test_text_in_another_encoding_is_shown_with_a_problem(read):
    found = read("Überprüfung der Maßnahmen, jährlich".encode("latin-1"), "a.txt")
    assert "der Ma" in found.text
    assert codes(found) == ["wrong_encoding"]


def test_what_no_database_takes_is_taken_out_of_a_text(read):
    assert read(b"\xef\xbb\xbfa\x00b", "a.txt").text == "ab"


def test_front_matter_of_markdown_is_its_cover(read):
    text = "---\ntitle: 'Risk management'\nid: QP-05\nversion: 1.2\nauthor: <name>\ntags:\n  - a\n---\n# Another heading\n\ntext"
    found = read(text.encode(), "a.md")
    assert found.title == "Risk management"
    assert found.cover == {"title": "Risk management", "number": "QP-05", "revision": "1.2"}


def test_a_rule_at_the_top_is_no_front_matter(read):
    assert "One sentence without anything" in read(b"---\nOne sentence without anything\n---\ntext", "a.md").text


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.xlsx", "a.md", "a.png", "a"])
def test_a_file_of_no_bytes_is_empty(read, name):
    found = read(b"", name)
    assert (codes(found), found.text) == (["empty"], "")


def test_a_file_without_text_is_empty(read, tmp_path):
    assert codes(read(office.docx(tmp_path / "a.docx", office.paragraph(" ")), "a.docx")) == ["empty"]
    assert codes(read(b" \n ", "a.txt")) == ["empty"]


def test_a_kind_that_is_not_what_the_name_says_is_a_problem(read):
    found = read(office.pdf(["A page of text"]), "a.docx")
    assert (found.kind, codes(found)) == ("pdf", ["kind_mismatch"])
    assert found.problems[0].params == {"named": "docx", "is": "pdf"}
    assert "A page of text" in found.text


def test_a_kind_we_cannot_read_is_named(read, tmp_path):
    assert read(b"{\\rtf1 text}", "a.rtf").problems == (extraction.Problem("unsupported", {"kind": "rtf"}),)
    Image.new("RGB", (2, 2)).save(tmp_path / "a.jpg")
    assert read(tmp_path / "a.jpg", "a.jpg") == extraction.Extracted("jpeg")


def test_a_pdf_in_large_letters_has_its_title_there(read):
    found = read(office.pdf([("Control of records", 24), "Records are kept for ten years.", "They are legible."]), "a.pdf")
    assert found.title == "Control of records"


def test_a_pdf_without_text_says_so(read):
    assert codes(read(office.pdf([]), "a.pdf")) == ["no_text"]


def test_the_first_page_of_a_pdf_is_its_cover(read):
    found = read(office.pdf([("Internal audit", 24), "Document No.: QP-09   Rev.: B", "Effective date: 3 May 2024"]), "a.pdf")
    assert found.cover == {"number": "QP-09", "revision": "B", "effective_on": "2024-05-03"}


def test_a_page_of_a_pdf_is_drawn_as_wide_as_asked(reader):
    drawn = reader.page_image(FOLDER / "sop-sales.pdf", 2, width=700)
    assert drawn.startswith(b"\x89PNG")
    assert extraction.page_image(FOLDER / "sop-sales.pdf", 2, 700) == drawn


def test_a_page_that_is_not_there_is_named(reader):
    with pytest.raises(extraction.Unreadable) as refused:
        reader.page_image(FOLDER / "sop-sales.pdf", 6)
    assert (refused.value.code, refused.value.params) == ("no_page", {"page": 6, "pages": 5})


def test_a_picture_is_drawn_anew_in_the_child(reader, tmp_path):
    Image.new("RGB", (4000, 1000), "red").save(tmp_path / "a.jpg")
    assert reader.picture(tmp_path / "a.jpg", max_side=400)[8:12] == b"WEBP"
