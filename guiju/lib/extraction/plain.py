"""Text files and Markdown: their encoding, front matter, headings and tables."""

import codecs
import re
from pathlib import Path

from guiju.lib.extraction.cover import cover_of
from guiju.lib.extraction.result import MOST_TEXT, Block, Extracted
from guiju.lib.extraction.titles import title_of
from guiju.lib.problems import Problem

MOST_BYTES = 16_000_000
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_USUAL_CHINESE = re.compile(r"[\u2010-\u2026\u2460-\u2473\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u00b7\u00b0-\u00b1\u00d7]")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_MARKS = re.compile(r"(?<!\\)(\*\*|__|\*|`|~~)|\\(?=[\\`*_{}\[\]()#+\-.!<>|~])")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")


def decode(raw: bytes, *, cut: bool = False) -> tuple[str, str, bool]:
    """Bytes as text, the name of the encoding, and whether that is certain enough.

    UTF-8, UTF-16 with or without mark, else GB18030, which is believed if it yields Chinese as people write it.
    `cut`: the bytes are the beginning of more and may end within a character.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :], encoding, "replace", cut), encoding, True
    for encoding in ("utf-16-le", "utf-16-be"):
        if raw[1 if encoding == "utf-16-le" else 0 :: 2][:2000].count(0) > min(len(raw), 4000) // 8:
            return _decoded(raw, encoding, "replace", cut), encoding, True
    for encoding in ("utf-8", "gb18030"):
        try:
            text = _decoded(raw, encoding, "strict", cut)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" or _reads_as_chinese(text):
            return text, encoding, True
    return raw.decode("cp1252", "replace"), "cp1252", False


def read_plain(path: Path, kind: str) -> Extracted:
    """A text, Markdown or CSV file. Problems: `wrong_encoding` (it was guessed), `text_cut` (only its beginning)."""
    with path.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    cut = len(raw) > MOST_BYTES
    text, encoding, certain = decode(raw[:MOST_BYTES], cut=cut)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems = [] if certain else [Problem("wrong_encoding", {"encoding": encoding})]
    if cut or len(text) > MOST_TEXT:
        text = text[:MOST_TEXT]
        problems.append(Problem("text_cut", {"characters": len(text)}))
    if not text.strip():
        problems.append(Problem("empty"))
    matter, body = front_matter(text) if kind == "md" else ([], text)
    blocks = markdown_blocks(body[:200_000]) if kind == "md" else [Block(line) for line in body[:200_000].split("\n")]
    cover = cover_of(blocks, matter)
    title = cover.get("title") or title_of(blocks, None)
    return Extracted(kind, text, title, cover, tuple(problems))


def front_matter(text: str) -> tuple[list[Block], str]:
    """The front matter between two lines of `---` as pairs of cells, and the rest."""
    lines = text.split("\n", 100)
    if not lines or lines[0].strip() != "---":
        return [], text
    ends = [n for n, line in enumerate(lines[1:-1] if len(lines) > 100 else lines[1:], start=1) if line.strip() in {"---", "..."}]
    if not ends or not all(re.match(r"^(\s*$|\s*#|\s*-\s|\s+\S|[\w .-]+:)", line) for line in lines[1 : ends[0]]):
        return [], text
    pairs = [line.partition(":") for line in lines[1 : ends[0]] if re.match(r"^[\w .-]+:", line)]
    blocks = [Block(cells=(key.strip().replace("_", " "), value.strip().strip("'\""))) for key, _, value in pairs]
    return blocks, "\n".join(lines[ends[0] + 1 :])


def markdown_blocks(text: str) -> list[Block]:
    """Paragraph lines, headings and rows of tables, without the marks of Markdown."""
    blocks: list[Block] = []
    fenced = False
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        elif fenced:
            blocks.append(Block(line))
        elif heading := _HEADING.match(line):
            blocks.append(Block(unmarked(heading[2]), level=len(heading[1])))
        elif number + 1 < len(lines) and line.strip() and re.match(r"^(={3,}|-{3,})\s*$", lines[number + 1]) and "|" not in line:
            blocks.append(Block(unmarked(line.strip()), level=1 if lines[number + 1].startswith("=") else 2))
        elif line.lstrip().startswith("|") and not _RULE.match(line):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            blocks.append(Block(cells=tuple(unmarked(cell).strip() for cell in cells)))
        elif line.strip() and not _RULE.match(line) and not re.match(r"^\s*={3,}\s*$", line):
            blocks.append(Block(unmarked(line.strip()), bold=line.strip().startswith("**")))
    return blocks


def unmarked(text: str) -> str:
    """A line of Markdown without emphasis, code and link marks."""
    return _MARKS.sub("", _LINK.sub(r"\1", text))


def _decoded(raw: bytes, encoding: str, errors: str, cut: bool) -> str:
    return codecs.getincrementaldecoder(encoding)(errors).decode(raw, final=not cut)


def _reads_as_chinese(text: str) -> bool:
    """European text read as GB18030 yields characters too, but rare ones: its second bytes are ASCII letters."""
    foreign = "".join(character for character in text[:20_000] if character > "\x7f")
    usual = len(_USUAL_CHINESE.findall(foreign))
    common = len(foreign.encode("gb2312", "ignore")) // 2
    return usual >= 0.9 * len(foreign) and common >= 0.5 * len(foreign)
