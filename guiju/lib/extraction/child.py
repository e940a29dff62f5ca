"""The process in which files from outside are parsed: limited in memory, time and what it may write (law L19).

It reads one request a line (JSON) and answers in frames: a line of JSON with the length of the bytes that follow.
It never imports what the web or the database needs, and is started without the parent's environment.
"""

import json
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any

from guiju.lib.extraction.kinds import kind_by_name, kind_of, mismatch
from guiju.lib.extraction.pdf import page_count, page_png, read_pdf
from guiju.lib.extraction.plain import read_plain
from guiju.lib.extraction.result import Extracted
from guiju.lib.extraction.rows import send_table, sheet_names
from guiju.lib.extraction.sheets import read_sheets
from guiju.lib.extraction.word import read_word
from guiju.lib.extraction.word_html import word_html
from guiju.lib.pictures import reencode
from guiju.lib.problems import Problem, Unreadable

LARGEST_FILE = 250_000_000  # bytes that a parser is asked to look at
_PICTURES = {"png", "jpeg", "gif", "webp", "tiff", "bmp"}


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not get into an answer
    _limit_process(int(sys.argv[1]) << 20)
    _warm_up()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _limit_cpu(request["seconds"])
        header, body = _answer(request, answers)
        _send(answers, header, body)
        if header.get("last"):
            return


def _limit_process(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _limit_cpu(seconds: float) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime + seconds) + 1, resource.RLIM_INFINITY))


def _warm_up() -> None:
    """Code of the C library that is loaded at first use needs memory that may then be gone."""
    "x".encode("gb18030")
    "x".encode("utf-16-le")


def _send(answers: IO[bytes], header: dict[str, Any], body: bytes = b"") -> None:
    answers.write(json.dumps({**header, "bytes": len(body)}).encode() + b"\n" + body)
    answers.flush()


def _answer(request: dict[str, Any], answers: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    path = Path(request["path"])
    try:
        if request["task"] == "text":
            return {"done": True}, json.dumps(asdict(_text(path, request["name"], answers))).encode()
        if request["task"] == "table":
            send_table(path, request["name"], lambda header, content: _send(answers, header, json.dumps(content).encode()))
            return {"done": True}, b""
        return {"done": True}, _TASKS[request["task"]](path, **request["options"])
    except Unreadable as error:
        return {"done": True, "code": error.code, "params": error.params}, b""
    except MemoryError:
        return {"done": True, "last": True, "code": "too_large", "params": {"reason": "memory"}}, b""
    except Exception as error:  # whatever a parser makes of a hostile file is an answer, not a failure of ours
        return {"done": True, "code": "unreadable", "params": {"reason": type(error).__name__}}, b""


def _storable(text: str) -> str:
    """Without what no database takes: U+0000 and halves of surrogate pairs."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def _text(path: Path, name: str, answers: IO[bytes]) -> Extracted:
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise Unreadable("too_large", {"bytes": size, "limit": LARGEST_FILE})
    kind = kind_of(path, name)
    _send(answers, {"kind": kind})
    found = _read(path, kind)
    if mismatch(kind, name):
        problem = Problem("kind_mismatch", {"named": kind_by_name(name) or "", "is": kind})
        found = replace(found, problems=(problem, *found.problems))
    cover = {key: _storable(value) for key, value in found.cover.items()}
    return replace(found, text=_storable(found.text), title=found.title and _storable(found.title), cover=cover)


def _read(path: Path, kind: str) -> Extracted:
    if kind in _PICTURES:
        return Extracted(kind)
    reader = _READERS.get(kind)
    return reader(path) if reader else Extracted(kind, problems=(Problem("unsupported", {"kind": kind}),))


_READERS: dict[str, Callable[[Path], Extracted]] = {
    "docx": read_word,
    "pdf": read_pdf,
    "xlsx": read_sheets,
    "xls": lambda path: read_sheets(path, "xls"),
    "ods": lambda path: read_sheets(path, "ods"),
    "md": lambda path: read_plain(path, "md"),
    "txt": lambda path: read_plain(path, "txt"),
    "csv": lambda path: read_plain(path, "csv"),
}
_TASKS: dict[str, Callable[..., bytes]] = {
    "picture": reencode,
    "page": page_png,
    "pages": page_count,
    "word_html": word_html,
    "sheet_names": sheet_names,
}
