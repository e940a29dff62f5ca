"""The product as its own processes: a sample organization prepared once, and servers on copies of it.

A test that drives a server never shares its database with another, and never runs inside a transaction of the test's
own. Preparing takes long, so it is done once for a run and copied: a folder on SQLite, a template on PostgreSQL.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import Databases

COMMAND = Path(sys.executable).with_name("guiju")
READY_WITHIN = 120
TEMPLATE = "prepared"


class NotServing(Exception):
    """The server ended or was not ready in time; the text is the end of what it said."""


@dataclass(frozen=True)
class Store:
    """Where one installation keeps what it knows: a data folder and, on PostgreSQL, a database."""

    folder: Path
    database: str = ""
    settings: Mapping[str, str] | None = None  # instead of those of the run

    def environment(self) -> dict[str, str]:
        if self.settings is not None:
            return dict(self.settings)
        # DJANGO_ALLOW_ASYNC_UNSAFE is set beside a browser for the test's own process; a server must live without it.
        kept = {key: value for key, value in os.environ.items() if key not in {"DJANGO_ALLOW_ASYNC_UNSAFE", "DATABASE_URL"}}
        return kept | {"DATA": str(self.folder)} | (databases().environment(self.database) if self.database else {})

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.database:
            databases().drop(self.database)


def databases() -> Databases:
    return Databases(Path(os.environ["PGHOST"]))


@dataclass
class Server:
    """A running `guiju demo`, `up` or `web`."""

    store: Store
    command: str = "demo"
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start and wait until `/readyz` answers 200."""
        self.begin()
        try:
            self.wait_until_ready()
        except BaseException:
            self.kill()
            raise

    def begin(self) -> None:
        """Start, and do not wait."""
        self.port = self.port or free_port()
        arguments = [COMMAND, self.command, "--data", self.store.folder, "--port", str(self.port)]
        if self.command == "demo":  # each process takes seconds to start, and a story has one visitor
            arguments += ["--workers", "1"]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in arguments],
                env=self.store.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def log(self) -> Path:
        return self.store.folder.with_suffix(".log")

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def command_line(self, *arguments: str, said: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a command of the product on the same installation, beside the server; `said` is its standard input."""
        return subprocess.run(
            [str(COMMAND), *arguments, "--data", str(self.store.folder)],
            env=self.store.environment(),
            **({"stdin": subprocess.DEVNULL} if said is None else {"input": said}),
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def wait_until_ready(self, within: float = READY_WITHIN) -> None:
        end = time.monotonic() + within
        while time.monotonic() < end:
            if self.process and self.process.poll() is not None:
                break
            if self.is_ready():
                return
            time.sleep(0.1)
        raise NotServing(self.log.read_text(errors="replace")[-4000:])

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def stop(self, within: float = 20) -> int:
        """End it as a person would, by SIGTERM, and give its exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(within)
            except subprocess.TimeoutExpired:
                self.kill()
                raise NotServing(f"still running {within} s after SIGTERM") from None
        return self.process.returncode

    def kill(self) -> None:
        """End the whole tree at once."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(store: Store, command: str = "demo") -> Iterator[Server]:
    server = Server(store, command)
    server.start()
    try:
        yield server
    finally:
        server.kill() if server.process is None or server.process.poll() is not None else server.stop()


def prepare(shared: Path, on_postgres: bool) -> Store:
    """The sample organization, made by the product itself, once for all processes of a run."""

    def making(store: Store) -> None:
        with serving(store):
            pass

    return _once(shared, Store(shared / "prepared", TEMPLATE if on_postgres else ""), making)


def found(shared: Path, on_postgres: bool) -> Store:
    """A real installation, not a demonstration: Acme, founded from the command line by Ann."""

    def making(store: Store) -> None:
        server = Server(store)
        assert server.command_line("migrate").returncode == 0
        words = ("--slug", "acme", "--name", "Acme", "--person", "ann", "--person-name", "Ann Lee")
        done = server.command_line("found", *words, said="a lamp and a charger\n")
        assert done.returncode == 0, done.stderr

    return _once(shared, Store(shared / "founded", "founded" if on_postgres else ""), making)


def _once(shared: Path, store: Store, making: Callable[[Store], None]) -> Store:
    shared.mkdir(parents=True, exist_ok=True)
    name = store.folder.name
    with open(shared / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = shared / f"{name}.done"
        if not done.exists():
            store.remove()
            store.folder.mkdir()
            if store.database:
                databases().create(store.database)
            making(store)
            done.touch()
    return store


def put_back(store: Store, prepared: Store) -> None:
    """Make an installation what `prepared` is, while a server runs on it.

    On SQLite the database takes the pages of the other one in one transaction; on PostgreSQL it is made anew, and the
    server, whose connections are cut, comes back to it by itself. Files only ever come, and those that a test has
    disposed of come back; so do the heads that were signed last, or the database would seem put back by a stranger.
    """
    if store.database:
        databases().drop(store.database)
        databases().create(store.database, template=prepared.database)
    else:
        _take_pages(prepared.folder / "guiju.sqlite3", store.folder / "guiju.sqlite3")
    for part in ("files", "keys"):
        if (prepared.folder / part).exists():
            shutil.copytree(prepared.folder / part, store.folder / part, dirs_exist_ok=True)


def _take_pages(source: Path, target: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source)) as giving,
        contextlib.closing(sqlite3.connect(target, timeout=60)) as taking,
    ):
        giving.backup(taking)


def copy_of(store: Store, folder: Path) -> Store:
    """An installation of one's own that begins as `store` was prepared; nothing may run on `store`."""
    shutil.copytree(store.folder, folder)
    if not store.database:
        return Store(folder)
    name = f"{store.database}_{folder.parent.name}_{os.getpid()}_{time.monotonic_ns()}"[:63]
    databases().create(name, template=store.database)
    return Store(folder, name)
