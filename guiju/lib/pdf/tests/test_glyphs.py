"""Which characters our fonts lack."""

import struct

from fontTools.ttLib import TTFont

from guiju.lib.pdf import glyphs
from guiju.lib.pdf.glyphs import FONTS, missing_glyphs

DAILY = "强调。，、；：？！“”‘’（）《》【】—…·㎡℃≤≥±×÷Øµ°①→☐☑✓²½€¥喆堃"


def test_what_chinese_procedures_are_written_with_is_there():
    assert missing_glyphs(DAILY) == []


def test_a_character_that_no_font_has_is_named():
    (one,) = missing_glyphs("a\ue000b\ue000")
    assert (one.character, one.code, one.family) == ("\ue000", "U+E000", "")


def test_what_is_never_drawn_is_not_missing():
    assert missing_glyphs("a\u200b\u2060\ufe0f\u00ad\n\t") == []


def test_a_font_of_the_system_that_has_the_character_is_named(monkeypatch):
    monkeypatch.setattr(glyphs, "_installed", lambda: (("Other", "other.ttf", 0), ("Rare", "rare.ttf", 0)))
    monkeypatch.setattr(glyphs, "_ranges", lambda path, index: ([0x9F90], [0x9FA5]) if path == "rare.ttf" else ([], []))
    assert glyphs._family_with(0x9F98) == "Rare"


def test_the_covered_characters_are_those_of_the_fonts():
    held = [set(TTFont(path).getBestCmap()) for path in FONTS.glob("Guiju[SL]*.?tf") if "Mono" not in path.name]
    covered = set(map(ord, (FONTS / "covered.txt").read_text(encoding="utf-8")))
    assert covered <= set.union(*held)


def test_the_table_of_characters_is_read_as_fonttools_reads_it():
    path = FONTS / "GuijuSans-Regular.otf"
    firsts, lasts = glyphs._ranges(str(path), 0)
    ours = {code for first, last in zip(firsts, lasts, strict=True) for code in range(first, last + 1)}
    assert set(TTFont(path).getBestCmap()) <= ours
    assert 0x9F98 not in ours


def test_a_file_that_is_no_font_has_no_characters(tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(struct.pack(">IHHHH", 0x10000, 500, 0, 0, 0))
    assert glyphs._ranges(str(broken), 0) == ([], [])
