"""A Word file as HTML, by mammoth, in the limited child process; pictures are drawn anew on the way (law L19)."""

import base64
import io
from pathlib import Path
from typing import Any

import mammoth

from guiju.lib.extraction.office import open_package
from guiju.lib.pictures import reencode
from guiju.lib.problems import Unreadable

MOST_HTML = 20_000_000  # bytes, pictures included
MOST_PICTURES = 100
LARGEST_SIDE = 1600  # pixels


def word_html(path: Path) -> bytes:
    """The text as HTML with pictures as WebP in it; raises Unreadable. It is cleaned by whoever shows it."""
    open_package(path).close()  # refuses what is no package, or a bomb
    drawn: list[str] = []

    def picture(image: Any) -> dict[str, str]:
        if len(drawn) >= MOST_PICTURES:
            return {}
        try:
            with image.open() as stream:
                data = reencode(io.BytesIO(stream.read()), max_side=LARGEST_SIDE)
        except Unreadable:
            return {}
        drawn.append("")
        return {"src": f"data:image/webp;base64,{base64.b64encode(data).decode()}"}

    with path.open("rb") as stream:
        html: str = mammoth.convert_to_html(stream, convert_image=mammoth.images.img_element(picture)).value
    body = html.encode()
    if len(body) > MOST_HTML:
        raise Unreadable("too_large", {"bytes": len(body), "limit": MOST_HTML})
    return body
