"""Processes: web and worker under one parent that keeps them running, and none of them without it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from guiju import __version__
from guiju.lib.whole_files import held
from guiju.project import upgrading
from guiju.spine.trail.triggers import append_only_tables

BACK_AFTER = 0.5  # seconds until a child that died is started again
SLOWER_AFTER = 5  # deaths in a row, after which it waits longer
PR_SET_PDEATHSIG = 1  # linux/prctl.h
KEPT_BY_PARENT = "GUIJU_KEPT_BY_PARENT"


def die_with_parent() -> None:
    """Ask Linux to end this process when the one that started it dies, so that none is left holding the port."""
    if os.environ.get(KEPT_BY_PARENT) and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def prepare(say: Callable[[str], None], *, backup: bool = True) -> None:
    """Bring the database to this release and the static files to their place; quick when there is nothing to do."""
    upgrading.bring(say, backup=backup)
    collect()


def collect() -> None:
    """Put the static files where they are served from, once a release."""
    stamp = Path(settings.STATIC_ROOT) / ".release"
    wanted = f"{__version__} {_newest_static()}"
    if _is(stamp, wanted):
        return
    with held(Path(f"{settings.STATIC_ROOT}.lock")):
        if not _is(stamp, wanted):  # another process has done it meanwhile
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            stamp.write_text(wanted)


def _is(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text() == wanted


def _newest_static() -> float:
    return max((p.stat().st_mtime for p in (settings.PACKAGE / "static").rglob("*")), default=0.0)


def grant(role: str) -> None:
    """Let another role do the product's work in this role's tables, and nothing to the trail but add to it."""
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table, refused in append_only_tables():
            # A table of which something may be emptied or moved on is updated under its trigger.
            verbs = "DELETE" if refused else "UPDATE, DELETE"
            cursor.execute(f"REVOKE {verbs} ON {table} FROM {quoted}")


def web(host: str, port: int, workers: int) -> int:
    """Serve until told to stop. WSGI: synchronous Django under ASGI is several times slower."""
    die_with_parent()
    collect()
    connections.close_all()
    server = Granian(
        "guiju.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        backpressure=64,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        websockets=False,
        log_level=LogLevels.warning,
    )
    os.environ[KEPT_BY_PARENT] = "web"  # its own workers must not outlive it either
    server.serve()
    return 0


class Kept:
    """One child that is started again whenever it dies."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments
        self.deaths = 0
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self.began = time.monotonic()
        command = [sys.executable, "-m", "guiju.project.cli", *self.arguments]
        return subprocess.Popen(command, env={**os.environ, KEPT_BY_PARENT: "1"}, start_new_session=False)

    def look(self) -> None:
        if self.process.poll() is None:
            return
        lived = time.monotonic() - self.began
        self.deaths = 0 if lived > 60 else self.deaths + 1
        print(f"guiju: {self.arguments[0]} ended ({self.process.returncode}); it is started again.", file=sys.stderr, flush=True)
        time.sleep(BACK_AFTER if self.deaths < SLOWER_AFTER else 3)
        self.process = self._start()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()


def up(host: str, port: int, *, workers: int, demo: bool = False) -> int:
    """Keep web and worker running until SIGTERM or SIGINT; then end them in order."""
    connections.close_all()
    stopping: list[int] = []

    def stop(signum: int, frame: FrameType | None) -> None:
        stopping.append(signum)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children = [Kept("web", "--host", host, "--port", str(port), "--workers", str(workers)), Kept("worker")]
    while not stopping:
        for child in children:
            child.look()
        time.sleep(0.25)
    for child in children:
        child.stop()
    for child in children:
        try:
            child.process.wait(15)
        except subprocess.TimeoutExpired:
            child.process.kill()
    return 0
