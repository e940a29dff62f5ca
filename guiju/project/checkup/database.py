"""The database, its migrations, and what protects the trail in it."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from guiju.project import schema
from guiju.project.checkup.line import Line, State
from guiju.spine.trail.protection import Protection, protection

SHOWN = 3  # names of triggers or migrations in a sentence


def lines() -> Iterator[Line]:
    yield Line(_("Database"), State.FINE, _("%(database)s answers.") % {"database": version()})
    yield migrations()
    held = protection()
    yield triggers(held)
    yield roles(held)


def version() -> str:
    """The kind of database and its version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        number = str(cursor.fetchone()[0])
    return f"{connection.display_name} {number.split()[0]}"


def migrations() -> Line:
    """Whether the database is of this release: neither an older one nor a newer."""
    name = _("Migrations")
    waiting, unknown = schema.compared()
    missing = [str(migration) for migration in waiting]
    if missing:
        says = ngettext(
            "%(count)s migration of this release is missing: %(names)s.",
            "%(count)s migrations of this release are missing: %(names)s.",
            len(missing),
        )
        do = _("Bring it to this release; a backup is made before.")
        return Line(name, State.BROKEN, says % {"count": len(missing), "names": _some(missing)}, do, ("guiju migrate",))
    if unknown:
        says = _("The database is of a later release than this program: %(names)s.") % {"names": _some(unknown)}
        return Line(name, State.BROKEN, says, _("Install the later release again; a database is not brought back."))
    return Line(name, State.FINE, _("All are applied: the database is of this release."))


def triggers(held: Protection) -> Line:
    """Whether the database itself refuses changes of the trail, and references across organizations."""
    name = _("Triggers of the trail")
    if not held.missing:
        says = _("All %(count)s are in place: the database itself refuses whoever would change the trail.")
        return Line(name, State.FINE, says % {"count": held.triggers})
    says = ngettext(
        "%(count)s trigger is missing or altered: %(names)s. The database does not refuse what it ought to.",
        "%(count)s triggers are missing or altered: %(names)s. The database does not refuse what it ought to.",
        len(held.missing),
    ) % {"count": len(held.missing), "names": _some(held.missing)}
    do = _("Set them again, then see whether anything was changed meanwhile, and find out who has access to the database.")
    return Line(name, State.BROKEN, says, do, ("guiju migrate", "guiju trail verify"))


def roles(held: Protection) -> Line:
    """Whether whoever runs the product could lift the triggers (law L18)."""
    name = _("Protection of the trail")
    if connection.vendor != "postgresql":
        says = _(
            "SQLite is one file, and whoever owns it can put another in its place. The triggers prevent mistakes;"
            " against intent the trail is protected by its chain only."
        )
        return Line(name, State.FINE, says)
    if not held.lifts:
        says = _("Two roles: %(role)s runs the product and can neither lift the triggers nor empty the tables.")
        return Line(name, State.FINE, says % {"role": held.role})
    says = _("One role: the trail is protected by its chain only, since %(role)s, which runs the product, %(what)s.")
    enough = held.lifts[:1] if held.lifts[0] in ("superuser", "owner") else held.lifts  # either has the others with it
    what = pgettext("list", ", ").join(_of_role(right) for right in enough)
    do = _("Make a second role, set the owner for migrations and the other to run with, then migrate and start again.")
    code = ("MIGRATE_DATABASE_URL=postgresql://owner@host/name", "DATABASE_URL=postgresql://runs@host/name", "guiju migrate")
    return Line(name, State.LOOK, says % {"role": held.role, "what": what}, do, code)


def _of_role(right: str) -> str:
    """What a role is or may that the one who runs should not."""
    return {
        "superuser": _("is a superuser"),
        "owner": _("owns its tables"),
        "truncate": _("may empty them (TRUNCATE)"),
        "trigger": _("may set triggers on them"),
    }[right]


def _some(names: list[str] | tuple[str, ...]) -> str:
    return pgettext("list", ", ").join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
