"""When a document is disposed of, the words about its editions go with it."""

from django.db import connection

from guiju.modules.documents.ending.disposing import dispose
from guiju.modules.documents.models import Document
from guiju.modules.editions import asking, checking, watching
from guiju.modules.editions.models import Check, Watch
from guiju.modules.editions.tests.conftest import LEFT, NEWER, values
from guiju.spine.acts import write
from guiju.spine.trail.verify import verify

SECRET = "Zimtstern"


def test_what_is_left_is_who_looked_and_when(standard, house, take, as_, clock, django_capture_on_commit_callbacks):
    full = {"edition": f"{SECRET} 2", "impact": SECRET, "reason": SECRET}
    with as_(house.wei):
        watching.watch(standard, values(house, edition=f"{SECRET} 1", source=SECRET))
    with as_(house.yu):
        checking.record(standard, {"note": SECRET})
        checking.record(standard, NEWER | full)
        checking.record(standard, LEFT | full)
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    take(standard, "withdraw", house.wei, reason="Replaced")
    with as_(house.wei):
        assert_it_stands_somewhere()
        with django_capture_on_commit_callbacks(execute=True):
            write(lambda: dispose(Document.locked(standard.pk), under="DC-01"))
        assert [(one.edition, one.source, one.watcher_id) for one in Watch.objects.all()] == [("", "", house.yu.id)]
        assert {one.made_by_id for one in Check.objects.all()} == {house.yu.id}
        assert tables_with(SECRET) == []
        assert [str(finding) for finding in verify()] == []


def assert_it_stands_somewhere():
    assert {"editions_watch", "editions_check", "trail_payload"} <= set(tables_with(SECRET))


def tables_with(word):
    """The tables in which a word stands, read as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found
