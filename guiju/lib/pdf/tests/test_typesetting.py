"""What comes out of the compiler, read by another library."""

import io
import re

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ContentStream

from guiju.lib.pdf import glyphs, typesetting
from guiju.lib.pdf.blocks import blocks
from guiju.lib.pdf.tests.cover import AT, cover
from guiju.lib.pdf.typesetting import typeset, typeset_close

CHINESE = "本指导书**强调。**后文，“引号”与‘单引号’（括号），面积12㎡，照度≤500 lx，误差±0.5，直径Ø8。"


def set_text(text: str, **changed) -> bytes:
    return typeset("sheet", cover(blocks=blocks(text), **changed), at=AT)


def words(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def fonts(made: bytes) -> set[str]:
    """The fonts that a PDF holds, without the six letters of a subset."""
    found = set()
    for page in PdfReader(io.BytesIO(made)).pages:
        for font in page["/Resources"].get_object().get("/Font", {}).values():
            found.add(re.sub(r"^/[A-Z]{6}\+", "", font.get_object()["/BaseFont"]))
    return found


def without_shape(made: bytes) -> int:
    """How often the shape of what a font lacks (.notdef) is drawn: it has number 0 in every font, two bytes a glyph."""
    found = 0
    reader = PdfReader(io.BytesIO(made))
    for page in reader.pages:
        for operands, operator in ContentStream(page["/Contents"], reader).operations:
            if operator in (b"Tj", b"TJ"):
                shown = operands[0] if isinstance(operands[0], list) else operands
                codes = b"".join(getattr(one, "original_bytes", b"") for one in shown)
                found += sum(codes[n : n + 2] == b"\0\0" for n in range(0, len(codes), 2))
    return found


def test_chinese_comes_out_as_it_was_written():
    made = set_text(CHINESE, language="zh", title="台灯成品检验")
    found = re.sub(r"\s", "", words(made))
    assert re.sub(r"[\s*]", "", CHINESE) in found
    assert without_shape(made) == 0


def test_the_measure_of_missing_shapes_finds_one(monkeypatch):
    monkeypatch.setattr(typesetting, "missing_glyphs", lambda text: [])
    assert without_shape(set_text("\ue000")) == 1


def test_only_our_fonts_are_in_a_print_of_what_they_have():
    assert all(name.startswith("Guiju") for name in fonts(set_text(CHINESE + " `code` *em*", language="zh")))


def test_a_character_that_no_font_has_stands_as_its_code(monkeypatch):
    monkeypatch.setattr(glyphs, "_missing", lambda one: glyphs.Missing(one, f"U+{ord(one):04X}", "", ""))
    found = words(set_text("Name 龘 and 😀"))
    assert "U+9F98" in found and "U+1F600" in found
    assert without_shape(set_text("Name 龘 and 😀")) == 0


def test_a_character_of_a_font_of_the_system_is_set_in_that(monkeypatch):
    family = next((family for family, path, index in glyphs._installed() if glyphs._has(path, index, 0x9F98)), "")
    assert family, "make setup installs a font with all Chinese characters"
    made = set_text("龘", language="zh")
    assert "龘" in words(made)
    assert any(not name.startswith("Guiju") for name in fonts(made))


def test_the_pdf_is_tagged_and_says_title_and_language():
    catalogue = PdfReader(io.BytesIO(set_text("## A\n\ntext", language="zh", title="标题"))).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower() == "zh-cn"
    assert PdfReader(io.BytesIO(set_text("", title="标题"))).metadata.title == "标题"


def test_the_same_input_makes_the_same_bytes():
    assert set_text("## A\n\ntext") == set_text("## A\n\ntext")


def test_what_people_write_is_never_source():
    hostile = '#import "/etc/passwd" \\ #panic("x") $x^2$ @ref <label> `raw` *a* _b_ = no // no /* no'
    found = words(set_text(hostile, title="#panic()", facts=[["#{1/0}", '#read("data.json")']]))
    assert '#import "/etc/passwd"' in found and "#panic()" in found and "#{1/0}" in found


def test_a_long_table_repeats_its_head_on_every_page():
    rows = "\n".join(f"| {n} | words |" for n in range(120))
    made = set_text(f"| Limit | Item |\n|--|--|\n{rows}")
    document = pypdfium2.PdfDocument(made)
    assert len(document) > 2
    assert all("Limit" in page.get_textpage().get_text_range() for page in document)


def test_every_page_says_which_it_is_of_how_many():
    found = words(set_text("\n\n".join(["word " * 300] * 6)))
    pages = int(re.search(r"page 1 of (\d+)", found)[1])
    assert pages > 2 and f"page {pages} of {pages}" in found


def test_a_copy_that_is_not_in_force_says_so_on_each_page():
    document = pypdfium2.PdfDocument(set_text("\n\n".join(["word " * 300] * 3), mark="Superseded"))
    assert all(page.get_textpage().get_text_range().count("Superseded") >= 2 for page in document)


def test_the_fingerprint_stands_in_the_footer_when_it_is_given():
    assert "Fingerprint 7c1e" in words(set_text("x", fingerprint="Fingerprint 7c1e"))


SRC = "attachment:0190b0f0-0000-7000-8000-000000000001"
AROUND = ["{}", "before {} after", "- item {}", "| h |\n|-|\n| {} |", "> {}", "[{}](https://a.example)", "**{}**"]


@pytest.mark.parametrize("around", AROUND)
def test_a_picture_is_shown_within_the_page_wherever_it_stands(around):
    picture = io.BytesIO()
    Image.new("RGB", (3000, 5000), "navy").save(picture, "WEBP")
    data = cover(blocks=blocks(around.format(f"![plan]({SRC})"), picture=lambda src: "0.webp"))
    made = typeset("sheet", data, at=AT, pictures={"0.webp": picture.getvalue()})
    document = pypdfium2.PdfDocument(made)
    seen = [one.get_bounds() for page in document for one in page.get_objects() if one.type == 3]
    assert len(seen) == 1
    assert all(left >= 0 and right <= 596 and bottom >= 0 and top <= 842 for left, bottom, right, top in seen)


@pytest.mark.parametrize(
    "text", ["", "- \n", "> ", "|a|\n|-|\n", "![]()", "****", "# ", "\x07", "1. - > # x", "[](https://a.example)"]
)
def test_nothing_that_is_written_can_keep_a_print_from_being_made(text):
    assert set_text(text).startswith(b"%PDF")


def pages(made: bytes) -> int:
    return len(PdfReader(io.BytesIO(made)).pages)


def test_no_page_is_begun_for_a_line_or_two():
    texts = ("\n\n".join(f"Paragraph {n}." for n in range(count)) for count in range(20, 60))
    data = next(one for text in texts if pages(typeset("sheet", one := cover(blocks=blocks(text)), at=AT)) == 2)
    assert pages(typeset_close("sheet", data, at=AT)) == 1


def test_what_is_no_shorter_when_set_closer_is_set_as_ever():
    data = cover(blocks=blocks("\n\n".join(f"Paragraph {n}." for n in range(50))))
    assert typeset_close("sheet", data, at=AT) == typeset("sheet", data, at=AT)


@pytest.mark.parametrize("length", [76, 77, 78, 79, 80])
def test_no_paragraph_ends_with_a_line_of_a_single_character(length):
    made = set_text("措" * length + "。", language="zh", title="台灯")
    last = [line for line in words(made).splitlines() if "措" in line][-1]
    assert last.count("措") > 1
