"""An installation under `guiju up`, whose processes can be killed by what they are for."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import product
from bench.__main__ import clean_environment
from bench.processes import PROGRAMS, tree
from survive.writers import wait_until
from tests.postgres import Databases
from tests.served import Server, Store, free_port

BACK_WITHIN = 5.0


class Lost(Exception):
    """A promise was broken; the text says which."""


@dataclass
class House:
    """One installation under `guiju up`, killed and started again."""

    folder: Path
    environment: dict[str, str]
    port: int
    server: Server | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.server = Server(Store(self.folder, settings=self.environment), "up", self.port)
        self.server.start()

    def start_again(self) -> None:
        """End it as a person would, and start it with the environment as it is now."""
        assert self.server
        self.server.stop()
        self.start()

    @property
    def process(self) -> int:
        assert self.server and self.server.process, "not started"
        return self.server.process.pid

    def processes_of(self, target: str) -> list[int]:
        """The child that `up` started as `guiju web` or `guiju worker`."""
        if target == "up":
            return [self.process]
        return [number for number in sorted(tree(self.process) - {self.process}) if target in _words(number)][:1]

    def kill(self, target: str) -> float:
        """SIGKILL, and the seconds until the product was whole again."""
        killed = self.processes_of(target)
        if not killed:
            raise Lost(f"`up` runs no {target}")
        descendants = tree(killed[0]) - set(killed)
        begun = time.monotonic()
        os.kill(killed[0], signal.SIGKILL)
        if target == "up":
            assert self.server and self.server.process
            self.server.process.wait()
            if not wait_until(lambda: not any(map(_lives, descendants)), BACK_WITHIN):
                raise Lost("children of a killed `up` live on")
            self.start()
        elif not wait_until(lambda: self._has_another(target, killed[0]) and self._is_ready(), BACK_WITHIN):
            raise Lost(f"a killed {target} was not back after {BACK_WITHIN:g} s")
        return time.monotonic() - begun

    def _has_another(self, target: str, killed: int) -> bool:
        return any(number != killed for number in self.processes_of(target))

    def _is_ready(self) -> bool:
        return bool(self.server and self.server.is_ready())

    def verify(self, *options: str) -> None:
        command = [str(PROGRAMS / "guiju"), "trail", "verify", "--data", str(self.folder), *options]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Lost(f"trail verify: {done.stdout}{done.stderr}")


def _words(process: int) -> list[str]:
    with contextlib.suppress(OSError):
        return (Path("/proc") / str(process) / "cmdline").read_text().split("\0")
    return []


def _lives(process: int) -> bool:
    try:
        return (Path("/proc") / str(process) / "stat").read_text().rpartition(") ")[2][:1] != "Z"
    except OSError:
        return False


@contextlib.contextmanager
def house(databases: Databases | None, folder: Path) -> Iterator[tuple[House, product.Access]]:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    environment = clean_environment() | {"DATA": str(folder / "data")}
    if databases:
        databases.create("survive")
        environment |= databases.environment("survive")
    access = product.prepare_ours(folder / "data", environment, 1)
    inhabited = House(folder / "data", environment, free_port())
    inhabited.start()
    try:
        yield inhabited, access
    finally:
        if inhabited.server:
            inhabited.server.kill()
