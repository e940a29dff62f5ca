"""A model that steps around the rules is refused at start (law L17)."""

import pytest
from django.db import models
from django.test.utils import isolate_apps

from guiju.spine.records.checks import faults, rows_on_the_trail
from guiju.spine.records.trailed import Kept, Trailed


def test_the_products_own_models_pass():
    assert rows_on_the_trail(None) == []


@pytest.fixture
def isolated(settings):

    with isolate_apps("guiju.spine.records"):
        yield


def test_a_row_without_organization_needs_a_reason(isolated):
    class Loose(Trailed):
        class Meta:
            app_label = "records"

    assert "no reason" in next(faults(Loose))


def test_cascades_and_many_to_many_and_wide_uniqueness_are_refused(isolated):
    class Target(Kept):
        class Meta(Kept.Meta):
            app_label = "records"

    class Faulty(Kept):
        target = models.ForeignKey(Target, models.CASCADE, related_name="+")
        many = models.ManyToManyField(Target, related_name="+")
        name = models.CharField(max_length=10, unique=True)

        class Meta(Kept.Meta):
            app_label = "records"
            constraints = (models.UniqueConstraint(fields=("target",), name="wide"),)

    text = " ".join(faults(Faulty))
    for word in ("PROTECT", "many-to-many", "name: unique", "wide: unique"):
        assert word in text


def test_a_model_that_forgets_the_scoped_base_manager_is_refused(isolated):
    class Open(Kept):
        class Meta:
            app_label = "records"

    assert any("Kept.Meta" in fault for fault in faults(Open))
