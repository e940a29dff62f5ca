"""The database in one moment: its copy, and what in that moment it said of itself.

It is asked by plain SQL of what no release changes, since a backup is made before an upgrade too, by the later program.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_noop as _

from guiju.project.backups import postgres
from guiju.spine.acts import Refused

File = tuple[str, str]  # organization in hexadecimal, digest
Rows = Callable[[str], list[tuple]]

LIVING = "SELECT DISTINCT organization_id, digest FROM attachments_attachment WHERE disposed_at IS NULL"
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


@dataclass(frozen=True)
class Moment:
    """What the copy holds: migrations, how far each chain goes, the files that its rows name."""

    server: str
    migrations: list[str]
    chains: dict[str, dict[str, str | int]]
    files: set[File]
    installation: str  # its first public key; "" before anything was signed


def copy(folder: Path) -> Moment:
    """Copy the database into a folder, while others write; read through once it is there."""
    target = folder / NAMES[connection.vendor]
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    return _sqlite(target) if connection.vendor == "sqlite" else _postgresql(target)


def living() -> set[File]:
    """The files that rows name now."""
    with connection.cursor() as cursor:
        cursor.execute(LIVING)
        return _files(cursor.fetchall())


def _sqlite(target: Path) -> Moment:
    """By the backup API, all pages in one step: it reads one moment, and in WAL nobody who writes waits for it."""
    name = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(name, timeout=60)) as source, closing(sqlite3.connect(target)) as made:
        source.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")  # one file, that can be read where nothing can be written
        (found,) = made.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise Refused(_("The database is damaged, and so is what was copied of it: %(why)s"), {"why": found})
        return _read(sqlite3.sqlite_version, lambda sql: made.execute(sql).fetchall())


def _postgresql(target: Path) -> Moment:
    """By pg_dump, in the snapshot of a transaction of our own that reads the same moment."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:

            def rows(sql: str) -> list[tuple]:
                cursor.execute(sql)
                return cursor.fetchall()

            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            [(snapshot,)] = rows("SELECT pg_export_snapshot()")
            postgres.dump(target, snapshot)
            postgres.read_through(target)
            [(server,)] = rows("SHOW server_version")
            return _read(server.split()[0], rows)
    finally:
        other.close()


def _read(server: str, rows: Rows) -> Moment:
    heads = rows("SELECT chain, length, digest FROM trail_head")
    chains = {str(UUID(str(chain))): {"length": length, "digest": digest} for chain, length, digest in heads}
    return Moment(
        server=server,
        migrations=[f"{app}.{name}" for app, name in rows("SELECT app, name FROM django_migrations ORDER BY app, name")],
        chains=dict(sorted(chains.items())),
        files=_files(rows(LIVING)),
        installation="".join(row[0] for row in rows("SELECT public FROM trail_publickey WHERE place = 1")),
    )


def _files(rows: list[tuple]) -> set[File]:
    return {(UUID(str(organization)).hex, digest) for organization, digest in rows}
