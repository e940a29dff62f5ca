"""PostgreSQL's own programs for copying a database and bringing it back."""

import glob
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused

OURS = {"pool", "server_side_binding", "assume_role", "isolation_level"}  # options of Django, not of the server


def dump(target: Path, snapshot: str) -> None:
    """Write the database as it is in a snapshot. Refused, with what pg_dump says, where that cannot be."""
    _run(connection.settings_dict, "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")


def read_through(dumped: Path) -> None:
    """Read a dump to its end. Refused where it cannot be read."""
    _run(None, "pg_restore", "--file=/dev/null", str(dumped))


def bring_back(dumped: Path, database: dict[str, Any]) -> None:
    """Make the tables of a dump in an empty database, all of them or none."""
    _run(database, "pg_restore", "--single-transaction", "--exit-on-error", str(dumped))


def _run(database: dict[str, Any] | None, program: str, *arguments: str) -> None:
    command = [_found(program), "--no-owner", "--no-privileges", *arguments]
    environment = dict(os.environ)
    if database is not None:
        command += ["--no-password", f"--dbname={_named(database)}"]
        if database.get("PASSWORD"):
            environment["PGPASSWORD"] = str(database["PASSWORD"])  # not among the arguments, which everybody here can read
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        why = done.stderr.strip()[-2000:]
        raise Refused(_("%(program)s could not do it: %(why)s"), {"program": program, "why": why})


def _named(database: dict[str, Any]) -> str:
    """The database as libpq reads it, without the password."""
    parts = {"dbname": database["NAME"], "user": database["USER"], "host": database["HOST"], "port": database["PORT"]}
    parts |= {name: value for name, value in database.get("OPTIONS", {}).items() if isinstance(value, str) and name not in OURS}
    quoted = {name: str(value).replace("\\", "\\\\").replace("'", "\\'") for name, value in parts.items() if value}
    return " ".join(f"{name}='{value}'" for name, value in quoted.items())


def _found(program: str) -> str:
    """The program, on the path or where Debian keeps it."""
    beside = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"), key=lambda path: int(Path(path).parts[4].split(".")[0]))
    found = shutil.which(program) or (beside[-1] if beside else None)
    if found is None:
        raise Refused(
            _(
                "%(program)s is not on this machine. Install the client programs of PostgreSQL, of the server's release or a"
                " later one (on Debian: postgresql-client)."
            ),
            {"program": program},
        )
    return found
