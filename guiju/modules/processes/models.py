"""Process with its lines and revisions, and the foreign key by which every record belongs to one."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models import Site
from guiju.spine.acts import Refused
from guiju.spine.records.lines import Line
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme
from guiju.spine.records.trailed import Kept


class Kind(models.TextChoices):
    MANAGEMENT = "management", _("Steering")
    CORE = "core", _("Core")
    SUPPORT = "support", _("Support")


class Outsourced(models.TextChoices):
    NO = "no", _("done here")
    PART = "part", _("in part by others")
    WHOLE = "whole", _("wholly by others")


def person(words: Any, **more: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=words, db_index=False, **more
    )


def in_language(row: Any, name: str) -> str:
    """A text that is kept in both languages, in the reader's where it is written in it."""
    chinese = getattr(row, f"{name}_zh")
    return chinese if chinese and (get_language() or "").startswith("zh") else getattr(row, name)


class Process(Record):
    """A set of activities that turns inputs into outputs; the front door of the system.

    Its fields and lines are those of revision `revision`, which may be a draft; what is in force is found by date among
    its revisions (law L16). `position` is its place in its band of the map, 0 where the flows decide.
    """

    named_by = ("title", "title_zh")
    untold = ("position", "reason", "drafted_by")

    state = models.CharField(_("state"), max_length=30, default="draft", editable=False)
    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CORE)
    purpose = models.TextField(_("purpose"), blank=True)
    purpose_zh = models.TextField(_("purpose in Chinese"), blank=True)
    criteria = models.TextField(_("how we know that it runs well"), blank=True)
    criteria_zh = models.TextField(_("how we know that it runs well, in Chinese"), blank=True)
    owner_authority = models.TextField(_("what the owner may decide"), blank=True)
    owner_since = models.DateField(_("owner since"), null=True, blank=True)
    outsourced = models.CharField(_("who does it"), max_length=10, choices=Outsourced.choices, default=Outsourced.NO)
    outsourced_part = models.TextField(_("what others do"), blank=True)
    outsourced_control = models.TextField(_("how their work is controlled"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part of"), db_index=False
    )
    clauses = models.CharField(_("clauses served"), max_length=300, blank=True)
    due_on = models.DateField(_("next review"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, editable=False)
    position = models.PositiveSmallIntegerField(_("place on the map"), default=0, editable=False)
    revision = models.PositiveSmallIntegerField(_("revision"), default=1, editable=False)
    effective_on = models.DateField(_("effective on"), null=True, editable=False)
    drafted_by = person(_("drafted by"), null=True, editable=False)
    reason = models.TextField(_("why the revision is made"), blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("process")
        verbose_name_plural = _("processes")

    def __str__(self) -> str:
        return in_language(self, "title")

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
    what_zh = models.CharField(_("what, in Chinese"), max_length=300, blank=True)
    other = models.ForeignKey(
        Process, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from or to which process")
    )
    outside_party = models.CharField(_("from or to whom outside"), max_length=300, blank=True)
    outside_party_zh = models.CharField(_("from or to whom outside, in Chinese"), max_length=300, blank=True)
    expected = models.TextField(_("what is expected of it"), blank=True)

    class Meta(Line.Meta):
        verbose_name = _("input or output")

    def __str__(self) -> str:
        return in_language(self, "what")


class NeedKind(models.TextChoices):
    """ISO 9001 7.1: what a process is done with."""

    PEOPLE = "people", _("People")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    ENVIRONMENT = "environment", _("Environment")
    MEASURING = "measuring", _("Measuring equipment")
    KNOWLEDGE = "knowledge", _("Knowledge")
    EXTERNAL = "external", _("From others")
    MONEY = "money", _("Money")


class ResourceNeed(Line):
    """What a process needs, what the house itself can do of it, and what is decided where it is short. ISO 9001 7.1.1."""

    below = "process"
    called = _("resource")

    process = models.ForeignKey(Process, models.PROTECT, related_name="needs", verbose_name=_("process"))
    kind = models.CharField(_("kind"), max_length=20, choices=NeedKind.choices, default=NeedKind.INFRASTRUCTURE)
    need = models.CharField(_("what is needed"), max_length=300)
    need_zh = models.CharField(_("what is needed, in Chinese"), max_length=300, blank=True)
    own_capability = models.TextField(_("what we can do ourselves"), blank=True)
    limits = models.TextField(_("where our limits are"), blank=True)
    obtained_externally = models.BooleanField(_("obtained from others"), default=False)
    available = models.BooleanField(_("available"), default=True)
    shortage = models.TextField(_("what is short"), blank=True)
    shortage_decision = models.TextField(_("what was decided about it"), blank=True)
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("resource")

    def __str__(self) -> str:
        return in_language(self, "need")


class Participant(Line):
    """Who takes part in a process, by role or by name, and what they do in it."""

    below = "process"
    called = _("who takes part")

    process = models.ForeignKey(Process, models.PROTECT, related_name="participants", verbose_name=_("process"))
    who = models.CharField(_("who"), max_length=200)
    who_zh = models.CharField(_("who, in Chinese"), max_length=200, blank=True)
    does = models.CharField(_("what they do"), max_length=500, blank=True)
    does_zh = models.CharField(_("what they do, in Chinese"), max_length=500, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("who takes part")

    def __str__(self) -> str:
        return in_language(self, "who")


class Place(Line):
    """Where a process runs: a site of the organization, or a place in words."""

    below = "process"
    called = _("where it runs")

    process = models.ForeignKey(Process, models.PROTECT, related_name="places", verbose_name=_("process"))
    site = models.ForeignKey(
        Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site"), db_index=False
    )
    words = models.CharField(_("where exactly, or where else"), max_length=300, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("where it runs")

    def __str__(self) -> str:
        parts = [str(self.site) if self.site_id else "", self.words]
        return " · ".join(part for part in parts if part)


class StepKind(models.TextChoices):
    START = "start", _("Start")
    STEP = "step", _("Step")
    DECISION = "decision", _("Decision")
    END = "end", _("End")


class Step(Line):
    """One step of the flow of a process: who does what, and where it goes on.

    `goes_to` names the steps that follow by their places, each with the word on the way there: "4: passed; 7: failed". Empty:
    the next one.
    """

    below = "process"
    called = _("step")

    process = models.ForeignKey(Process, models.PROTECT, related_name="steps", verbose_name=_("process"))
    lane = models.CharField(_("who"), max_length=100)
    lane_zh = models.CharField(_("who, in Chinese"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=StepKind.choices, default=StepKind.STEP)
    what = models.CharField(_("what"), max_length=300)
    what_zh = models.CharField(_("what, in Chinese"), max_length=300, blank=True)
    goes_to = models.CharField(_("goes on to"), max_length=300, blank=True)
    goes_to_zh = models.CharField(_("goes on to, in Chinese"), max_length=300, blank=True)
    document = models.CharField(_("by which documents"), max_length=200, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("step")

    def __str__(self) -> str:
        return f"{self.position} {in_language(self, 'what')}"


class ProcessRevision(Kept):
    """One revision's content whole, as it was sent to review: fields and lines, as texts; what signatures stand under."""

    called = _("revision")

    process = models.ForeignKey(Process, models.PROTECT, related_name="revisions")
    position = models.PositiveSmallIntegerField(_("revision"))
    number = models.CharField(_("number"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    content = models.JSONField(_("content"), default=dict)
    reason = models.TextField(_("why it was made"), blank=True)
    drafted_by = person(_("drafted by"))
    submitted_by = person(_("sent to review by"))
    submitted_at = models.DateTimeField(_("sent to review at"))
    approved_at = models.DateTimeField(_("approved at"), null=True)
    effective_on = models.DateField(_("effective on"), null=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True)
    given_up_on = models.DateField(_("given up on"), null=True)

    untold = ("content", "number", "title", "submitted_at", "submitted_by", "drafted_by", "position")

    class Meta(Kept.Meta):
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "process", "position"),
                condition=models.Q(given_up_on=None),
                name="processes_revision_position",
            ),
        )
        indexes = (models.Index(fields=("organization", "process", "-position"), name="processes_revisions"),)

    def __str__(self) -> str:
        return str(self.position)

    def signed_view(self, schema: int) -> dict[str, Any]:
        """What a signature under a revision stands for: its content, not its state, owner or dates (law L9)."""
        return {
            "process": str(self.process_id),
            "number": self.number,
            "revision": str(self.position),
            "content": self.content,
            "reason": self.reason,
        }


class OfProcess(models.Model):
    """Mixed into a Record that belongs to a process; empty while the map is being set up."""

    process = models.ForeignKey(
        Process, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("process"), db_index=False
    )

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any, **more: Any) -> Self:
        made = super().from_db(db, field_names, values, **more)
        made._process_before = made.__dict__.get("process_id")  # type: ignore[attr-defined]
        return made

    def check_writable(self) -> None:
        """Refused where it is put to a process that was withdrawn; what belonged to it before stays."""
        super().check_writable()  # type: ignore[misc]
        if self.process_id is None or self.process_id == getattr(self, "_process_before", None):
            return
        # Asked for in a way that finds nothing of another organization: that is refused by the database, in its own words.
        loaded = self._state.fields_cache.get("process")
        process = loaded or Process.objects.filter(pk=self.process_id).first()
        if process is not None and process.state == "withdrawn":
            sentence = gettext_noop("This process was withdrawn: nothing new belongs to it.")
            raise Refused(sentence, errors={"process": [sentence]})
