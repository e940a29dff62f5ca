"""One installation under measurement: where it is, what is in it, how one is let in."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.processes import PROGRAMS
from bench.product import Access


@dataclass(frozen=True)
class Place:
    """The folder and the environment of an installation that holds `count` documents."""

    database: str
    count: int
    folder: Path
    environment: Mapping[str, str]
    access: Access

    @property
    def name(self) -> str:
        """What the rows of it begin with."""
        return f"{self.database}.{self.count}"

    def guiju(self, *words: object) -> Ended:
        """One command of the product on it, to its end."""
        return run([PROGRAMS / "guiju", *words, "--data", self.folder / "data"], self.environment, self.folder / "command.log")

    def ask(self, verb: str) -> dict[str, Any]:
        """What `bench.inside` answers in this installation."""
        return answer("bench.inside", verb, self.environment)


def answer(module: str, verb: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What a module's verb prints as its last line, run with an installation's environment."""
    settings = dict(environment) | {"DJANGO_SETTINGS_MODULE": "guiju.project.settings"}
    done = subprocess.run([sys.executable, "-m", module, verb], env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"{module} {verb}: {done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@dataclass(frozen=True)
class Ended:
    """What a command took: seconds by the clock, seconds of processors, and at most this much memory, in MiB."""

    seconds: float
    cpu: float
    memory: float


class Failed(Exception):
    """A command under measurement ended with another status than 0; the text is the end of what it said."""


def run(command: list[object], environment: Mapping[str, str], log: Path) -> Ended:
    """Run to the end. The memory is the kernel's own highest mark of the process (ru_maxrss), read when it is waited for."""
    begun = time.perf_counter()
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [str(word) for word in command], env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
        _number, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - begun
    if process.returncode:
        raise Failed(f"{command}: {log.read_text(errors='replace')[-2000:]}")
    return Ended(taken, used.ru_utime + used.ru_stime, _mebibytes(used))


def _mebibytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / 1024
