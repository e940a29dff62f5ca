"""What the child does with uploaded PDFs: measures their pages, and lays each between the strips of its stamp (law L19)."""

from typing import Any

import pypdfium2
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdfium2 import raw

from guiju.lib.problems import Unreadable

MOST_PAGES = 3000
SMALLEST, LARGEST = 36.0, 14400.0  # points: what a page's side may be, half an inch to 200 inches


def _opened(path: str) -> PdfReader:
    reader = PdfReader(path, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("encrypted")
    return reader


def sizes(request: dict[str, Any]) -> dict[str, Any]:
    """Width and height of each page as it is seen, turned pages turned."""
    reader = _opened(request["source"])
    if not 0 < len(reader.pages) <= MOST_PAGES:
        raise Unreadable("too_large" if reader.pages else "unreadable", {"reason": "pages"})
    made = []
    for page in reader.pages:
        box = page.cropbox
        turned = page.rotation % 180 == 90
        width, height = float(box.width), float(box.height)
        made.append([height, width] if turned else [width, height])
    if any(not SMALLEST <= side <= LARGEST for size in made for side in size):
        raise Unreadable("unreadable", {"reason": "size"})
    return {"sizes": made}


def stamped(request: dict[str, Any]) -> dict[str, Any]:
    """The cover, then every page made a little smaller between its strips; written to `target`."""
    _flatten(request["source"], request["flat"])
    source, stamps = _opened(request["flat"]), PdfReader(request["stamps"])
    writer = PdfWriter(clone_from=request["cover"])
    for page, stamp in zip(source.pages, stamps.pages, strict=True):
        _lay(writer, page, stamp, request["strip"])
    writer.compress_identical_objects()
    with open(request["target"], "wb") as file:
        writer.write(file)
    return {"pages": len(writer.pages)}


def _flatten(source: str, target: str) -> None:
    """Fields that were filled in and remarks become part of their pages, as a printer shows them; scripts are not run."""
    with pypdfium2.PdfDocument(source) as document:
        document.init_forms()
        for page in document:
            raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
        document.save(target)


def _lay(writer: PdfWriter, page: PageObject, stamp: PageObject, strip: float) -> None:
    """Add a page of the stamp's size: the original, upright and scaled, under the stamp. Links and scripts stay behind."""
    page.pop("/Annots", None)
    width, height = float(stamp.mediabox.width), float(stamp.mediabox.height)
    box, turn = page.cropbox, page.rotation % 360
    wide, high = (float(box.width), float(box.height)) if turn % 180 == 0 else (float(box.height), float(box.width))
    scale = min((height - 2 * strip) / high, width / wide)
    upright = Transformation().translate(-float(box.left), -float(box.bottom)).rotate(-turn)
    upright = upright.translate(wide if turn in (180, 270) else 0, high if turn in (90, 180) else 0)
    placed = upright.scale(scale).translate((width - scale * wide) / 2, (height - scale * high) / 2)
    made = writer.add_blank_page(width, height)
    made.merge_transformed_page(page, placed)
    made.merge_page(stamp)


TASKS = {"sizes": sizes, "stamped": stamped}
