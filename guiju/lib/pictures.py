"""Pictures from outside, drawn anew by us: bounded, upright, without place, camera or anything hidden (law L19)."""

import io
import warnings
from pathlib import Path
from typing import IO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from guiju.lib.problems import Unreadable

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
CONTENT_TYPE = "image/webp"
_SHARP = {"PNG", "GIF", "BMP"}  # drawings and screen pictures: loss would show at their edges


def reencode(source: IO[bytes] | Path, *, max_pixels: int = 40_000_000, max_side: int = 2400) -> bytes:
    """The picture as WebP, at most `max_side` wide and high; of a moving one the first frame.

    Raises Unreadable: `too_large` (pixels, before any is unpacked), `unreadable`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow only warns at sizes which we refuse below
            with Image.open(source, formats=FORMATS) as picture:
                if picture.width * picture.height > max_pixels:
                    raise Unreadable("too_large", {"pixels": picture.width * picture.height, "limit": max_pixels})
                sharp = picture.format in _SHARP
                picture.draft("RGB", (max_side, max_side))
                picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
                return _encoded(_plain(ImageOps.exif_transpose(picture)), sharp)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        code = "too_large" if isinstance(error, Image.DecompressionBombError) else "unreadable"
        raise Unreadable(code, {"reason": type(error).__name__}) from error


def _plain(picture: Image.Image) -> Image.Image:
    """Pixels in sRGB and nothing else."""
    transparent = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    profile = picture.info.get("icc_profile")
    drawn = picture.convert("RGBA" if transparent else "RGB")
    if profile and picture.mode in {"RGB", "RGBA"}:
        drawn = _in_srgb(drawn, profile)
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    return clean


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=picture.mode) or picture
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture  # a broken profile: the colours as they are stored


def _encoded(picture: Image.Image, sharp: bool) -> bytes:
    target = io.BytesIO()
    if sharp:
        picture.save(target, "WEBP", lossless=True, quality=50, method=2)
    else:
        picture.save(target, "WEBP", quality=84, method=3)
    return target.getvalue()
