"""Of which release the database is: what of this one it still waits for, and what of a later one it has already."""

from pathlib import Path

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused

Name = tuple[str, str]  # app, migration


class Newer(Refused):
    """The database, or a backup, is of a later release than this program."""


def applied() -> set[Name]:
    """The migrations that the database says it has; none where it has no tables."""
    return set(MigrationRecorder(connection).applied_migrations())


def plan() -> list[Migration]:
    """The migrations of this release that the database waits for, in their order."""
    return compared()[0]


def compared() -> tuple[list[Migration], list[str]]:
    """Both at once: what the database waits for, and what of a later release it has."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration for migration, _back in waiting], of_later(set(executor.loader.applied_migrations))


def of_later(names: set[Name]) -> list[str]:
    """Those of the named migrations that only a later release can have made.

    Of our own apps each that is not here, and each of an app that is not here at all. Those of other people's apps may
    have been drawn together into one since, so their names say nothing.
    """
    known = {app.label: app for app in apps.get_app_configs()}
    here = {label: _on_disk(app) for label, app in known.items() if _is_ours(app)}
    return sorted(f"{label}.{name}" for label, name in names if name not in here.get(label, {name} if label in known else set()))


def _is_ours(app: AppConfig) -> bool:
    return Path(app.path).is_relative_to(settings.PACKAGE)


def _on_disk(app: AppConfig) -> set[str]:
    return {path.stem for path in (Path(app.path) / "migrations").glob("*.py")}


def refuse_newer() -> None:
    """Newer, with a sentence, where the database is of a later release. A database that does not answer is not asked."""
    if is_absent():
        return  # asking would make the file
    try:
        found = of_later(applied())
    except DatabaseError:
        return  # whoever needs it says so; web and worker wait for it
    if found:
        raise Newer(
            _(
                "The database is of a later release of Guiju than this program (%(names)s). Nothing was changed."
                " Install that release again, or restore the backup that was made before the upgrade into another place."
            ),
            {"names": ", ".join(found[:3]) + (" …" if len(found) > 3 else "")},
        )


def is_absent() -> bool:
    """Whether the embedded database is not there at all."""
    return connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).exists()
