"""What a file looks like, for the page: Word as HTML, PDF as pictures of its pages, the first sheet, pictures drawn anew.

Made from the file and kept beside it under a seal of this installation, so that nobody can slip in another picture; what
does not bear the seal is made again. Never the file itself (law L19).
"""

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from guiju.lib.extraction import Reader
from guiju.lib.extraction.kinds import kind_of
from guiju.lib.problems import Unreadable
from guiju.lib.safe_html import safe_html
from guiju.spine.attachments import storage
from guiju.spine.attachments.models import Attachment

ROWS, COLUMNS = 100, 20  # of a sheet
NAMED = 5  # sheets that are not shown, and said by name
WIDTHS = (600, 900, 1800)  # pixels of a page: on a phone, at a desk, and on a screen of twice the density
MOST_PAGES = 200
SEAL = 64  # characters before the content
PICTURES = {"png", "jpeg", "gif", "webp", "tiff", "bmp"}


@dataclass(frozen=True)
class Preview:
    """`html` of a Word file, `rows` of a sheet, `pages` of a PDF, one page for a picture; `code` says why there is none."""

    kind: str
    pages: int = 0
    html: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    more: bool = False
    sheet: str = ""  # whose rows these are, where the workbook has others
    others: int = 0  # how many other sheets are only in the file
    named: tuple[str, ...] = ()  # the first of them
    code: str = ""

    @property
    def widths(self) -> tuple[int, ...]:
        """At how many pixels its pages can be drawn; none for a picture, which is as wide as it is."""
        return () if self.kind == "picture" else WIDTHS

    @property
    def numbers(self) -> range:
        """The pages that can be shown."""
        return range(1, min(self.pages, MOST_PAGES) + 1)


def of(attachment: Attachment) -> Preview | None:
    """The preview that was made; None while there is none yet."""
    body = _read(attachment, "preview")
    if body is None:
        return None
    kept = json.loads(body)
    rows = tuple(tuple(row) for row in kept.pop("rows"))
    named = tuple(kept.pop("named", ()))  # what was kept before sheets were named is read as well
    return Preview(**{**kept, "html": safe_html_kept(kept["html"]), "rows": rows, "named": named})


def safe_html_kept(html: str) -> str:
    """What was cleaned when it was made, cleaned once more: two locks on one door."""
    return safe_html(html) if html else ""


def make(attachment: Attachment) -> Preview:
    """Look at a file in the child process and keep what it looks like; made again it is the same."""
    path = storage.place(attachment.organization_id, attachment.digest)
    try:
        made = _made(path, attachment.name)
    except (Unreadable, OSError) as error:
        made = Preview("none", code=getattr(error, "code", "unreadable"))
    _keep(attachment, "preview", json.dumps(asdict(made), ensure_ascii=False).encode())
    return made


def _made(path: Path, name: str) -> Preview:
    kind = kind_of(path, name)
    with Reader() as reader:
        if kind == "docx":
            return Preview(kind, html=reader.word_html(path))
        if kind == "pdf":
            return Preview(kind, pages=reader.pages(path))
        if kind in ("xlsx", "xls", "ods", "csv"):
            return _sheet(reader, path, name, kind)
        if kind in PICTURES:
            return Preview("picture", pages=1)
    return Preview("none", code="unsupported")


def _sheet(reader: Reader, path: Path, name: str, kind: str) -> Preview:
    """The first rows and columns of the first sheet, the header among them, and which sheets there are beside it."""
    sheets = reader.sheet_names(path) if kind != "csv" else []
    portions = reader.table(path, name)
    beginning = next(portions)
    header, sheet = beginning["header"], beginning["sheet"]
    others = [one for one in sheets if one != sheet]
    values = ((row for _number, row in portion) for portion in portions)
    found = list(islice((row for portion in values for row in portion), ROWS))
    wide = len(header) > COLUMNS or any(len(row) > COLUMNS for row in found)
    rows = tuple(tuple(cell[:500] for cell in row[:COLUMNS]) for row in [header, *found[: ROWS - 1]])
    more = wide or len(found) >= ROWS
    return Preview(kind, rows=rows, more=more, sheet=sheet if others else "", others=len(others), named=tuple(others[:NAMED]))


def fitting(width: int) -> int:
    """The width at which a page is drawn for whoever asks for so many pixels: few widths, since each is kept."""
    return next((one for one in WIDTHS if one >= width), WIDTHS[-1])


def page(attachment: Attachment, number: int, width: int = WIDTHS[1]) -> tuple[bytes, str] | None:
    """A page, counted from 1, as a picture and its media type; None where there is no such page.

    A page of a PDF is drawn at the `fitting` width; a picture is as wide as it is.
    """
    preview = of(attachment)
    if preview is None and attachment.media_type.startswith("image/"):
        preview = make(attachment)  # quickly done, and in a text nobody waits for the worker
    if preview is None or not 1 <= number <= min(preview.pages, MOST_PAGES):
        return None
    picture = preview.kind == "picture"
    path = storage.place(attachment.organization_id, attachment.digest)

    def draw() -> bytes:
        with Reader() as reader:
            return reader.picture(path) if picture else reader.page_image(path, number, width=fitting(width))

    try:
        name = f"page-{number}" if picture else f"page-{number}-{fitting(width)}"
        return _kept_or(attachment, name, draw), "image/webp" if picture else "image/png"
    except (Unreadable, OSError):
        return None


def forget(organization: UUID, digest: str) -> None:
    """Remove what was made of a file: with the file, its preview goes."""
    shutil.rmtree(_folder(organization, digest), ignore_errors=True)


def _folder(organization: UUID, digest: str) -> Path:
    return Path(settings.FILES) / organization.hex / "previews" / digest[:2] / digest


def _kept_or(attachment: Attachment, name: str, draw: Callable[[], bytes]) -> bytes:
    found = _read(attachment, name)
    if found is None:
        found = draw()
        _keep(attachment, name, found)
    return found


def _seal(attachment: Attachment, name: str, body: bytes) -> bytes:
    words = f"{attachment.organization_id.hex}/{attachment.digest}/{name}/".encode() + body
    return salted_hmac("guiju.previews", words, algorithm="sha256").hexdigest().encode()


def _keep(attachment: Attachment, name: str, body: bytes) -> None:
    """Write it whole or not at all. A disk without room is no reason to show nothing."""
    folder = _folder(attachment.organization_id, attachment.digest)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"{name}.half"
        half.write_bytes(_seal(attachment, name, body) + body)
        half.replace(folder / name)
    except OSError:
        return


def _read(attachment: Attachment, name: str) -> bytes | None:
    try:
        kept = (_folder(attachment.organization_id, attachment.digest) / name).read_bytes()
    except OSError:
        return None
    seal, body = kept[:SEAL], kept[SEAL:]
    return body if constant_time_compare(seal, _seal(attachment, name, body)) else None
