"""No query leaks: every ordinary path to SQL needs an act, and sees one organization (section 6, law L17)."""

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, prefetch_related_objects

from guiju.lib.uuid7 import uuid7
from guiju.modules.documents.forms import DocumentForm
from guiju.modules.documents.models import Document, Revision
from guiju.modules.processes.models import Process
from guiju.spine.acts import NoAct, act
from guiju.spine.records.trailed import PastTheTrail
from guiju.spine.trail.triggers import missing, statements
from guiju.spine.trail.verify import verify

OUTSIDE = {
    "list": lambda: list(Process.objects.all()),
    "exists": lambda: Process.objects.exists(),
    "count": lambda: Process.objects.count(),
    "in_bulk": lambda: Process.objects.in_bulk(),
    "exclude": lambda: list(Process.objects.exclude(title="x")),
    "aggregate": lambda: Process.objects.aggregate(Count("id")),
    "iterator": lambda: list(Process.objects.iterator()),
    "values": lambda: list(Process.objects.values("title")),
    "union": lambda: list(Process.objects.all().union(Process.objects.all())),
    "explain": lambda: Process.objects.all().explain(),
    "get_or_create": lambda: Process.objects.get_or_create(title="x"),
    "default manager": lambda: list(Process._default_manager.all()),
    "base manager": lambda: list(Process._base_manager.all()),
    "locked": lambda: list(Process.objects.select_for_update()),
    "earliest": lambda: Process.objects.earliest("created_at"),
    "dates": lambda: list(Process.objects.dates("created_at", "day")),
    "exists in a subquery": lambda: list(Process.everywhere.filter(Exists(Document.objects.filter(process=OuterRef("pk"))))),
    "in a subquery": lambda: list(Process.everywhere.filter(pk__in=Document.objects.values("process"))),
}


@pytest.mark.parametrize("way", OUTSIDE)
def test_nothing_is_read_outside_an_act(db, way):
    with pytest.raises(NoAct):
        OUTSIDE[way]()


@pytest.fixture
def theirs(other) -> Document:
    with act(other.organization, other.eve):
        process = Process(title="theirs")
        process.save()
        document = Document(title="theirs", state="draft", process=process)
        document.save()
        Revision(
            document=document, position=1, label="1", title="theirs", kind="form", language="en", author_id=other.eve.id
        ).save()
        return document


def test_another_organizations_rows_are_not_there(theirs, as_wei):
    assert not Document.objects.filter(pk=theirs.pk).exists()
    with pytest.raises(Document.DoesNotExist):
        theirs.refresh_from_db()
    assert list(theirs.revisions.all()) == []


def test_one_queryset_shows_each_organization_its_own_rows(theirs, as_wei, other):
    rows = Process.objects.all()
    Process(title="ours").save()
    assert [process.title for process in rows.all()] == ["ours"]
    with act(other.organization, other.eve):
        assert [process.title for process in rows.all()] == ["theirs"]
        assert [process.title for process in Process.objects.all()] == ["theirs"]
    assert [process.title for process in Process.objects.all()] == ["ours"]


def test_a_query_that_was_narrowed_leaves_the_next_one_whole(as_wei):
    Process(title="ours").save()
    assert list(Process.objects.filter(title="x").order_by("title")) == []
    assert [process.title for process in Process.objects.all()] == ["ours"]


def test_a_form_made_at_import_time_offers_only_the_acting_organizations_rows(theirs, as_wei):
    ours = Process(title="ours")
    ours.save()
    assert list(DocumentForm().fields["process"].queryset) == [ours]


def test_a_scoped_and_an_unscoped_queryset_are_not_joined(as_wei):
    with pytest.raises(PastTheTrail):
        Process.objects.all() | Process.everywhere.all()


def test_a_row_of_another_organization_is_not_saved(theirs, as_wei):
    with pytest.raises(PastTheTrail):
        theirs.save()


def test_a_reference_across_organizations_is_refused_even_by_id(theirs, as_wei):

    with pytest.raises(DatabaseError, match="crosses organizations"), transaction.atomic():
        Document(title="x", state="draft", process_id=theirs.process_id).save()


def test_a_reference_to_a_loaded_row_of_another_organization_is_refused_before_the_database(theirs, as_wei):
    with pytest.raises(PastTheTrail, match="process belongs to another"):
        Document(title="x", state="draft", process=theirs.process).save()


BEHIND_A_ROW = {
    "a forward key": lambda row: row.process,
    "a reverse key": lambda row: list(row.revisions.all()),
    "refresh": lambda row: row.refresh_from_db(),
    "prefetch": lambda row: prefetch_related_objects([row], "revisions"),
    "prefetch with a queryset": lambda row: prefetch_related_objects([row], Prefetch("revisions", Revision.objects.all())),
    "prefetch of a forward key": lambda row: prefetch_related_objects([row], "process"),
    "base manager": lambda row: Document._base_manager.get(pk=row.pk),
}


@pytest.fixture
def loaded(theirs, other) -> Document:
    """A row as a program holds it after the act in which it was read."""
    with act(other.organization, other.eve):
        return Document.objects.get(pk=theirs.pk)


@pytest.mark.parametrize("way", BEHIND_A_ROW)
def test_behind_a_row_nothing_is_read_outside_an_act(loaded, way):
    with pytest.raises(NoAct):
        BEHIND_A_ROW[way](loaded)


@pytest.mark.parametrize("way", BEHIND_A_ROW)
def test_behind_another_organizations_row_there_is_nothing(loaded, as_wei, way):
    try:
        found = BEHIND_A_ROW[way](loaded)
    except (Document.DoesNotExist, Process.DoesNotExist):
        return
    assert not found
    assert list(getattr(loaded, "_prefetched_objects_cache", {}).get("revisions", [])) == []
    assert loaded._state.fields_cache.get("process") is None


JOINED = {
    "unscoped or scoped": lambda: Process.everywhere.all() | Process.objects.all(),
    "either": lambda: Process.objects.all() ^ Process.everywhere.all(),
    "unscoped either": lambda: Process.everywhere.all() ^ Process.objects.all(),
    "union": lambda: Process.objects.all().union(Process.objects.all(), Process.everywhere.all()),
    "a queryset made by hand": lambda: Process.objects.all() | models.QuerySet(Process),
    "a narrowed one": lambda: Process.objects.filter(title="x") | Process.everywhere.filter(title="theirs"),
}


@pytest.mark.parametrize("way", JOINED)
def test_no_way_of_joining_lets_unscoped_rows_in(as_wei, way):
    with pytest.raises(PastTheTrail):
        JOINED[way]()


def test_what_both_have_is_still_only_of_the_acting_organization(theirs, as_wei):
    assert list(Process.objects.all() & Process.everywhere.all()) == []
    assert list(Process.everywhere.filter(pk__in=Process.objects.all())) == []


def test_every_reference_between_organizations_rows_is_held_by_the_database(db):
    held = [name for name, made in statements(connection.vendor).items() if "crosses organizations" in made[-1] + made[0]]
    assert len(held) > 30
    assert missing() == []


@pytest.mark.parametrize("column", ["process_id", "organization_id"])
def test_sql_does_not_lead_a_reference_across_organizations(theirs, as_wei, other, column):
    ours = Process(title="ours")
    ours.save()
    mine = Document(title="x", state="draft", process=ours)
    mine.save()
    value = theirs.process_id if column == "process_id" else other.organization.pk
    field = Document._meta.get_field(column.removesuffix("_id"))
    words = [field.get_db_prep_value(value, connection), Document._meta.pk.get_db_prep_value(mine.pk, connection)]
    with (
        pytest.raises(DatabaseError, match="crosses organizations"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {Document._meta.db_table} SET {column} = %s WHERE id = %s", words)


def test_a_row_is_not_loaded_over_from_a_file_and_a_new_one_is_named_by_verification(theirs, other, tmp_path):
    path = tmp_path / "rows.json"
    with act(other.organization, other.eve):
        theirs.title = "slipped in"
        path.write_text(serializers.serialize("json", [theirs]))
        with pytest.raises(IntegrityError), transaction.atomic():
            call_command("loaddata", str(path), verbosity=0)
        theirs.pk, theirs.number = uuid7(), "QP-99"
        path.write_text(serializers.serialize("json", [theirs]))
        call_command("loaddata", str(path), verbosity=0)
    assert [one.name for one in verify()] == ["QP-99"]
