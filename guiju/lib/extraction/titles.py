"""What a document calls itself."""

import re
from collections.abc import Sequence

from guiju.lib.extraction.result import Block
from guiju.lib.words import words

_BEFORE_TITLE = re.compile(
    r"(?i)^(table of contents|contents|(revision|change|document) history|目 *录|(修订|修改|变更)(记录|历史)|文件修订.*)$"
)
_NO_TITLE = re.compile(
    r"(?i)^(untitled|no title|document ?\d*|microsoft (word|excel|powerpoint).*|powerpoint.*|book ?\d+|sheet ?\d+|slide ?\d*"
    r"|template|title|summary|introduction|purpose|scope|general( information)?"
    r"|文档 ?\d*|新建.*文档.*|工作簿 ?\d*|无标题.*|标题|前言|目的|范围|概述|总则)$"
)
_SECTION = re.compile(
    r"^\s*(\d+([.、)\uff0e\uff09]|\.\d+)+\s*|\d+\s+(?=\S)|第?[一二三四五六七八九十]+[章节、.\uff0e]\s*|[IVX]+\.\s+|[A-Z]\.\s+)\S"
)
_NO_END = (".", "。", ";", "\uff1b", ",", "\uff0c", ":", "\uff1a")
_FILE = re.compile(r"(?i)\.(docx?|docm|dotx?|pdf|xlsx?|pptx?|md|txt|wps|odt)$|[\\/]\S+[\\/]")
FIRST_BLOCKS = 60


def looks_like_title(text: str) -> bool:
    """Whether a text can be a document's title: not a program's default, a file name, a sentence or a placeholder."""
    text = " ".join(text.split())
    if not 2 <= len(text) <= 160 or not words(text) or _NO_TITLE.match(text) or _BEFORE_TITLE.match(text):
        return False
    return not _FILE.search(text) and not text.endswith(_NO_END) and not re.fullmatch(r"[<\[{(].*[>\]})]|[\W\d_]+", text)


def title_of(blocks: Sequence[Block], of_file: str | None, head: str = "") -> str | None:
    """The title by a document's own words.

    A title kept in the file's properties counts where the first part of the text repeats it, since files that
    were made from another keep the other's; else the first title or heading that is not a numbered section;
    the property after all if there is none; last a short bold line at the very beginning.
    """
    first = blocks[:FIRST_BLOCKS]
    of_file = " ".join(of_file.split()) if of_file and looks_like_title(of_file) else None
    if of_file and "".join(words(of_file)) in "".join(words(head + " " + " ".join(block.line for block in first))):
        return of_file
    title = next((block.text for block in first if block.level == 0 and looks_like_title(block.text)), None)
    heading = _first_heading(first)
    bold = _bold_beginning(blocks)
    if heading and bold and sum(block.level == 1 for block in blocks) >= 3:
        heading = bold  # headings of the first level are its sections
    found = title or heading or of_file or bold
    return " ".join(found.split()) if found else None


def _first_heading(blocks: Sequence[Block]) -> str | None:
    """The first heading, unless it shows that headings begin with the sections ("1. Purpose")."""
    for block in blocks:
        if block.level is not None and block.text.strip() and not _BEFORE_TITLE.match(block.text.strip()):
            return block.text if looks_like_title(block.text) and not _SECTION.match(block.text) else None
    return None


def _bold_beginning(blocks: Sequence[Block]) -> str | None:
    lines = [block for block in blocks if block.line.strip()][:3]
    for block in lines:
        short = not block.cells and len(block.text) <= 80
        if block.bold and short and looks_like_title(block.text) and not _SECTION.match(block.text):
            return " ".join(block.text.split())
    return None
