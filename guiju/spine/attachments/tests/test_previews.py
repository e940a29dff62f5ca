"""A file is shown by what we draw of it, never by itself (law L19)."""

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from PIL import Image

from guiju.lib.safe_html import below_the_page, safe_html
from guiju.lib.spreadsheets import write_xlsx
from guiju.lib.tests.office_files import docx, paragraph, pdf
from guiju.spine.attachments import previews
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import keep

FOLDER = Path(settings.PACKAGE).parent / "tests" / "data" / "qms-folder"


def kept(path: Path, name: str = ""):
    with path.open("rb") as stream:
        return keep(stream, name or path.name)


@pytest.fixture
def word(as_wei) -> Attachment:
    """A real Word file."""
    return kept(next(path for path in sorted(FOLDER.rglob("*.docx")) if not path.name.startswith("~")))


def test_there_is_none_before_it_was_made(as_wei, tmp_path):
    path = docx(tmp_path / "a.docx", paragraph("Hello"))
    assert previews.of(kept(path)) is None


def test_a_word_file_is_shown_as_text_and_tables(word):
    made = previews.make(word)
    assert made.kind == "docx" and "<p>" in made.html and "<table>" in made.html
    assert previews.of(word) == made


def test_a_pdf_is_shown_as_pictures_of_its_pages(as_wei, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf(["one"], ["two"]))
    file = kept(tmp_path / "a.pdf")
    assert previews.make(file).pages == 2
    drawn = previews.page(file, 2)
    assert drawn is not None and drawn[1] == "image/png" and drawn[0].startswith(b"\x89PNG")
    assert previews.page(file, 3) is None and previews.page(file, 0) is None


def test_a_page_is_drawn_at_one_of_few_widths_that_fits_the_screen(as_wei, tmp_path):
    assert [previews.fitting(width) for width in (0, 600, 601, 1800, 99_999)] == [600, 600, 900, 1800, 1800]
    (tmp_path / "a.pdf").write_bytes(pdf(["one"]))
    file = kept(tmp_path / "a.pdf")
    previews.make(file)
    drawn = previews.page(file, 1, 300)
    assert drawn is not None and Image.open(BytesIO(drawn[0])).width == 600


def test_of_a_workbook_the_first_hundred_rows_and_twenty_columns(as_wei, tmp_path):
    with (tmp_path / "a.xlsx").open("wb") as stream:
        write_xlsx(stream, [f"c{n}" for n in range(25)], [[str(row)] * 25 for row in range(150)])
    made = previews.make(kept(tmp_path / "a.xlsx"))
    assert (len(made.rows), len(made.rows[0]), made.more) == (100, 20, True)
    assert made.rows[0][0] == "c0" and made.rows[1][0] == "0"


def workbook(path: Path, *sheets: str) -> Path:
    """A workbook whose sheets hold a word each; after them an empty one and a hidden one."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title in sheets:
        book.create_sheet(title).append([f"in {title}"])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Hidden")
    hidden.append(["secret"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_of_a_workbook_with_several_sheets_it_says_which_is_shown_and_which_are_not(as_wei, tmp_path):
    file = kept(workbook(tmp_path / "a.xlsx", "计划", *(f"Month {n}" for n in range(1, 8))))
    made = previews.make(file)
    assert made.rows == (("in 计划",),)
    assert (made.sheet, made.others) == ("计划", 7)
    assert made.named == ("Month 1", "Month 2", "Month 3", "Month 4", "Month 5")
    assert previews.of(file) == made


def test_of_a_workbook_with_one_sheet_that_holds_anything_no_others_are_named(as_wei, tmp_path):
    made = previews.make(kept(workbook(tmp_path / "a.xlsx", "Only")))
    assert (made.sheet, made.others, made.named) == ("", 0, ())


def test_a_preview_kept_before_sheets_were_named_is_still_shown(as_wei, tmp_path):
    file = kept(workbook(tmp_path / "a.xlsx", "One", "Two"))
    previews._keep(
        file, "preview", json.dumps({"kind": "xlsx", "pages": 0, "html": "", "rows": [["a"]], "more": False, "code": ""}).encode()
    )
    found = previews.of(file)
    assert found is not None and found.rows == (("a",),) and found.others == 0


def test_a_picture_is_drawn_anew_without_what_is_hidden_in_it(as_wei, tmp_path):
    picture = Image.new("RGB", (60, 40), "red")
    exif = picture.getexif()
    exif[0x010E] = "secret place"
    picture.save(tmp_path / "a.jpg", exif=exif)
    file = kept(tmp_path / "a.jpg")
    previews.make(file)
    drawn = previews.page(file, 1)
    assert drawn is not None and drawn[1] == "image/webp" and b"secret place" not in drawn[0]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf(["x"], encrypted=True)),
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.svg", b"<svg onload='alert(1)'/>"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a.bin", b"\x00\x01\x02"),
    ],
)
def test_what_cannot_or_may_not_be_shown_says_why(as_wei, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    made = previews.make(kept(tmp_path / name))
    assert made.kind == "none" and made.code and not made.html and not made.pages


def test_a_wrong_ending_is_seen_through(as_wei, tmp_path):
    (tmp_path / "a.docx").write_bytes(pdf(["one"]))
    assert previews.make(kept(tmp_path / "a.docx")).kind == "pdf"


def test_a_preview_that_was_slipped_in_is_not_shown(word):
    previews.make(word)
    place = previews._folder(word.organization_id, word.digest) / "preview"
    place.write_bytes(place.read_bytes().replace(b"<p>", b"<p>x"))
    assert previews.of(word) is None


def test_with_the_file_its_preview_goes(word):
    previews.make(word)
    previews.forget(word.organization_id, word.digest)
    assert previews.of(word) is None


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<p onclick=x>a<script>b</script></p>", "<p>a</p>"),
        ('<img src="http://x/y.png">', "<img>"),
        ('<img src="data:image/svg+xml;base64,AAAA">', "<img>"),
        ('<img src="data:image/webp;base64,AAAA">', '<img src="data:image/webp;base64,AAAA">'),
        ('<a href="javascript:x">a</a>', '<a rel="noopener">a</a>'),
        ('<a href="data:text/html,x">a</a>', '<a rel="noopener">a</a>'),
        ('<p style="position:fixed">a</p><iframe src="x"></iframe>', "<p>a</p>"),
    ],
)
def test_html_from_outside_keeps_only_what_cannot_act(html, safe):
    assert safe_html(html) == safe == safe_html(safe)


def test_headings_stand_below_those_of_the_page():
    assert below_the_page("<h1>T</h1><h4>x</h4>") == "<h3>T</h3><h6>x</h6>"


def test_every_file_of_the_real_folder_can_be_seen(as_wei):
    for path in sorted(p for p in FOLDER.rglob("*") if p.suffix in (".docx", ".pdf")):
        made = previews.make(kept(path))
        assert made.html or made.pages, path.name
