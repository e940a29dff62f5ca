"""Text, pictures and pages of files from outside, read in a child process with limits (law L19)."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from guiju.lib.extraction.reader import Reader
from guiju.lib.extraction.result import Extracted
from guiju.lib.problems import Problem, Unreadable

__all__ = ["Extracted", "Problem", "Reader", "Unreadable", "extract", "extract_many", "page_image", "picture"]


def extract(path: Path, name: str, *, seconds: float = 20, megabytes: int = 1024) -> Extracted:
    """The text of one file. Never raises for what the file is: see `problems` of the result.

    Codes: empty, unreadable, encrypted, too_large, timeout, zip_bomb, unsupported (nothing was read); macros,
    external_links, kind_mismatch, wrong_encoding, text_cut, no_text (a PDF of pictures).
    """
    with Reader(seconds=seconds, megabytes=megabytes) as reader:
        return reader.extract(path, name)


def extract_many(files: Iterable[Path | tuple[Path, str]], *, seconds: float = 20, megabytes: int = 1024) -> Iterator[Extracted]:
    """The same for many files in their order, in one child that is started again after a failure."""
    with Reader(seconds=seconds, megabytes=megabytes) as reader:
        for file in files:
            path, name = file if isinstance(file, tuple) else (file, file.name)
            yield reader.extract(path, name)


def picture(
    path: Path, *, seconds: float = 20, megabytes: int = 1024, max_pixels: int = 40_000_000, max_side: int = 2400
) -> bytes:
    """A picture as WebP drawn by us, without metadata; raises Unreadable."""
    with Reader(seconds=seconds, megabytes=megabytes) as reader:
        return reader.picture(path, max_pixels=max_pixels, max_side=max_side)


def page_image(path: Path, page: int, width: int = 1400, *, seconds: float = 20, megabytes: int = 1024) -> bytes:
    """A page of a PDF, counted from 1, as PNG of that width; raises Unreadable."""
    with Reader(seconds=seconds, megabytes=megabytes) as reader:
        return reader.page_image(path, page, width=width)
