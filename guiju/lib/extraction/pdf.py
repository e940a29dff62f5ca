"""PDF files: text of their pages, and a page as a picture."""

import ctypes
import io
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw

from guiju.lib.extraction.cover import cover_of
from guiju.lib.extraction.result import MOST_TEXT, Block, Extracted
from guiju.lib.extraction.titles import looks_like_title, title_of
from guiju.lib.problems import Problem, Unreadable
from guiju.lib.words import HAN

MOST_PAGES = 2000
LARGEST_PICTURE = 40_000_000  # pixels
_CHINESE = f"{HAN}\u3001-\u3002\uff01-\uff0f\uff1a-\uff20\u201c\u201d\u2018\u2019\u300a\u300b\u3008\u3009"
_BROKEN_CHINESE = re.compile(f"(?<=[{_CHINESE}])[ \t]*\n[ \t]*(?=[{_CHINESE}])")
_BROKEN_WORD = re.compile(r"(?<=\w)[\ufffe\x02\u00ad]\n?(?=\w)")
_RADICAL = re.compile("[\u2f00-\u2fdf]")
_ENDS_PARAGRAPH = re.compile("[。.:;!?\uff01\uff1f\uff1a\uff1b]$")


def read_pdf(path: Path) -> Extracted:
    """The text of the pages. Problems: `no_text` (pictures of pages), `text_cut`; raises Unreadable."""
    document = _open(path)
    try:
        texts: list[str] = []
        total = len(document)
        for number in range(min(total, MOST_PAGES)):
            texts.append(_page_text(document, number))
            if sum(map(len, texts)) > MOST_TEXT:
                break
        text = "\n".join(part for part in texts if part)[:MOST_TEXT]
        problems = [Problem("text_cut", {"characters": len(text)})] if len(texts) < total or len(text) == MOST_TEXT else []
        if not text.strip():
            problems.append(Problem("no_text"))
        lines = [Block(line.strip()) for line in (texts[0] if texts else "").split("\n") if line.strip()]
        cover = cover_of(lines)
        title = cover.get("title") or title_of(lines, document.get_metadata_dict().get("Title")) or _largest_line(document)
        return Extracted("pdf", text, title, cover, tuple(problems), pages=total)
    finally:
        document.close()


def page_count(path: Path) -> bytes:
    """How many pages there are, as text; raises Unreadable."""
    document = _open(path)
    try:
        return str(len(document)).encode()
    finally:
        document.close()


def page_png(path: Path, page: int, width: int) -> bytes:
    """A page, counted from 1, as a PNG of the given width; raises Unreadable("no_page"), ("too_large") and others."""
    document = _open(path)
    try:
        if not 1 <= page <= len(document):
            raise Unreadable("no_page", {"page": page, "pages": len(document)})
        sheet = document[page - 1]
        across, down = sheet.get_size()
        if across <= 0 or down <= 0:
            raise Unreadable("unreadable", {"reason": "page size"})
        scale = width / across
        if width * down * scale > LARGEST_PICTURE:
            raise Unreadable("too_large", {"pixels": LARGEST_PICTURE})
        picture = sheet.render(scale=scale).to_pil()
        target = io.BytesIO()
        picture.convert("RGB").save(target, "PNG", optimize=False)
        return target.getvalue()
    finally:
        document.close()


def joined(text: str) -> str:
    """The text of a page with lines that break within Chinese, or within a hyphenated word, put together again."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text = _BROKEN_WORD.sub("", text).replace("\ufffe", "-")
    text = _RADICAL.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    lines = [line.strip() for line in text.split("\n")]
    longest = max(map(len, lines), default=0)
    pieces: list[str] = []
    for line in lines:
        # A line that stops well before the margin ends on purpose: a heading, a label, the end of a paragraph.
        full = bool(pieces) and len(pieces[-1].rpartition("\n")[2]) >= 0.6 * longest and not _ENDS_PARAGRAPH.search(pieces[-1])
        if full and _BROKEN_CHINESE.search(pieces[-1][-1:] + "\n" + line[:1]):
            pieces[-1] += "\n" + line
        else:
            pieces.append(line)
    return "\n".join(_BROKEN_CHINESE.sub("", piece) for piece in pieces)


def _open(path: Path) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "password" in str(error).casefold():
            raise Unreadable("encrypted") from error
        raise Unreadable("unreadable", {"reason": "pdf"}) from error


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""  # one broken page does not hide the others
    textpage = page.get_textpage()
    try:
        return joined(textpage.get_text_bounded())
    finally:
        textpage.close()
        page.close()


def _largest_line(document: pypdfium2.PdfDocument) -> str | None:
    """The line in the largest letters of the first page, if it is larger than the rest."""
    if not len(document):
        return None
    try:
        textpage = document[0].get_textpage()
    except pypdfium2.PdfiumError:
        return None
    sizes: dict[float, list[str]] = defaultdict(list)
    for index in range(min(textpage.count_chars(), 4000)):
        sizes[_height(textpage, index)].append(chr(raw.FPDFText_GetUnicode(textpage, index)))
    usual = max(sizes, key=lambda size: len(sizes[size]), default=0)
    for size in sorted(sizes, reverse=True):
        line = " ".join(joined("".join(sizes[size]).strip()).split())
        if size > usual * 1.15 and looks_like_title(line):
            return line
    return None


def _height(textpage: pypdfium2.PdfTextPage, index: int) -> float:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    return round(raw.FPDFText_GetFontSize(textpage, index) * (abs(matrix.d) or abs(matrix.b) or 1), 1)
