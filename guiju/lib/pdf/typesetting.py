"""The one function through which everything is set."""

import io
import json
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from guiju.lib.pdf.glyphs import FONTS, missing_glyphs

TEMPLATES = Path(__file__).parent / "templates"
SHORT = 12  # pages; in a longer text a short last page is nothing strange, and setting it twice takes long


class Unprintable(Exception):
    """The template refused what it was given: a fault of the product, never of what a person wrote."""


def typeset(template: str, data: Mapping[str, Any], *, at: datetime, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """A tagged PDF of `data` by templates/NAME.typ. The same input makes the same bytes, where the same fonts are.

    `data` needs `language` ("en", "zh") and `title`; `at` is written into the file as when it was made. `pictures`
    are files that the data names, each by a name of ours.
    """
    found = missing_glyphs(_texts(data))
    given = {**data, "glyphs": [[one.character, one.code, one.family] for one in found]}
    with tempfile.TemporaryDirectory(prefix="guiju-print-") as folder:
        root = Path(folder)
        for part in TEMPLATES.glob("*.typ"):
            (root / part.name).write_bytes(part.read_bytes())
        for name, content in (pictures or {}).items():
            (root / name).write_bytes(content)
        (root / "data.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        try:
            made = typst.compile(
                root / f"{template}.typ",
                root=root,
                font_paths=_fonts(any(one.family for one in found)),
                format="pdf",
                timestamp=at,
            )
        except typst.TypstError as error:
            raise Unprintable(f"{error.message} {error.diagnostic}") from error
    assert isinstance(made, bytes)
    return made


def typeset_close(template: str, data: Mapping[str, Any], *, at: datetime, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """The same, set closer where that saves a page: a last page with a line or two looks as if something had been forgotten."""
    made = typeset(template, data, at=at, pictures=pictures)
    if not 1 < (pages := _pages(made)) <= SHORT:
        return made
    closer = typeset(template, {**data, "tight": True}, at=at, pictures=pictures)
    return closer if _pages(closer) < pages else made


def _pages(made: bytes) -> int:
    return len(PdfReader(io.BytesIO(made)).pages)


@cache
def _fonts(of_the_system: bool) -> typst.Fonts:
    """Ours alone, so that a print looks the same everywhere; the system's beside them only where ours lack a character."""
    return typst.Fonts(include_system_fonts=of_the_system, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _texts(value: Any) -> str:
    """All that is written in the data."""
    return "".join(_each_text(value))


def _each_text(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _each_text(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _each_text(inner)
