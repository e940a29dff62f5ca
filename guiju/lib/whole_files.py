"""Small files that are there whole or not at all, also after a loss of power, and a lock between processes."""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def held(lock: Path, *, waits: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Let one process of this machine in at a time. The lock's file stays; the system lets go of it when a process dies.

    `waits` is called when another one is in.
    """
    lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waits()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads. FileExistsError when it is there: nothing is ever overwritten."""
    made = _beside(path, content)
    try:
        os.link(made, path)
    finally:
        made.unlink()
    _keep_name(path)


def write_over(path: Path, content: bytes) -> None:
    """Put a file in the place of the one that is there, if any."""
    os.replace(_beside(path, content), path)
    _keep_name(path)


def move_over(path: Path, target: Path) -> None:
    """Give a file the name of another, which is gone then."""
    os.replace(path, target)
    _keep_name(target)


def _beside(path: Path, content: bytes) -> Path:
    """A new file in the same folder (mkstemp: O_EXCL, mode 0600), written through to the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        os.unlink(made)
        raise
    return Path(made)


def _keep_name(path: Path) -> None:
    handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
