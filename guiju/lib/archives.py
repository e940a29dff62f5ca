"""What a folder or a zip file holds: every file is named, and those that are left aside say why."""

import os
import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from guiju.lib.bounded import RATIO_MATTERS_FROM, open_member
from guiju.lib.problems import Unreadable

LARGEST_FILE = 250_000_000  # bytes of one file
_SYSTEM = {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".localized", "icon\r"}
# In code page 437 the bytes of Latin letters; names written in Chinese encodings use those above.
_LATIN = re.compile(rb"^[\x00-\xa5\xe1]*$")


@dataclass(frozen=True)
class Found:
    """A file by its place in the tree, with "/" and composed characters (NFC).

    `ignored` says why it is left aside, None if it is not: lock_file, system_file, mac_resource, temporary_file,
    hidden, link, special_file, outside (a name that leads out of the tree), too_large, too_many, encrypted, zip_bomb,
    unreadable. `path` is its place on disk, None inside a zip file.
    """

    path_in_tree: str
    size: int
    ignored: str | None
    path: Path | None = None
    _opener: Callable[[], BinaryIO] | None = field(default=None, repr=False, compare=False)

    def open(self) -> BinaryIO:
        """The content, inside a zip file fastest while the walk goes on. Raises Unreadable, also while reading."""
        if self._opener is None:
            raise Unreadable(self.ignored or "unreadable")
        try:
            return self._opener()
        except OSError as error:
            raise Unreadable("unreadable", {"reason": type(error).__name__}) from error


def walk_folder(root: Path, *, max_files: int = 5000, max_file_bytes: int = LARGEST_FILE) -> Iterator[Found]:
    """The files below a folder, in the order of their names; links are never followed. Raises Unreadable for the root."""
    if not root.is_dir():
        raise Unreadable("unreadable", {"reason": "not a folder"})
    names = _Names(max_files)
    for path, state in _below(root):
        name = names.taken("/".join(_name_on_disk(part) for part in path.relative_to(root).parts))
        if state is None:
            yield Found(name, 0, "unreadable", path)
            continue
        ignored = ignored_by_name(name) or _ignored_by_mode(state.st_mode) or names.too_many()
        if ignored is None and state.st_size > max_file_bytes:
            ignored = "too_large"
        yield Found(name, state.st_size, ignored, path, None if ignored else partial(_open_file, path))


def walk_zip(
    path: Path, *, max_files: int = 5000, max_bytes: int = 2 << 30, max_ratio: int = 200, max_file_bytes: int = LARGEST_FILE
) -> Iterator[Found]:
    """The files in a zip file. Raises Unreadable: `empty`, `unreadable`, `zip_bomb` (an absurd number of files)."""
    with _opened(path, max_files) as archive:
        names = _Names(max_files)
        total = 0
        for member in archive.infolist():
            written = _name_in_zip(member)
            if written.endswith("/"):
                continue
            name = names.taken(written)
            ignored = _outside(written) or ignored_by_name(name) or _ignored_member(member, max_ratio, max_file_bytes)
            ignored = ignored or names.too_many()
            if ignored is None and total + member.file_size > max_bytes:
                ignored = "too_large"
            if ignored is None:
                total += member.file_size
            opener = partial(_open_member, path, archive, member, max_file_bytes, max_ratio)
            yield Found(name, member.file_size, ignored, None, None if ignored else opener)


class _Names:
    """Keeps the names of a tree apart and counts its files."""

    def __init__(self, most: int) -> None:
        self._taken: set[str] = set()
        self._most = most
        self._kept = 0

    def taken(self, name: str) -> str:
        """A name of its own: the second of two equal ones becomes "x (2).docx", since no file may hide another."""
        name = re.sub(r"[\x00-\x1f\x7f]", "\ufffd", unicodedata.normalize("NFC", name)).encode("utf-8", "replace").decode()
        stem, dot, ending = name.rpartition(".") if "." in name.rpartition("/")[2][1:] else (name, "", "")
        own, number = name, 1
        while own in self._taken:
            number += 1
            own = f"{stem} ({number}){dot}{ending}"
        self._taken.add(own)
        return own

    def too_many(self) -> str | None:
        self._kept += 1
        return "too_many" if self._kept > self._most else None


def _below(folder: Path) -> Iterator[tuple[Path, os.stat_result | None]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield folder, None
        return
    for entry in entries:
        path = folder / entry.name
        try:
            state = entry.stat(follow_symlinks=False)
        except OSError:
            yield path, None
            continue
        if stat.S_ISDIR(state.st_mode) and not entry.name.startswith("."):
            yield from _below(path)
        else:
            yield path, state  # a hidden folder (.git) is named as one


def _open_file(path: Path) -> BinaryIO:
    """Opens what was found, not what may have been put in its place since: no link, no pipe."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise Unreadable("special_file")
    return os.fdopen(descriptor, "rb")


def _open_member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo, max_bytes: int, max_ratio: int) -> BinaryIO:
    if archive.fp is not None:
        return cast(BinaryIO, open_member(archive, member, max_bytes=max_bytes, max_ratio=max_ratio))
    with zipfile.ZipFile(path) as again:  # the walk is over; what is opened stays open without the archive
        return cast(BinaryIO, open_member(again, member, max_bytes=max_bytes, max_ratio=max_ratio))


def ignored_by_name(name: str) -> str | None:
    """Why a file is left aside already by its name; None when it is not."""
    last = name.rpartition("/")[2]
    if "__MACOSX" in name.split("/")[:-1] or last.startswith("._"):
        return "mac_resource"
    if last.startswith(("~$", ".~lock.")):
        return "lock_file"
    if last.casefold() in _SYSTEM:
        return "system_file"
    if last.casefold().endswith((".tmp", ".temp", ".part", ".crdownload")) or last.startswith("~WRL"):
        return "temporary_file"
    return "hidden" if any(part.startswith(".") and part.strip(".") for part in name.split("/")) else None


def _ignored_by_mode(mode: int) -> str | None:
    if stat.S_ISLNK(mode):
        return "link"
    return None if stat.S_ISREG(mode) else "special_file"


def _ignored_member(member: zipfile.ZipInfo, max_ratio: int, max_bytes: int) -> str | None:
    mode = member.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return _ignored_by_mode(mode)
    if member.flag_bits & 1:
        return "encrypted"
    if member.file_size > max(member.compress_size * max_ratio, RATIO_MATTERS_FROM):
        return "zip_bomb"
    return "too_large" if member.file_size > max_bytes else None


def _outside(name: str) -> str | None:
    leads_out = name.startswith("/") or re.match(r"^[A-Za-z]:", name) or ".." in name.split("/")
    return "outside" if leads_out else None


def _name_in_zip(member: zipfile.ZipInfo) -> str:
    """The name as it was written: without the mark for UTF-8 its bytes may be anything, often GBK."""
    name = member.orig_filename
    if not member.flag_bits & 0x800:
        raw = name.encode("cp437")
        name = name if _LATIN.match(raw) and not _decodes(raw, "utf-8") else _decoded(raw, name)
    return name.replace("\\", "/")


def _name_on_disk(name: str) -> str:
    raw = os.fsencode(name)
    return _decoded(raw, raw.decode("latin-1"))


def _decoded(raw: bytes, otherwise: str) -> str:
    for encoding in ("utf-8", "gb18030"):
        if _decodes(raw, encoding):
            return raw.decode(encoding)
    return otherwise


def _decodes(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _opened(path: Path, max_files: int) -> zipfile.ZipFile:
    try:
        size = path.stat().st_size
        if size == 0:
            raise Unreadable("empty")
        if _directory_size(path, size) > max(max_files, 2000) * 1000:
            raise Unreadable("zip_bomb", {"files": max_files})
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise Unreadable("unreadable", {"reason": type(error).__name__}) from error


def _directory_size(path: Path, size: int) -> int:
    """Bytes of the list of files at the end of a zip file, read before `zipfile` takes it into memory whole."""
    with path.open("rb") as stream:
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return 0
    listed = struct.unpack_from("<L", tail, end + 12)[0]
    large = tail.rfind(b"PK\x06\x06", 0, end)
    return max(struct.unpack_from("<Q", tail, large + 40)[0] if large >= 0 else 0, 0 if listed == 0xFFFFFFFF else listed)
