"""A verification reads one moment of the database, whatever is written meanwhile, and is kept."""

import threading

import pytest
from django.db import connection, connections

from guiju.modules.processes.models import Process
from guiju.spine.acts import act
from guiju.spine.trail import verified
from guiju.spine.trail.models import Entry, Verification
from guiju.spine.trail.tests.test_verify import by_sql
from guiju.spine.trail.verify import verify


def written_by_another(lanzhu, title: str) -> None:
    def writing() -> None:
        with act(lanzhu.organization, lanzhu.wei):
            Process(title=title).save()
        connections.close_all()

    thread = threading.Thread(target=writing)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_what_others_write_meanwhile_is_not_read(lanzhu):
    with verified.one_moment():
        before = Entry.everywhere.count()
        written_by_another(lanzhu, "Meanwhile")
        assert Entry.everywhere.count() == before
    assert Entry.everywhere.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_what_others_write_meanwhile_is_no_finding(lanzhu):
    with verified.one_moment():
        assert list(verify(chain_only=True)) == []
        written_by_another(lanzhu, "Meanwhile")
        assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
def test_a_moment_that_broke_off_leaves_no_transaction_open(lanzhu):
    with pytest.raises(ZeroDivisionError), verified.one_moment():
        Entry.everywhere.count()
        raise ZeroDivisionError
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("ROLLBACK")


def test_the_last_of_each_depth_is_known(as_wei):
    whole, chain = verified.run(), verified.run(chain_only=True)
    assert (verified.last(chain_only=False), verified.last(chain_only=True)) == (whole, chain)


def test_what_was_found_is_counted_and_named_to_who_asks(as_wei):
    process = Process(title="Purchasing")
    process.save()
    by_sql("UPDATE processes_process SET title = 'Selling' WHERE id = %s", process.pk)
    names = []
    verified.run(found=lambda finding: names.append(finding.part))
    assert names == ["title"]
    assert Verification.everywhere.get().findings == 1


def test_the_head_counts_no_more_entries_behind_the_clock_than_there_are(as_wei):
    Process(title="Purchasing").save()
    by_sql("UPDATE trail_head SET behind = 4")
    assert {(f.where, f.part) for f in verify()} == {("chain", "head")}
