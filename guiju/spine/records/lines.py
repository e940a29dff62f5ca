"""Line: a row that belongs to one record and is told with it, such as what flows into a process or what became of a quantity."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.spine.records.trailed import Kept


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
