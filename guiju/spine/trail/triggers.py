"""Append-only, held by the database itself on both engines, and set again after every migrate (section 7, laws L3, L17)."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

REFUSAL = "the trail is append-only"


# That an entry `{entry}` was erased, as an entry of the same chain says.
ERASED = (
    "EXISTS (SELECT 1 FROM trail_entry {entry} JOIN trail_entry e ON e.chain = {entry}.chain AND e.kind = 'trail.entry'"
    " AND e.record = {entry}.id AND e.action = 'erase' WHERE {where})"
)


def append_only_tables() -> list[tuple[str, str]]:
    """(table, when an update is refused; "" for always) of the tables held by triggers.

    A model above joins by `append_only = True`. What of it may be emptied by an erasure it names in `erasable`.
    """
    own = [("trail_entry", ""), ("trail_payload", _payload_refused()), ("trail_head", _head_refused())]
    declared = [(m._meta.db_table, _row_refused(m)) for m in apps.get_models() if getattr(m, "append_only", False)]
    return own + sorted(declared)


def _head_refused() -> str:
    return "NEW.chain <> OLD.chain OR NEW.length <= OLD.length"


def _payload_refused() -> str:
    """A payload may lose salt and values once an erasure names its entry (law L3)."""
    erased = ERASED.format(entry="o", where="o.id = OLD.entry_id")
    return (
        'NOT (NEW.salt IS NULL AND NEW."values" IS NULL AND NEW.id = OLD.id AND NEW.entry_id = OLD.entry_id'
        f" AND NEW.holds = OLD.holds AND {erased})"
    )


def _row_refused(model: type[models.Model]) -> str:
    """A row may lose what its model names once the entry that brought it was erased; everything else stays."""
    emptied = getattr(model, "erasable", ())
    if not emptied:
        return ""
    kept = [f.column for f in model._meta.concrete_fields if f.name not in emptied]
    same = " AND ".join(f"(NEW.{c} = OLD.{c} OR (NEW.{c} IS NULL AND OLD.{c} IS NULL))" for c in kept)
    empty = " AND ".join(f"NEW.{model._meta.get_field(name).column} = ''" for name in emptied)  # type: ignore[union-attr]
    where = f"o.chain = OLD.organization_id AND o.kind = '{model._meta.label_lower}' AND o.record = OLD.id"
    return f"NOT ({empty} AND {same} AND {ERASED.format(entry='o', where=where)})"


def _references() -> Iterator[tuple[str, str, str, str]]:
    """(table, column, target table, target's key) of every foreign key between two rows that carry an organization."""
    for model in apps.get_models():
        if not _carries_organization(model):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and _carries_organization(field.related_model):
                target = field.related_model._meta
                yield model._meta.db_table, field.column, target.db_table, str(field.target_field.column)


def _carries_organization(model: type[models.Model]) -> bool:
    return bool(getattr(model, "on_trail", False)) and any(f.attname == "organization_id" for f in model._meta.concrete_fields)


def statements(vendor: str) -> dict[str, list[str]]:
    """Trigger name to the statements that make it, for "sqlite" or "postgresql"."""
    make = _sqlite if vendor == "sqlite" else _postgresql
    return dict(make())


# --- SQLite ---------------------------------------------------------------------------------------------------------


def _sqlite() -> Iterator[tuple[str, list[str]]]:
    for table, refused in append_only_tables():
        yield _sqlite_trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", "", REFUSAL)
        yield _sqlite_trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}", refused, REFUSAL)
    for table, column, target, key in _references():
        for moment in ("INSERT", f"UPDATE OF {column}, organization_id"):
            yield _sqlite_trigger(
                f"{table}_{column}_{moment[:6].lower()}",
                f"BEFORE {moment} ON {table}",
                f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target} t"
                f" WHERE t.{key} = NEW.{column} AND t.organization_id = NEW.organization_id)",
                "a reference crosses organizations",
            )


def _sqlite_trigger(name: str, when: str, condition: str, refusal: str) -> tuple[str, list[str]]:
    guard = f" WHEN {condition}" if condition else ""
    return name, [
        f'DROP TRIGGER IF EXISTS "{name}"',
        f"CREATE TRIGGER \"{name}\" {when}{guard} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    ]


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def _postgresql() -> Iterator[tuple[str, list[str]]]:
    for table, condition in append_only_tables():
        name = f"{table}_append_only"
        update = f"IF TG_OP = 'UPDATE' AND NOT ({condition}) THEN RETURN NEW; END IF;" if condition else ""
        yield _postgresql_trigger(
            name, f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW", f"{update} RAISE EXCEPTION '{REFUSAL}';"
        )
        yield _postgresql_trigger(
            f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", f"RAISE EXCEPTION '{REFUSAL}';"
        )
    for table, column, target, key in _references():
        yield _postgresql_trigger(
            f"{table}_{column}_org",
            f"BEFORE INSERT OR UPDATE OF {column}, organization_id ON {table} FOR EACH ROW",
            f"IF NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {target} t WHERE t.{key} = NEW.{column}"
            " AND t.organization_id = NEW.organization_id) THEN"
            " RAISE EXCEPTION 'a reference crosses organizations' USING ERRCODE = 'integrity_constraint_violation';"
            " END IF; RETURN NEW;",
        )


def _postgresql_trigger(name: str, when: str, body: str) -> tuple[str, list[str]]:
    table = when.split(" ON ")[1].split()[0]
    return name, [
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$',
        f'DROP TRIGGER IF EXISTS "{name}" ON {table}',
        f'CREATE TRIGGER "{name}" {when} EXECUTE FUNCTION "{name}"()',
    ]


# --- Both -----------------------------------------------------------------------------------------------------------


def install(using: str = "default") -> None:
    """Set every trigger whose tables exist."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for made in statements(connection.vendor).values():
            if _table_of(made[-1]) in tables:
                for statement in made:
                    cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """The triggers that ought to be there and are not, or are not as they ought to be."""
    connection = connections[using]
    present = _present(connection)
    if connection.vendor == "sqlite":
        return [name for name, made in statements("sqlite").items() if present.get(name) != made[-1]]
    return [name for name in statements(connection.vendor) if name not in present]


def _table_of(create: str) -> str:
    return create.split(" ON ")[1].split()[0]


def _present(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname, 'on' FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')")
        return dict(cursor.fetchall())
