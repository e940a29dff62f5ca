"""A private PostgreSQL server: own data folder, own unix socket, no port, gone when it is closed.

The server refuses to run as root; started by root it runs as `postgres` or, failing that, as `nobody`.
"""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

ROLE = "guiju"


class NoPostgres(Exception):
    """No PostgreSQL server was found, or it did not start; the text says which."""


def folder_of_programs() -> Path:
    """The folder with `initdb` and `postgres`: Debian keeps it off the path."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    if on_path := shutil.which("initdb"):
        folders.insert(0, os.path.dirname(os.path.realpath(on_path)))
    for folder in folders:
        if os.access(f"{folder}/initdb", os.X_OK) and os.access(f"{folder}/postgres", os.X_OK):
            return Path(folder)
    raise NoPostgres("No PostgreSQL server is installed. `make setup` installs it, or says how.")


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as; None: the person who starts it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.")


class Databases:
    """The databases of a running private server, named by the folder of its socket."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder_of_programs()

    def environment(self, database: str) -> dict[str, str]:
        """What a program needs in its environment to use `database`.

        The socket's folder goes by PGHOST, which libpq reads itself: a folder does not fit in a URL's host part.
        """
        return {"PGHOST": str(self.folder), "PGUSER": ROLE, "DATABASE_URL": f"postgres://{ROLE}@/{database}"}

    def create(self, database: str, *, template: str = "") -> None:
        """A new database, empty or a copy of `template` (to which nobody may be connected)."""
        self.execute(f'CREATE DATABASE "{database}"' + (f' TEMPLATE "{template}"' if template else ""))

    def drop(self, database: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def execute(self, statement: str) -> None:
        """One statement in the maintenance database; a failure carries the server's message."""
        psql, folder = str(self.programs / "psql"), str(self.folder)
        command = [psql, "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "-h", folder, "-U", ROLE]
        done = subprocess.run([*command, "-d", "postgres", "-c", statement], capture_output=True, text=True, check=False)
        if done.returncode:
            raise NoPostgres(f"{statement}: {done.stderr.strip()}")


class PrivatePostgres:
    """Starts on entering, which gives its databases; stops and is removed on leaving.

    With `durable=False` the server does not wait for the disk: right for tests, whose data dies with them, and wrong
    for the bench and for killing, which measure exactly that.
    """

    def __init__(self, *, durable: bool, below: Path = Path("/tmp")) -> None:
        self.durable = durable
        self.programs = folder_of_programs()
        self.account = _account()
        # Below /tmp and short, since the path of a unix socket may have 107 bytes only.
        self.folder = Path(tempfile.mkdtemp(prefix="guiju-pg-", dir=below))
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Databases:
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return Databases(self.folder)

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> None:
        data = self.folder / "data"
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        made = self._run_as_account(
            [self.programs / "initdb", "-D", data, "-U", ROLE, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        )
        output, _ = made.communicate(timeout=120)
        if made.returncode:
            raise NoPostgres(f"initdb failed: {output.decode(errors='replace')}")
        self._serve(data)

    def _serve(self, data: Path) -> None:
        options = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=100", "timezone=UTC"]
        if not self.durable:
            options += ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        command = [self.programs / "postgres", "-D", data, *(part for option in options for part in ("-c", option))]
        with open(self.folder / "log", "wb") as log:
            self.process = self._run_as_account(command, log)
        self._wait()

    def crash(self) -> None:
        """End it at once, as a loss of power does."""
        assert self.process
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(20)

    def come_back(self) -> None:
        """Serve again what is there, after a crash or a full disk."""
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        self._serve(self.folder / "data")

    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _wait(self) -> None:
        ready = [str(self.programs / "pg_isready"), "--quiet", "-h", str(self.folder)]
        for _ in range(300):
            if self.process and self.process.poll() is not None:
                break
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise NoPostgres(f"PostgreSQL did not start: {(self.folder / 'log').read_text(errors='replace')[-2000:]}")

    def _run_as_account(self, command: Sequence[object], log: IO[bytes] | int = subprocess.PIPE) -> subprocess.Popen[bytes]:
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        # Its own session: Ctrl-C in a terminal reaches the tests first, which then stop the server in order.
        return subprocess.Popen(
            [str(part) for part in command],
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=environment,
            cwd="/",
            start_new_session=True,
            user=self.account.pw_uid if self.account else None,
            group=self.account.pw_gid if self.account else None,
            extra_groups=[] if self.account else None,
        )
