"""A prepared query is the queryset it was made of, scope included."""

import pytest
from django.db import models

from guiju.modules.processes.models import Process
from guiju.spine.acts import NoAct, act
from guiju.spine.acts.prepared import Param, Prepared

OF_KIND = Prepared(
    lambda: (
        Process.objects.filter(kind=Param("kind", models.CharField())).order_by("title").values_list("id", "title", "created_at")
    )
)


@pytest.fixture
def processes(lanzhu, other) -> None:
    for place, who in ((lanzhu.organization, lanzhu.wei), (other.organization, other.eve)):
        with act(place, who):
            for title, kind in (("a", "core"), ("b", "core"), ("c", "support")):
                Process(title=f"{place.slug} {title}", kind=kind).save()


def test_it_answers_as_the_queryset_does(processes, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        expected = list(Process.objects.filter(kind="core").order_by("title").values_list("id", "title", "created_at"))
        assert list(OF_KIND.rows(kind="core")) == expected
        assert [row[1] for row in OF_KIND.rows(kind="support")] == ["lanzhu c"]


def test_each_asking_sees_the_organization_of_its_act(processes, lanzhu, other):
    with act(lanzhu.organization, lanzhu.wei):
        assert [row[1] for row in OF_KIND.rows(kind="core")] == ["lanzhu a", "lanzhu b"]
    with act(other.organization, other.eve):
        assert [row[1] for row in OF_KIND.rows(kind="core")] == ["other a", "other b"]


def test_outside_an_act_it_refuses(db):
    with pytest.raises(NoAct):
        OF_KIND.rows(kind="core")
