"""Short transactions, run again when the database asks for it (laws L11, L12)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, connections

from guiju.modules.processes.models import Process
from guiju.spine.acts import Conflict, NoAct, ReadOnly, act, write
from guiju.spine.trail.models import Entry
from guiju.spine.trail.verify import verify


def test_what_fails_leaves_nothing_and_the_instance_as_it_was(as_wei):
    process = Process(title="x")

    def failing() -> None:
        process.save()
        raise RuntimeError("after the save")

    with pytest.raises(RuntimeError):
        write(failing)
    assert Process.objects.count() == 0
    process.save()
    assert (process.version, process.number) == (1, "PR-01")


@pytest.fixture
def full_disk(transactional_db):
    """The database finds no room: SQLite may not grow; PostgreSQL raises what it raises when a disk is full."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute("PRAGMA max_page_count")
            usual = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages}")
            yield
            cursor.execute(f"PRAGMA max_page_count = {usual}")
            return
        cursor.execute(
            "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute("CREATE TRIGGER no_room BEFORE INSERT ON processes_process FOR EACH ROW EXECUTE FUNCTION no_room()")
        yield
        cursor.execute("DROP FUNCTION no_room() CASCADE")


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_of_the_database_is_a_refusal_that_keeps_nothing(as_wei, full_disk):
    process = Process(title="x", purpose="long " * 200_000)
    with pytest.raises(Conflict, match="disk of the database is full"):
        write(process.save)
    assert Process.objects.count() == 0
    assert list(verify()) == []


def test_a_busy_database_is_asked_again(as_wei):
    tries = []

    def busy_twice() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("database is locked")
        Process(title="x").save()
        return "done"

    assert write(busy_twice) == "done"
    assert Process.objects.count() == 1


def test_an_error_that_will_not_pass_is_not_repeated(as_wei):
    tries = []

    def broken() -> None:
        tries.append(1)
        raise OperationalError("no such table")

    with pytest.raises(OperationalError):
        write(broken)
    assert len(tries) == 1


def test_the_past_is_not_written(lanzhu):
    with act(lanzhu.organization, lanzhu.wei, as_of=datetime(2026, 1, 1, tzinfo=UTC)), pytest.raises(ReadOnly):
        Process(title="x").save()


def test_an_act_inside_the_writing_of_another_is_refused(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):

        def nested() -> None:
            with act(lanzhu.organization, lanzhu.min):
                pass

        with pytest.raises(RuntimeError, match="cannot begin inside"):
            write(nested)


def test_writing_needs_an_act(db):
    with pytest.raises(NoAct):
        write(lambda: None)


@pytest.mark.django_db(transaction=True)
def test_eight_people_at_once_leave_no_gap_and_a_whole_chain(lanzhu):
    def work(number: int) -> None:
        try:
            with act(lanzhu.organization, lanzhu.wei):
                for n in range(5):
                    Process(title=f"{number}-{n}").save()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work, n) for n in range(8)]:
            done.result()
    with act(lanzhu.organization, lanzhu.wei):
        numbers = sorted(Process.objects.values_list("number", flat=True), key=lambda n: int(n[3:]))
        assert numbers == [f"PR-{n:02d}" for n in range(1, 41)]
        sequences = list(Entry.objects.order_by("sequence").values_list("sequence", flat=True))
        assert sequences == list(range(1, len(sequences) + 1))
    assert list(verify()) == []
    assert connection.vendor in ("sqlite", "postgresql")
