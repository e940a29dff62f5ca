"""Bringing the database to this release: one process at a time, with a backup before, all of it or nothing, verified after."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from guiju.lib.whole_files import held
from guiju.project import schema
from guiju.project.backups import making
from guiju.spine.acts import Refused
from guiju.spine.trail import verified

Say = Callable[[str], None]

LOCK = 0x6775696A75  # "guiju": the number under which PostgreSQL keeps it
FOR_ANOTHER = "GUIJU_MIGRATES_FOR_ANOTHER"  # set for the process that migrates as the owner: whoever started it holds the lock
WAITS = "Another process brings the database to this release; this one waits for it."

log = logging.getLogger(__name__)


class NotUpgraded(Refused):
    """The database could not be brought to this release, and is as it was."""


def bring(say: Say, *, backup: bool = True) -> None:
    """Migrate, and set what protects the trail again; quick where nothing waits. NotUpgraded when it fails.

    Where an installation is brought from an earlier release, a backup is made first and the chain is verified afterwards;
    not without `backup`, after one was restored, when the owner has granted nothing yet.
    """
    if os.environ.get(FOR_ANOTHER):
        _migrate()
        return
    with _alone(say):
        waiting = schema.plan() if backup else []
        from_earlier = bool(waiting) and bool(schema.applied())
        made = _backed_up(say) if from_earlier else None
        try:
            _migrate_as_owner() if settings.MIGRATE_DATABASE_URL else _migrate()
        except Exception as error:
            log.exception("The database could not be brought to this release.")
            raise NotUpgraded(
                _("The database could not be brought to this release, and is as it was: %(why)s %(backup)s"),
                {"why": f"{type(error).__name__}: {error}", "backup": f"Backup: {made.path}" if made else ""},
            ) from error
        if made is not None:
            making.say_so(made)
        if from_earlier:
            _verify(say, len(waiting))


def _backed_up(say: Say) -> making.Backup | None:
    if not settings.BACKUP_BEFORE_UPGRADE:
        return None
    made = making.make(making.place(), why=making.UPGRADE)
    say(f"Before the database is brought to this release a backup was made: {made.path}")
    return made


def _migrate() -> None:
    """In one transaction where every migration allows it, so that one that fails leaves what the release before can use."""
    with _all_or_nothing() if all(migration.atomic for migration in schema.plan()) else nullcontext():
        call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """SQLite looks at references when a table has been remade; PostgreSQL changes no table while a look is still due."""
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
    finally:
        connection.enable_constraint_checking()


def _migrate_as_owner() -> None:
    """Where PostgreSQL has two roles (law L18), in a process of its own: migrations speak to the default database."""
    environment = {**os.environ, "DATABASE_URL": settings.MIGRATE_DATABASE_URL, "MIGRATE_DATABASE_URL": "", FOR_ANOTHER: "1"}
    command = [sys.executable, "-m", "guiju.project.cli", "migrate", "--grant", settings.DATABASES["default"]["USER"]]
    if status := subprocess.run(command, env=environment, check=False).returncode:
        raise RuntimeError(f"the owner's process ended with status {status}, as said above.")


def _verify(say: Say, count: int) -> None:
    """Walk the chain, which is quick; the worker does the rest at night."""
    findings = verified.run(chain_only=True).findings
    done = f"The database is of this release now ({count} migration{'s' if count != 1 else ''})."
    if findings:
        say(f"{done} guiju: the chain is not whole, {findings} found; `guiju trail verify` names them.")
    else:
        say(f"{done} The chain is whole.")


@contextmanager
def _alone(say: Say) -> Iterator[None]:
    """One process of the installation at a time; the system lets go when a process dies."""
    if connection.vendor == "sqlite":
        database = Path(str(connection.settings_dict["NAME"]))
        with held(database.with_name(f"{database.name}.upgrade"), waits=lambda: say(WAITS)):
            yield
        return
    other = connection.copy()  # a session of its own, which no migration ends
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                say(WAITS)
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        yield
    finally:
        other.close()
