"""No query leaks: every ordinary path to SQL needs an act, and sees one organization (section 6, law L17)."""

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Count, Exists, OuterRef

from guiju.modules.documents.forms import DocumentForm
from guiju.modules.documents.models import Document, Revision
from guiju.modules.processes.models import Process
from guiju.spine.acts import NoAct, act
from guiju.spine.records.trailed import PastTheTrail

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
