"""Reading what somebody packed: streams that stop before they fill memory or disk."""

import io
import lzma
import zipfile
import zlib
from typing import IO

from guiju.lib.problems import Unreadable

RATIO_MATTERS_FROM = 10_000_000  # bytes: below, even an absurd ratio does no harm and honest forms reach 1:200


# What unpacking raises, by the kind of compression; ValueError: a name that is not in the encoding that it says.
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, OSError, EOFError, ValueError)


class BoundedStream(io.RawIOBase):
    """A readable stream that gives at most `limit` bytes; raises Unreadable: `zip_bomb`, or `unreadable` if it breaks."""

    def __init__(self, stream: IO[bytes], limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]
        try:
            piece = self._stream.read(len(buffer))
        except BROKEN as error:  # a wrong checksum, a broken stream
            raise Unreadable("unreadable", {"reason": type(error).__name__}) from error
        self._given += len(piece)
        if self._given > self._limit:
            raise Unreadable("zip_bomb", {"bytes": self._limit})
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def open_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, max_bytes: int, max_ratio: int = 200) -> io.BufferedReader:
    """A member of a zip file as a stream that is bounded by size and by ratio, whatever its header says.

    Raises Unreadable: `encrypted`, `unsupported` (compression), `unreadable`, and `zip_bomb` here or while reading.
    """
    if member.flag_bits & 1:
        raise Unreadable("encrypted")
    limit = min(max_bytes, max(member.compress_size * max_ratio, RATIO_MATTERS_FROM))
    if member.file_size > limit:
        raise Unreadable("zip_bomb", {"bytes": limit})
    try:
        return io.BufferedReader(BoundedStream(archive.open(member), limit), 65536)
    except NotImplementedError as error:
        raise Unreadable("unsupported", {"kind": "zip"}) from error
    except BROKEN as error:
        raise Unreadable("unreadable", {"reason": type(error).__name__}) from error
