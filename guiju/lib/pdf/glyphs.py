"""Which characters our fonts lack, and which font of the system has them (law L20).

The fonts themselves are read by Typst; here only their tables of characters are, and those of the system's fonts only when
a text asks for a character that ours do not have.
"""

import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"
# Drawn as nothing in any case: line ends, marks of direction, joiners, variation selectors, tags.
_UNSEEN = frozenset("\t\n\r\v\f\u00ad\u034f\u061c\ufeff") | {
    chr(code)
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xE0000, 0xE01EF))
    for code in range(first, last + 1)
}
_PREFERRED = ("Noto Sans CJK SC", "Noto Sans SC", "Noto Sans", "Noto Color Emoji")


@dataclass(frozen=True)
class Missing:
    """A character that our fonts lack. `family` is the system's font that has it; without one it is shown as a box."""

    character: str
    code: str
    name: str
    family: str


def missing_glyphs(text: str) -> list[Missing]:
    """The characters of a text that our fonts lack, each once, in the order of their codes."""
    return [_missing(character) for character in sorted(set(text) - _covered() - _UNSEEN)]


@cache
def _covered() -> frozenset[str]:
    return frozenset((FONTS / "covered.txt").read_text(encoding="utf-8"))


@cache
def _missing(character: str) -> Missing:
    family = "" if unicodedata.category(character)[0] == "C" else _family_with(ord(character))
    return Missing(character, f"U+{ord(character):04X}", unicodedata.name(character, ""), family)


def _family_with(code: int) -> str:
    """The system's family that has a character; empty when none has."""
    return next((family for family, path, index in _installed() if _has(path, index, code)), "")


@cache
def _installed() -> tuple[tuple[str, str, int], ...]:
    """(family, path, place in the file) of the system's upright fonts of ordinary weight, those we like best first."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts()
    found = {(f.family, f.path, f.index) for f in fonts if f.path and f.weight == 400 and f.style == "normal"}
    return tuple(sorted(found, key=lambda one: (_rank(one[0]), *one)))


def _rank(family: str) -> int:
    return _PREFERRED.index(family) if family in _PREFERRED else len(_PREFERRED) + ("Serif" in family or "Mono" in family)


def _has(path: str, index: int, code: int) -> bool:
    firsts, lasts = _ranges(path, index)
    place = bisect_right(firsts, code) - 1
    return place >= 0 and code <= lasts[place]


@cache
def _ranges(path: str, index: int) -> tuple[list[int], list[int]]:
    """First and last characters of the ranges that a font has; none when its file cannot be understood."""
    try:
        table = _character_table(Path(path), index)
        pairs = sorted(_groups(table)) if table else []
    except (OSError, struct.error, ValueError):
        pairs = []
    return [first for first, _last in pairs], [last for _first, last in pairs]


def _character_table(path: Path, index: int) -> bytes:
    """The best `cmap` subtable of a font: all of Unicode before its first plane (OpenType, chapter cmap)."""
    with path.open("rb") as file:
        head = file.read(12)
        start = 0
        if head[:4] == b"ttcf":
            file.seek(12 + 4 * index)
            (start,) = struct.unpack(">I", file.read(4))
            file.seek(start)
            head = file.read(12)
        (tables,) = struct.unpack(">H", head[4:6])
        for _number in range(tables):
            tag, _sum, offset, length = struct.unpack(">4sIII", file.read(16))
            if tag == b"cmap":
                file.seek(offset)
                return _subtable(file.read(length))
    return b""


def _subtable(cmap: bytes) -> bytes:
    (count,) = struct.unpack(">H", cmap[2:4])
    records = [struct.unpack(">HHI", cmap[4 + 8 * n : 12 + 8 * n]) for n in range(count)]
    unicode = [(platform, kind, at) for platform, kind, at in records if platform in (0, 3) and cmap[at + 1] in (4, 12)]
    best = max(unicode, key=lambda one: cmap[one[2] + 1], default=None)
    return cmap[best[2] :] if best else b""


def _groups(table: bytes) -> Iterable[tuple[int, int]]:
    """Ranges of characters of a subtable in format 12 or 4."""
    if table[1] == 12:
        (count,) = struct.unpack(">I", table[12:16])
        for first, last, _glyph in struct.iter_unpack(">III", table[16 : 16 + 12 * count]):
            yield first, last
        return
    (twice,) = struct.unpack(">H", table[6:8])
    lasts = struct.unpack(f">{twice // 2}H", table[14 : 14 + twice])
    firsts = struct.unpack(f">{twice // 2}H", table[16 + twice : 16 + 2 * twice])
    for first, last in zip(firsts, lasts, strict=True):
        if first <= last and first != 0xFFFF:
            yield first, last
