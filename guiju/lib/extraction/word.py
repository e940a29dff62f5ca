"""Word documents, read part by part as a stream."""

import re
import zipfile
from pathlib import Path

from guiju.lib.extraction.cover import cover_of
from guiju.lib.extraction.office import core_properties, elements, open_package, package_problems, parse
from guiju.lib.extraction.result import MOST_TEXT, Block, Extracted, text_of
from guiju.lib.extraction.titles import title_of
from guiju.lib.extraction.word_text import TextOfPart
from guiju.lib.problems import Problem

_MARGIN = re.compile(r"word/(header|footer)\d*\.xml$")
_NOTES = re.compile(r"word/(footnotes|endnotes)\.xml$")
_LOADING_FIELD = re.compile(r"(?i)^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b")


def read_word(path: Path) -> Extracted:
    """The text with its tables, notes, headers and footers. Problems: `macros`, `external_links`, `text_cut`, `empty`."""
    with open_package(path) as archive:
        styles = _styles(archive)
        body = TextOfPart(styles)
        parse(archive, "word/document.xml", body)
        margins = [block for part in _parts(archive, _MARGIN) for block in _blocks(archive, part, styles)]
        notes = [block for part in _parts(archive, _NOTES) for block in _blocks(archive, part, styles)]
        properties = core_properties(archive)
        problems = package_problems(archive, [code for code in body.fields if _LOADING_FIELD.match(code)])
    margins = list(dict.fromkeys(margins))
    text = text_of([*body.blocks, *notes, *margins])
    if body.cut:
        problems.append(Problem("text_cut", {"characters": MOST_TEXT}))
    if not text.strip():
        problems.append(Problem("empty"))
    cover = cover_of(body.blocks, margins=margins)
    head = " ".join(block.line for block in margins)
    title = cover.get("title") or title_of(body.blocks, properties.get("title"), head)
    return Extracted("docx", text, title, cover, tuple(problems))


def _styles(archive: zipfile.ZipFile) -> dict[str, int]:
    """Levels of paragraph styles by their id: the id is the program's, the name is the same in every language."""
    levels: dict[str, int] = {}
    style = ""
    for name, attributes, _ in elements(archive, "word/styles.xml"):
        if name == "style":
            style = attributes.get("styleId", "")
        elif name == "name" and style:
            title = attributes.get("val", "").casefold()
            if title == "title":
                levels[style] = 0
            elif match := re.fullmatch(r"heading ([1-9])", title):
                levels[style] = int(match[1])
        elif name == "outlineLvl" and style and attributes.get("val", "").isdigit() and int(attributes["val"]) < 9:
            levels.setdefault(style, int(attributes["val"]) + 1)
    return levels


def _parts(archive: zipfile.ZipFile, pattern: re.Pattern[str]) -> list[str]:
    return sorted(name for name in archive.namelist() if pattern.match(name))[:50]


def _blocks(archive: zipfile.ZipFile, part: str, styles: dict[str, int]) -> list[Block]:
    collector = TextOfPart(styles)
    parse(archive, part, collector)
    return collector.blocks
