"""Line: a row that belongs to one record and is told with it, such as what flows into a process or what became of a quantity."""

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.spine.records.trailed import Kept
from guiju.spine.trail.states import kind_of


class Line(Kept):
    """One row below a record. `below` names the foreign key to it; a line is never deleted, it is ended."""

    below: ClassVar[str]

    position = models.PositiveSmallIntegerField(_("place"), default=0)
    ended = models.BooleanField(_("no longer holds"), default=False, editable=False)

    class Meta(Kept.Meta):
        abstract = True

    @property
    def record(self) -> Any:
        """The record it belongs to."""
        return getattr(self, self.below)

    @classmethod
    def under(cls, record: models.Model) -> dict[str, Any]:
        """What makes a line one of this record's: for filters and for a new line."""
        return {cls.below: record}


class SideLine(Line):
    """A line below records of any kind, each named by (kind, id) as side rows name theirs."""

    below = "below_id"

    below_kind = models.CharField(max_length=80, editable=False)
    below_id = models.UUIDField(editable=False)

    class Meta(Line.Meta):
        abstract = True

    @property
    def record(self) -> Any:
        return apps.get_model(self.below_kind)._default_manager.get(pk=self.below_id)

    @classmethod
    def under(cls, record: models.Model) -> dict[str, Any]:
        return {"below_kind": kind_of(type(record)), "below_id": record.pk}
