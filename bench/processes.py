"""Servers under measurement, and the processor time their processes have used."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROGRAMS = Path(sys.executable).parent


class NotServing(Exception):
    """A server ended, or did not answer in time; the text is the end of its log."""


def tree(root: int) -> set[int]:
    """A process and all its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(entry.name)] = int(_stat(entry)[1])
    found = {root}
    while grown := {child for child, parent in parents.items() if parent in found} - found:
        found |= grown
    return found


def cpu_seconds(root: int) -> float:
    """Processor time of the tree so far, ended children included, in user and in system mode."""
    total = 0
    for process in tree(root):
        with contextlib.suppress(OSError):
            # utime, stime, cutime, cstime: fields 14 to 17 of proc(5); two stand before our cut.
            total += sum(int(value) for value in _stat(Path("/proc") / str(process))[11:15])
    return total / TICKS


def _stat(folder: Path) -> list[str]:
    """The fields after the command's name, which may itself hold spaces and brackets."""
    return (folder / "stat").read_text().rpartition(") ")[2].split()


@contextlib.contextmanager
def running(command: Sequence[object], environment: Mapping[str, str], log: Path, probe: str) -> Iterator[int]:
    """Run a server until the block ends; gives its process number once `probe` answers 200."""
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(process, log, probe)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait(process: subprocess.Popen[bytes], log: Path, probe: str, within: float = 60) -> None:
    end = time.monotonic() + within
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError), urllib.request.urlopen(probe, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise NotServing(log.read_text(errors="replace")[-3000:])
