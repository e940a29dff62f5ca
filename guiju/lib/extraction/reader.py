"""The parent's side: a child process that reads files, watched, ended when it fails, started again when needed."""

import json
import os
import select
import signal
import stat
import subprocess
import sys
import time
import weakref
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import guiju
from guiju.lib.extraction.kinds import kind_by_name
from guiju.lib.extraction.result import Extracted
from guiju.lib.problems import Problem, Unreadable
from guiju.lib.safe_html import below_the_page, safe_html

_ROOT = str(Path(guiju.__file__).parent.parent)
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from guiju.lib.extraction.child import main; main()"
_KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ")  # no address, key or password
_STARTING = 30.0  # seconds given to a child to start, beside those for its file
MOST_FILES = 500  # of one child: what a parser leaks is given back
LARGEST_ANSWER = 64_000_000  # bytes


class Reader:
    """Reads one file after the other in one child process. Not for several threads at once; close it or use `with`."""

    def __init__(self, *, seconds: float = 20, megabytes: int = 1024) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._child: subprocess.Popen[bytes] | None = None
        self._files = 0
        self._starting = 0.0
        self._buffer = bytearray()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def extract(self, path: Path, name: str) -> Extracted:
        """The text of a file; whatever goes wrong is a problem of the result, never an exception."""
        kinds: list[str] = []
        try:
            body = self._ask("text", path, {"name": name}, kinds)
            found = json.loads(body)
            problems = tuple(Problem(problem["code"], problem["params"]) for problem in found.pop("problems"))
            return Extracted(**found, problems=problems)
        except Unreadable as error:
            kind = (kinds or [kind_by_name(name) or "unknown"])[0]
            return Extracted(kind, problems=(error.problem,))

    def picture(self, path: Path, *, max_pixels: int = 40_000_000, max_side: int = 2400) -> bytes:
        """A picture as WebP drawn by us, without metadata; raises Unreadable."""
        return self._ask("picture", path, {"options": {"max_pixels": max_pixels, "max_side": max_side}})

    def page_image(self, path: Path, page: int, *, width: int = 1400) -> bytes:
        """A page of a PDF, counted from 1, as PNG; raises Unreadable."""
        return self._ask("page", path, {"options": {"page": page, "width": width}})

    def pages(self, path: Path) -> int:
        """How many pages a PDF has; raises Unreadable."""
        return int(self._ask("pages", path, {"options": {}}))

    def word_html(self, path: Path) -> str:
        """A Word file as HTML that is safe to show; raises Unreadable."""
        return below_the_page(safe_html(self._ask("word_html", path, {"options": {}}).decode()))

    def sheet_names(self, path: Path) -> list[str]:
        """The names of a workbook's sheets that people see and that hold anything; raises Unreadable."""
        return [str(name) for name in json.loads(self._ask("sheet_names", path, {"options": {}}))]

    def table(self, path: Path, name: str) -> Generator[Any, None, None]:
        """The rows of a spreadsheet: a mapping with header, sheet and encoding, then lists of rows; raises Unreadable."""
        with self._failures():
            self._request("table", path, {"name": name})
            while True:
                header, body = self._frame()
                if header.get("done"):
                    break
                yield json.loads(body)
        self._finish(header)

    def close(self) -> None:
        """Ends the child."""
        child, self._child = self._child, None
        if child is not None:
            self._end()

    def _ask(self, task: str, path: Path, request: dict[str, Any], kinds: list[str] | None = None) -> bytes:
        with self._failures():
            self._request(task, path, request)
            while True:
                header, body = self._frame()
                if header.get("done"):
                    break
                if kinds is not None:
                    kinds.append(str(header.get("kind", "unknown")))
        self._finish(header)
        return body

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """Whatever is left half-way ends the child, so that its rest is not taken for the next answer."""
        try:
            yield
        except OSError as error:
            self.close()
            raise Unreadable("unreadable", {"reason": "crash"}) from error
        except BaseException:
            self.close()
            raise

    def _finish(self, header: dict[str, Any]) -> None:
        if header.get("last"):
            self.close()
        if "code" in header:
            raise Unreadable(header["code"], header["params"])

    def _request(self, task: str, path: Path, request: dict[str, Any]) -> None:
        try:
            regular = stat.S_ISREG(os.stat(path).st_mode)
        except (OSError, ValueError) as error:
            raise Unreadable("unreadable", {"reason": type(error).__name__}) from error
        if not regular:
            raise Unreadable("unreadable", {"reason": "not a file"})
        child = self._running_child()
        line = json.dumps({"task": task, "path": os.fspath(path.absolute()), "seconds": self._seconds, **request})
        assert child.stdin is not None
        child.stdin.write(line.encode() + b"\n")
        child.stdin.flush()

    def _running_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._files >= MOST_FILES or self._child.poll() is not None):
            self.close()
        if self._child is None:
            self._files, self._starting = 0, _STARTING
            self._buffer.clear()
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-c", _START, _ROOT, str(self._megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={key: os.environ[key] for key in _KEPT_ENVIRONMENT if key in os.environ},
                start_new_session=True,
            )
            self._end = weakref.finalize(self, _ended, self._child)
        self._files += 1
        return self._child

    def _frame(self) -> tuple[dict[str, Any], bytes]:
        starting, self._starting = self._starting, 0.0
        deadline = time.monotonic() + self._seconds + starting
        header = self._frame_header(deadline)
        return header, self._take(header["bytes"], deadline)

    def _frame_header(self, deadline: float) -> dict[str, Any]:
        while (end := self._buffer.find(b"\n")) < 0:
            self._receive(deadline)
        try:
            header = json.loads(self._take(end + 1, deadline))
            if not isinstance(header, dict) or not 0 <= int(header["bytes"]) <= LARGEST_ANSWER:
                raise ValueError
            return header
        except (ValueError, KeyError, TypeError) as error:
            raise Unreadable("unreadable", {"reason": "garbage"}) from error

    def _take(self, count: int, deadline: float) -> bytes:
        while len(self._buffer) < count:
            self._receive(deadline)
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _receive(self, deadline: float) -> None:
        assert self._child is not None
        assert self._child.stdout is not None
        descriptor = self._child.stdout.fileno()
        waiting = select.poll()
        waiting.register(descriptor, select.POLLIN)
        if not waiting.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise Unreadable("timeout", {"seconds": round(self._seconds)})
        piece = os.read(descriptor, 1 << 20)
        if not piece:
            raise self._why_ended()
        self._buffer += piece
        if len(self._buffer) > LARGEST_ANSWER + 65536:
            raise Unreadable("too_large", {"reason": "answer"})

    def _why_ended(self) -> Unreadable:
        assert self._child is not None
        status = self._child.wait()
        if status == -signal.SIGXCPU:
            return Unreadable("timeout", {"seconds": round(self._seconds)})
        if status == -signal.SIGABRT:  # how the parsers written in C++ and Rust end when memory is refused
            return Unreadable("too_large", {"reason": "memory"})
        return Unreadable("unreadable", {"reason": "crash"})


def _ended(child: subprocess.Popen[bytes]) -> None:
    """Ends a child, also when a reader is forgotten without being closed."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
