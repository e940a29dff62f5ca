"""Verification names what was altered behind the product's back (law L6)."""

import pytest
from django.db import connection

from guiju.modules.processes.models import Process
from guiju.spine.acts import INSTALLATION
from guiju.spine.trail import triggers
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.verify import Finding, verify


@pytest.fixture
def process(as_wei) -> Process:
    made = Process(title="Purchasing", purpose="To have what we need")
    made.save()
    return made


def by_sql(sql: str, *values: object) -> None:
    """Alter the database as one does who has its password: triggers dropped, then set again."""
    with connection.cursor() as cursor:
        for name, made in triggers.statements(connection.vendor).items():
            table = made[-1].split(" ON ")[1].split()[0]
            cursor.execute(f'DROP TRIGGER "{name}"' + (f" ON {table}" if connection.vendor == "postgresql" else ""))
        cursor.execute(sql, [value.hex if connection.vendor == "sqlite" and hasattr(value, "hex") else value for value in values])
    triggers.install()


def found(**wanted: str) -> list[Finding]:
    return [f for f in verify() if all(getattr(f, name) == value for name, value in wanted.items())]


def test_an_untouched_database_is_as_the_trail_says(process):
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("column", "value"), [("title", "Selling"), ("number", "PR-99"), ("state", "closed"), ("purpose", ""), ("position", "7")]
)
def test_a_value_of_a_record_that_was_altered_is_named(process, column, value):
    by_sql(f"UPDATE processes_process SET {column} = %s WHERE id = %s", value, process.pk)
    (finding,) = found(where="processes.process")
    assert finding.part == column
    assert value in finding.says


def test_a_record_made_by_sql_is_named(process):
    with connection.cursor() as cursor:
        columns = ", ".join(f.column for f in Process._meta.concrete_fields if f.name not in ("id", "number"))
        cursor.execute(
            f"INSERT INTO processes_process (id, number, {columns}) SELECT %s, 'PR-66', {columns} FROM processes_process",
            ["0" * 32 if connection.vendor == "sqlite" else str(INSTALLATION)],
        )
    assert [f.part for f in found(where="processes.process", name="PR-66")] == ["row"]


def test_a_record_deleted_by_sql_is_named(process):
    by_sql("DELETE FROM processes_process WHERE id = %s", process.pk)
    assert found(where="processes.process", name=str(process.pk), part="row")


def test_a_role_that_was_altered_is_named(process, lanzhu):
    by_sql("UPDATE organizations_role SET actions = %s WHERE key = 'own-tang'", '["*"]')
    (finding,) = found(where="organizations.role")
    assert finding.part == "actions"


def test_a_password_that_was_altered_is_named(process, lanzhu):
    by_sql("UPDATE organizations_person SET password = 'x' WHERE id = %s", lanzhu.min.id)
    assert [f.part for f in found(where="organizations.person")] == ["password"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("action", "approve"), ("kind", "documents.document"), ("at", "2020-01-01 00:00:00+00:00"), ("stateful", False)],
)
def test_a_column_of_an_entry_that_was_altered_is_named(process, column, value):
    entry = Entry.objects.get(record=process.pk)
    by_sql(f"UPDATE trail_entry SET {column} = %s WHERE id = %s", value, entry.pk)
    assert [f.part for f in found(where="entry", name=f"{entry.chain}/{entry.sequence}")][0] == column


def test_the_text_of_an_entry_that_was_altered_breaks_the_chain_there(process):
    entry = Entry.objects.get(record=process.pk)
    by_sql("UPDATE trail_entry SET text = %s WHERE id = %s", entry.text.replace("create", "delete"), entry.pk)
    assert found(where="chain", part=f"entry {entry.sequence}")


def test_a_value_of_an_entry_that_was_altered_is_named(process):
    payload = Payload.everywhere.get(entry__record=process.pk)
    by_sql('UPDATE trail_payload SET "values" = %s WHERE id = %s', payload.values.replace("Purchasing", "Selling"), payload.pk)
    assert "title" in [f.part for f in found(where="entry")]


def test_values_that_are_gone_without_an_erasure_are_named(process):
    payload = Payload.everywhere.get(entry__record=process.pk)
    by_sql('UPDATE trail_payload SET "values" = NULL, salt = NULL WHERE id = %s', payload.pk)
    assert [f.part for f in found(where="entry")] == ["ordinary values"]


def test_a_payload_that_was_deleted_is_named(process):
    by_sql("DELETE FROM trail_payload WHERE entry_id = %s", Entry.objects.get(record=process.pk).pk)
    assert "title" in [f.part for f in found(where="entry")]


def test_an_entry_cut_from_the_end_is_found(process, as_wei):
    entry = Entry.objects.get(record=process.pk)
    by_sql("DELETE FROM trail_payload WHERE entry_id = %s", entry.pk)
    by_sql("DELETE FROM trail_entry WHERE id = %s", entry.pk)
    assert [f.part for f in found(where="chain")] == ["head"]


def test_an_entry_taken_from_the_middle_is_found(process):
    entry = Entry.objects.order_by("sequence")[1]
    by_sql("DELETE FROM trail_payload WHERE entry_id = %s", entry.pk)
    by_sql("DELETE FROM trail_entry WHERE id = %s", entry.pk)
    assert "is missing" in found(where="chain", part=f"entry {entry.sequence}")[0].says


def test_a_missing_trigger_is_named(process):
    name = next(iter(triggers.statements(connection.vendor)))
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + (" ON trail_entry" if connection.vendor == "postgresql" else ""))
    assert [f.name for f in found(where="trigger")] == [name]
