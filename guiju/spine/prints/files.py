"""What becomes of a file in a print: its pages, its text, its picture, or only its name and digest with the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from guiju.lib.extraction import picture
from guiju.lib.pdf.blocks import Data, blocks, plain_blocks
from guiju.lib.pdf.stamping import STRIP, page_sizes
from guiju.lib.problems import Unreadable
from guiju.spine.prints import office
from guiju.spine.prints.sheets import File

PICTURES = frozenset("png jpg jpeg webp gif tif tiff".split())
TEXTS = frozenset("md markdown txt csv".split())
LONGEST_TEXT = 2 << 20  # bytes of a text file that are set


def way(file: File) -> str:
    """How a file is printed: pages, office, picture, text, or cover (nothing but what it is called)."""
    if file.ending == "pdf":
        return "pages"
    if file.ending in office.ENDINGS:
        return "office" if office.program() else "cover"
    return "picture" if file.ending in PICTURES else "text" if file.ending in TEXTS else "cover"


def refuse_if_altered(file: File) -> None:
    """Raises Unreadable: `gone`, `altered`."""
    try:
        with file.path.open("rb") as stream:
            found = file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable("gone") from error
    if found != file.digest:
        raise Unreadable("altered")


def text_blocks(file: File, notes: dict[str, str]) -> list[Data]:
    """The blocks of a text file. Raises Unreadable when it is too long to be set."""
    if file.path.stat().st_size > LONGEST_TEXT:
        raise Unreadable("too_large")
    text = text_of(file.path)
    return blocks(text, notes=notes) if file.ending in ("md", "markdown") else plain_blocks(text, notes=notes)


def text_of(path: Path) -> str:
    """A text in the encodings of today and of older Chinese programs."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def drawn(path: Path) -> bytes:
    """A picture as we draw it anew; raises Unreadable."""
    return picture(path, max_side=2000)


@contextmanager
def as_pages(file: File) -> Iterator[tuple[Path, list[list[float]]]]:
    """The file as a PDF and the sizes of its pages, while the block runs; raises Unreadable."""
    if file.ending == "pdf":
        yield file.path, page_sizes(file.path)
        return
    with office.converted(file.path, file.ending) as made:
        yield made, page_sizes(made)


def reduced_to(sizes: list[list[float]]) -> int:
    """To how many hundredths the pages become smaller, to make room for the strips."""
    return min(round(100 * (height - 2 * STRIP) / height) for _width, height in sizes)


def reason(code: str, params: dict[str, Any]) -> str:
    """Why a file cannot be shown, in words."""
    words = {
        "gone": _("It is not on the disk any more; its content could not be printed."),
        "altered": _("Its bytes on the disk are not those that were signed for; its content is not printed."),
        "encrypted": _("It is protected by a password, so that its pages cannot be printed."),
        "no_program": _("It is an Office file, and LibreOffice is not installed here to set its pages."),
        "timeout": _("It took too long to set its pages."),
        "too_large": _("It is too large to be set."),
        "kind": _("It is of a kind that cannot be set on paper here."),
    }
    return words.get(code) or _("It is damaged, so that its pages cannot be printed.")
