"""What keeps the trail from being altered in the database itself, and whether whoever runs the product can lift it (law L18)."""

from dataclasses import dataclass

from django.db import connection

from guiju.spine.trail import triggers
from guiju.spine.trail.triggers import append_only_tables


@dataclass(frozen=True)
class Protection:
    """The triggers that ought to be there, those that are not, and what the running role could lift them by.

    `role` is empty where a database has none: whoever owns SQLite's file can put another in its place.
    """

    triggers: int
    missing: tuple[str, ...]
    role: str = ""
    lifts: tuple[str, ...] = ()  # of "superuser", "owner", "truncate", "trigger"


def protection() -> Protection:
    """How the trail is protected now."""
    count, missing = len(triggers.statements(connection.vendor)), tuple(triggers.missing())
    if connection.vendor != "postgresql":
        return Protection(count, missing)
    role, lifts = _rights()
    return Protection(count, missing, role, lifts)


def _rights() -> tuple[str, tuple[str, ...]]:
    """The role of this connection, and the rights it has that the one who runs ought not to have.

    Owning the schema counts as owning its tables: either may drop them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, r.rolsuper, bool_or(pg_has_role(c.relowner, 'MEMBER') OR pg_has_role(n.nspowner, 'MEMBER')),"
            " bool_or(has_table_privilege(c.oid, 'TRUNCATE')), bool_or(has_table_privilege(c.oid, 'TRIGGER'))"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, pg_roles r"
            " WHERE r.rolname = current_user AND c.oid = ANY(%s::regclass[]) GROUP BY r.rolsuper",
            [[table for table, _rule in append_only_tables()]],
        )
        role, *has = cursor.fetchone()
    return role, tuple(name for name, yes in zip(("superuser", "owner", "truncate", "trigger"), has, strict=True) if yes)
