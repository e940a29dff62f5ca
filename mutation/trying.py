"""Faults tried in one process of pytest: each in a fork of its own, with the tests that have called the function.

The tests run once to see which functions each calls. A fault is put into the code of the functions that are loaded, and
into the file too, for the processes that tests start; all this in a copy of the repository.
"""

from __future__ import annotations

import functools
import gc
import json
import os
import shutil
import signal
import sys
import threading
import time
from ast import unparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType, FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from mutation.mutants import Mutant, mutated

Place = tuple[str, str, int]  # file, qualified name, first line
AT_MOST = 10.0  # seconds of tests for one fault, the quickest first
KILLED, SURVIVED, LATE, UNTRIED = "killed", "survived", "late", "untried"


class Mutating:
    """The plugin: instead of running the tests once, it runs them once and then against each fault."""

    def __init__(self, root: Path, mutants: Sequence[Mutant], kept: Path, beside: dict[str, tuple[str, ...]]) -> None:
        self.root, self.mutants, self.kept, self.beside = root, mutants, kept, beside
        self.seconds: dict[str, float] = {}
        self.calls: dict[Place, set[str]] = {}
        self.touched = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        database = _prepared(session)
        self._look(session)
        outcomes = json.loads(self.kept.read_text()) if self.kept.exists() else {}
        for number, mutant in enumerate(self.mutants, start=1):
            if mutant.name not in outcomes:
                database.put_back()
                outcomes[mutant.name] = self._try(mutant)
                self.kept.write_text(json.dumps(outcomes, indent=0))
                print(f"{number}/{len(self.mutants)} {outcomes[mutant.name]} {mutant.name}", file=sys.__stderr__, flush=True)
        return True

    def _look(self, session: pytest.Session) -> None:
        """Run each test once, in a fork as well; without a fault none may fail, or the score would say nothing."""
        told = self.kept.with_suffix(".look")
        if not told.exists():
            child = os.fork()
            if child == 0:
                _look_in_child(list(session.items), self.root, told)
            if (outcome := _ended(child, 1800)) != SURVIVED:
                raise pytest.UsageError(f"the tests do not hold without any fault: {outcome}")
        seen = json.loads(told.read_text())
        self.seconds = {name: seconds for name, seconds in seen["seconds"].items() if name in self.items}
        self.calls = {(file, name, line): self.seconds.keys() & tests for file, name, line, tests in seen["calls"]}
        print(f"{len(self.items)} tests in {sum(self.seconds.values()):.0f} s", file=sys.__stderr__, flush=True)

    def _chosen(self, mutant: Mutant) -> list[pytest.Item]:
        called = self.calls.get((mutant.path, *mutant.within[-1])) or self.calls.get((mutant.path, *mutant.within[0]), set())
        names = called | {name for name in self.seconds if name.startswith(self._tests_beside(mutant.path))}
        chosen: list[pytest.Item] = []
        spent = 0.0
        for name in sorted(names, key=lambda name: self.seconds[name]):
            spent += self.seconds[name]
            if spent > AT_MOST and chosen:
                break
            chosen.append(self.items[name])
        return chosen

    def _tests_beside(self, path: str) -> tuple[str, ...]:
        return next((tests for folder, tests in self.beside.items() if path.startswith(folder)), ("none",))

    def _try(self, mutant: Mutant) -> str:
        path = self.root / mutant.path
        source = path.read_text(encoding="utf-8")
        tree = mutated(source, mutant)
        if not (chosen := self._chosen(mutant)):
            return SURVIVED
        self._write(path, unparse(tree))
        try:
            child = os.fork()
            if child == 0:
                _child(lambda: put_in(compile(tree, str(path), "exec"), str(path), mutant), chosen)
            return _ended(child, 20 + 5 * sum(self.seconds[item.nodeid] for item in chosen))
        finally:
            self._write(path, source)

    def _write(self, path: Path, text: str) -> None:
        """With a time of its own, or Python would take the compiled file for that of another fault."""
        path.write_text(text, encoding="utf-8")
        self.touched += 2
        os.utime(path, (1_000_000_000 + self.touched,) * 2)


def _prepared(session: pytest.Session) -> _Database:
    """Have the test database made, by one test that needs it: all else runs in forks, since threads do not survive one."""
    first = next((item for item in session.items if "django_db_setup" in getattr(item, "fixturenames", ())), None)
    if first:
        runtestprotocol(first, log=False, nextitem=_Nothing(session))  # type: ignore[arg-type]
    return _Database()


def _look_in_child(items: Sequence[pytest.Item], root: Path, told: Path) -> None:
    """Run the tests and write down how long each takes and which functions it calls; status 1 when one fails."""
    os.setsid()
    seconds: dict[str, float] = {}
    calls: dict[Place, set[str]] = {}
    failed: list[str] = []
    for item, after in zip(items, [*items[1:], None], strict=True):
        called: set[CodeType] = set()
        listening = functools.partial(_listen, called)
        sys.setprofile(listening)
        threading.setprofile(listening)
        began = time.monotonic()
        try:
            reports = runtestprotocol(item, log=False, nextitem=after)
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
        seconds[item.nodeid] = time.monotonic() - began
        failed += [f"{item.nodeid}: {report.longreprtext}" for report in reports if report.failed]
        for code in called:
            if code.co_filename.startswith(str(root / "guiju")):
                file = str(Path(code.co_filename).relative_to(root))
                calls.setdefault((file, code.co_qualname, code.co_firstlineno), set()).add(item.nodeid)
    told.write_text(json.dumps({"seconds": seconds, "calls": [[*place, sorted(tests)] for place, tests in calls.items()]}))
    print("\n".join(failed), file=sys.__stderr__, flush=True)
    os._exit(1 if failed else 0)


class _Nothing:
    """After the last test comes nothing, but the session goes on."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[Any]:
        return [self.session]


class _Database:
    """The test database as it was before the first fault; a child that was killed may have left it otherwise."""

    def __init__(self) -> None:
        from django.db import connections

        connections.close_all()
        found = Path(os.environ["DATA"]) / "test.sqlite3"
        self.path = found if found.exists() else None
        self.kept = found.with_suffix(".kept")
        if self.path:
            shutil.copy(self.path, self.kept)

    def put_back(self) -> None:
        if self.path:
            for ending in ("-wal", "-shm"):
                Path(f"{self.path}{ending}").unlink(missing_ok=True)
            shutil.copy(self.kept, self.path)


def _listen(called: set[CodeType], frame: FrameType, event: str, argument: object) -> None:
    if event == "call":
        called.add(frame.f_code)


def _child(change: Callable[[], None] | None, items: Sequence[pytest.Item]) -> None:
    """Put the fault in and run the tests until one fails; the status says which, and 3 that it cannot be put in."""
    os.setsid()
    status = 3
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        if change:
            change()
        status = 0
        for item, after in zip(items, [*items[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
                status = 1
                break
    except BaseException:
        status = status or 1  # 3: the function closes over other variables than before
    os._exit(status)


def put_in(code: CodeType, path: str, mutant: Mutant) -> None:
    """Give the functions that are loaded the code with the fault, and forget what they have answered before."""
    wanted = {place: one for one in _codes(code) for place in mutant.within if (one.co_qualname, one.co_firstlineno) == place}
    # By their type alone: a lazy object asked whether it is an instance would make what it stands for.
    for found in [one for one in gc.get_objects() if type(one) is FunctionType]:
        own = found.__code__
        if own.co_filename == path and (other := wanted.get((own.co_qualname, own.co_firstlineno))):
            found.__code__ = other
    for cache in [one for one in gc.get_objects() if type(one) is functools._lru_cache_wrapper]:
        if str(getattr(cache, "__module__", "")).startswith("guiju"):
            cache.cache_clear()


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _ended(child: int, seconds: float) -> str:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return {0: SURVIVED, 3: UNTRIED}.get(os.waitstatus_to_exitcode(status), KILLED)
        time.sleep(0.01)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return LATE
