"""Uploaded PDFs between their strips."""

import io

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from guiju.lib.pdf.blocks import blocks
from guiju.lib.pdf.stamping import page_sizes, stamped
from guiju.lib.pdf.tests.cover import AT, cover
from guiju.lib.pdf.typesetting import typeset
from guiju.lib.problems import Unreadable


@pytest.fixture
def upload(tmp_path):
    """A PDF of three pages: A4, turned, and small."""
    writer = PdfWriter(clone_from=io.BytesIO(typeset("sheet", cover(title="Sales", blocks=blocks("word " * 1200)), at=AT)))
    while len(writer.pages) > 3:
        writer.remove_page(len(writer.pages) - 1)
    writer.pages[1].rotate(90)
    writer.pages[2].cropbox.upper_right = (300, 400)
    path = tmp_path / "upload.pdf"
    writer.write(path)
    return path


def test_a_cover_sheet_goes_in_front_and_every_page_is_stamped(upload):
    document = pypdfium2.PdfDocument(stamped(upload, cover(), at=AT))
    assert len(document) == 4
    for number, page in enumerate(document, 1):
        text = page.get_textpage().get_text_range()
        assert f"page {number} of 4" in text and "WI-031" in text and "Uncontrolled when printed." in text


def test_the_pages_keep_their_size_and_stand_upright(upload):
    document = pypdfium2.PdfDocument(stamped(upload, cover(), at=AT))
    sizes = [(round(page.get_width()), round(page.get_height()), page.get_rotation()) for page in document]
    assert sizes[1:] == [(595, 842, 0), (842, 595, 0), (300, 400, 0)]


def test_every_stamped_page_of_a_copy_that_is_not_in_force_says_so(upload):
    document = pypdfium2.PdfDocument(stamped(upload, cover(mark="Draft"), at=AT))
    assert all("Draft" in page.get_textpage().get_text_range() for page in document)


def test_scripts_and_links_of_the_upload_stay_behind(upload):
    writer = PdfWriter(clone_from=upload)
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")})
    writer.root_object[NameObject("/OpenAction")] = script
    button = {"/Type": "/Annot", "/Subtype": "/Link"}
    link = DictionaryObject({NameObject(key): NameObject(value) for key, value in button.items()})
    link[NameObject("/Rect")] = ArrayObject([NumberObject(n) for n in (0, 0, 90, 90)])
    link[NameObject("/A")] = script
    writer.pages[0][NameObject("/Annots")] = ArrayObject([link])
    writer.write(upload)
    made = stamped(upload, cover(), at=AT)
    assert b"/JavaScript" in upload.read_bytes() and b"/JavaScript" not in made
    assert all(not page.annotations for page in PdfReader(io.BytesIO(made)).pages[1:])


def test_a_pdf_with_a_password_is_named(upload):
    writer = PdfWriter(clone_from=upload)
    writer.encrypt("secret")
    writer.write(upload)
    with pytest.raises(Unreadable) as why:
        page_sizes(upload)
    assert why.value.code == "encrypted"


def test_a_broken_pdf_is_named(tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    with pytest.raises(Unreadable) as why:
        page_sizes(broken)
    assert why.value.code == "unreadable"
