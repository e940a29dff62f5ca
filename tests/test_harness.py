"""The ground the other tests stand on: the database they get, how it is emptied, the private server."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection

from guiju.spine.trail import triggers
from guiju.spine.trail.models import Entry, Head
from tests.plugin import ON_POSTGRES, _append_only_lifted
from tests.postgres import NoPostgres, PrivatePostgres


def an_entry() -> None:
    chain = uuid4()
    Head.everywhere.create(chain=chain, digest="0" * 64)
    entry = Entry(chain=chain, sequence=1, at="2026-01-01T00:00Z", kind="a.b", record=uuid4(), action="create", stateful=False)
    Entry.everywhere.bulk_create([entry])


@pytest.mark.django_db
def test_the_database_is_a_real_one():
    if ON_POSTGRES:
        assert connection.vendor == "postgresql"
    else:
        assert Path(connection.settings_dict["NAME"]).is_file()


@pytest.mark.django_db(transaction=True)
def test_the_trail_cannot_be_emptied_by_a_flush():
    an_entry()
    with pytest.raises(DatabaseError, match="append-only"):
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), ["trail_entry"], allow_cascade=True))


@pytest.mark.django_db(transaction=True)
def test_between_transactional_tests_it_is_emptied_and_the_triggers_are_back():
    an_entry()
    with _append_only_lifted():
        call_command("flush", interactive=False, verbosity=0)
    assert Entry.everywhere.count() == 0
    assert triggers.missing() == []
    an_entry()
    with pytest.raises(DatabaseError, match="append-only"):
        Entry.everywhere.update(action="other")


def test_a_private_server_is_gone_after_use_and_says_what_is_wrong():
    with PrivatePostgres(durable=False) as databases:
        databases.create("one")
        databases.create("two", template="one")
        with pytest.raises(NoPostgres, match="already exists"):
            databases.create("two")
        folder = databases.folder
        assert folder.exists()
    assert not folder.exists()
