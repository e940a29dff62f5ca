"""Files on disk, at organization/digest; written whole or not at all, never overwritten (law L19)."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused

CHUNK = 1 << 20


@dataclass(frozen=True)
class Stored:
    """A file that is safely on disk."""

    digest: str
    size: int
    path: Path


def place(organization: UUID, digest: str) -> Path:
    return Path(settings.FILES) / organization.hex / digest[:2] / digest


def store(organization: UUID, stream: BinaryIO, *, limit: int | None = None) -> Stored:
    """Copy a stream to its place, in pieces, and answer its SHA-256 and size in bytes.

    Refused when it is empty or larger than `limit` bytes (by default the installation's), or when the disk is
    full; nothing is left behind then.
    """
    limit = limit or settings.MAX_UPLOAD_BYTES
    waiting = Path(settings.FILES) / organization.hex / "incoming"
    name = ""
    try:
        waiting.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=waiting)
        with os.fdopen(handle, "wb") as target:
            digest, size = _copy(stream, target, limit)
        final = place(organization, digest)
        final.parent.mkdir(parents=True, exist_ok=True)
        if not final.exists():
            os.replace(name, final)
            _sync_folder(final.parent)
        return Stored(digest, size, final)
    except OSError as error:
        raise Refused(_("The file could not be stored: %(why)s."), {"why": error.strerror or str(error)}) from error
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name)


def _copy(stream: BinaryIO, target: BinaryIO, limit: int) -> tuple[str, int]:
    running, size = sha256(), 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > limit:
            raise Refused(_("The file is larger than %(limit)s MB, the most that is taken here."), {"limit": limit >> 20})
        running.update(piece)
        target.write(piece)
    if size == 0:
        raise Refused(_("The file is empty (0 bytes)."))
    target.flush()
    os.fsync(target.fileno())
    return running.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_on_disk(organization: UUID, digest: str) -> str | None:
    """The SHA-256 of what lies at a digest's place; None when nothing does."""
    try:
        with place(organization, digest).open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def set_aside(organization: UUID, digest: str) -> Path | None:
    """Take a file from its place, to be put back or removed; answers where it lies now, None when there is nothing.

    One that was set aside and forgotten, since the program was stopped then, is taken up again.
    """
    aside = Path(settings.FILES) / organization.hex / "leaving" / digest
    with suppress(FileNotFoundError):
        aside.parent.mkdir(parents=True, exist_ok=True)
        os.replace(place(organization, digest), aside)
    return aside if aside.exists() else None


def put_back(organization: UUID, digest: str, aside: Path) -> None:
    final = place(organization, digest)
    final.parent.mkdir(parents=True, exist_ok=True)
    os.replace(aside, final)


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            yield piece
