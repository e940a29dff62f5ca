"""Uploaded PDFs, each page between two strips that say what it is, behind a cover sheet."""

import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from guiju.lib.pdf.children import asked
from guiju.lib.pdf.typesetting import typeset

STRIP = 32.0  # points at the head and the foot of each page


def page_sizes(source: Path) -> list[list[float]]:
    """Width and height in points of every page. Raises Unreadable: encrypted, unreadable, too_large, timeout."""
    sizes: list[list[float]] = asked("pages", {"task": "sizes", "source": str(source.absolute())})["sizes"]
    return sizes


def stamped(
    source: Path,
    cover: Mapping[str, Any],
    *,
    at: datetime,
    pictures: Mapping[str, bytes] | None = None,
    sizes: list[list[float]] | None = None,
) -> bytes:
    """The file with the sheet `cover` in front (data of templates/sheet.typ), every page stamped.

    Raises Unreadable as `page_sizes` does; nothing can then be shown of the file.
    """
    sizes = sizes or page_sizes(source)
    with tempfile.TemporaryDirectory(prefix="guiju-print-") as name:
        folder = Path(name)
        parts = {part: folder / f"{part}.pdf" for part in ("cover", "stamps", "flat", "target")}
        parts["cover"].write_bytes(typeset("sheet", {**cover, "following": len(sizes)}, at=at, pictures=pictures))
        over = {**cover, "blocks": [], "sizes": sizes, "before": len(page_sizes(parts["cover"])), "following": len(sizes)}
        parts["stamps"].write_bytes(typeset("stamp", {**over, "strip": STRIP}, at=at))
        request = {"task": "stamped", "source": str(source.absolute()), "strip": STRIP}
        asked("pages", request | {part: str(path) for part, path in parts.items()})
        return parts["target"].read_bytes()
