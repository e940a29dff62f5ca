"""Which kind a file is, by its content."""

import re
import zipfile
from pathlib import Path

import puremagic

from guiju.lib.bounded import BROKEN
from guiju.lib.problems import Unreadable

_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"BM", "bmp"),
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "rar"),
    (b"\x1f\x8b", "gz"),
)
_ZIPPED = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"))
_MARKUP = re.compile(rb"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+)?(html|svg)\b", re.IGNORECASE | re.DOTALL)

# Endings that stand for a kind; others (and none) promise nothing.
_KINDS = "pdf|png|gif|tiff|bmp|webp|rtf|docx|xlsx|xlsb|pptx|odt|ods|odp|doc|xls|ppt|md|txt|csv|html|svg|zip|jpeg|heic"
_ALIASES = (
    "docm=docx|dotx=docx|dotm=docx|xlsm=xlsx|xltx=xlsx|xltm=xlsx|pptm=pptx|jpg=jpeg|tif=tiff|htm=html|markdown=md|text=txt"
    "|log=txt|tsv=csv"
)
ENDINGS = {kind: kind for kind in _KINDS.split("|")} | dict(alias.split("=") for alias in _ALIASES.split("|"))
_TEXTS = {"md", "txt", "csv"}


def kind_by_name(name: str) -> str | None:
    """The kind a name's ending promises, None if it promises none that we know."""
    return ENDINGS.get(name.rpartition(".")[2].casefold()) if "." in name else None


def mismatch(kind: str, name: str) -> bool:
    """Whether the name's ending promises another kind than the content has."""
    promised = kind_by_name(name)
    return promised is not None and promised != kind and not {promised, kind} <= _TEXTS


def kind_of(path: Path, name: str) -> str:
    """The kind of a file; raises Unreadable("empty") or ("encrypted"), the latter for office files with a password."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise Unreadable("empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    if head.startswith(_OLE):
        return _ole(path)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in {b"heic", b"heix", b"mif1", b"avif"} else "mp4"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    return _text_or_unknown(head, name)


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    return _OPEN_DOCUMENT.get(stream.read(100).strip(), "zip")
    except BROKEN as error:
        raise Unreadable("unreadable", {"reason": type(error).__name__}) from error
    return next((kind for part, kind in _ZIPPED if part in names), "zip")


def _ole(path: Path) -> str:
    """The old container of Office; a modern file with a password hides in one too."""
    found: set[str] = set()
    with path.open("rb") as stream:
        rest = b""
        while piece := stream.read(1 << 20):
            window = rest + piece
            found |= {kind for name, kind in _OLE_STREAMS if name.encode("utf-16-le") in window}
            rest = window[-64:]
    if "encrypted" in found:
        raise Unreadable("encrypted")
    return next((kind for _, kind in _OLE_STREAMS if kind in found), "ole")


def _text_or_unknown(head: bytes, name: str) -> str:
    if markup := _MARKUP.match(head):
        return markup[1].decode().casefold()
    if not looks_like_text(head):
        try:
            return puremagic.from_string(head).lstrip(".") or "unknown"
        except (puremagic.PureError, ValueError):
            return "unknown"
    promised = kind_by_name(name)
    return promised if promised in _TEXTS else "txt"


def looks_like_text(head: bytes) -> bool:
    """Whether bytes could be text in some encoding: no control characters but those of text, or UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    if b"\x00" in head:
        zeros = max(head[0::2].count(0), head[1::2].count(0))
        return zeros > len(head) // 8 and min(head[0::2].count(0), head[1::2].count(0)) == 0
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b" for byte in head)
    return controls <= len(head) // 500
