"""Process, and the foreign key by which every record belongs to one."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.spine.records.lines import Line
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme


class Kind(models.TextChoices):
    MANAGEMENT = "management", _("Steering")
    CORE = "core", _("Core")
    SUPPORT = "support", _("Support")


class Process(Record):
    """A set of activities that turns inputs into outputs; the front door of the system."""

    named_by = ("title", "title_zh")

    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CORE)
    purpose = models.TextField(_("purpose"), blank=True)
    position = models.PositiveSmallIntegerField(_("place on the map"), default=0)

    class Meta(Record.Meta):
        verbose_name = _("process")
        verbose_name_plural = _("processes")

    def __str__(self) -> str:
        return self.title_zh if self.title_zh and (get_language() or "").startswith("zh") else self.title

    def numbering(self) -> Scheme:
        return Scheme("PR")


class Direction(models.TextChoices):
    INPUT = "input", _("Input")
    OUTPUT = "output", _("Output")


class Flow(Line):
    """What comes into a process or goes out of it; the other side is a process or a party outside."""

    below = "process"
    called = _("input or output")

    process = models.ForeignKey(Process, models.PROTECT, related_name="flows", verbose_name=_("process"))
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.INPUT)
    what = models.CharField(_("what"), max_length=300)
    other = models.ForeignKey(
        Process, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from or to which process")
    )
    outside_party = models.CharField(_("from or to whom outside"), max_length=300, blank=True)
    expected = models.TextField(_("what is expected of it"), blank=True)

    class Meta(Line.Meta):
        verbose_name = _("input or output")

    def __str__(self) -> str:
        return self.what


class OfProcess(models.Model):
    """Mixed into a Record that belongs to a process; empty while the map is being set up."""

    process = models.ForeignKey(
        Process, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("process"), db_index=False
    )

    class Meta:
        abstract = True
