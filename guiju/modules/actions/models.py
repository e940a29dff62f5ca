"""Action, the causes behind it, requests for more time, and suggestions."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.modules.indicators.models import Indicator, quantity
from guiju.modules.processes.models import OfProcess
from guiju.spine.records.lines import Line, SideLine
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme
from guiju.spine.records.trailed import Kept


def person(words: Any, *, null: bool = True) -> models.ForeignKey:
    """A reference to a person, filled by a step."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, related_name="+", verbose_name=words, db_index=False, editable=False
    )


class Standard(models.TextChoices):
    """The categories that every organization's own are counted under."""

    PERSON = "person", _("People")
    METHOD = "method", _("Method")
    MACHINE = "machine", _("Machine")
    MATERIAL = "material", _("Material")
    MEASUREMENT = "measurement", _("Measurement")
    ENVIRONMENT = "environment", _("Surroundings")
    MANAGEMENT = "management", _("Management")


class CauseCategory(Kept):
    """A branch of the fishbone as the organization calls it; the standard ones need no row."""

    called = _("category of causes")
    named_by = ("name", "name_zh")

    name = models.CharField(_("name"), max_length=100)
    name_zh = models.CharField(_("name in Chinese"), max_length=100, blank=True)
    counts_as = models.CharField(_("counts as"), max_length=20, choices=Standard.choices)
    position = models.PositiveSmallIntegerField(_("place"), default=0)
    ended = models.BooleanField(_("no longer used"), default=False)

    class Meta(Kept.Meta):
        verbose_name = _("category of causes")
        constraints = (models.UniqueConstraint(fields=("organization", "name"), name="actions_category_name"),)

    def __str__(self) -> str:
        return self.name_zh if self.name_zh and (get_language() or "").startswith("zh") else self.name


class Tool(models.TextChoices):
    FIVE_WHY = "five_why", _("Five times why")
    FISHBONE = "fishbone", _("Fishbone")
    IS_IS_NOT = "is_is_not", _("Is and is not")
    FAULT_TREE = "fault_tree", _("Fault tree")
    OTHER = "other", _("Another")


class Finding(models.TextChoices):
    OPEN = "open", _("not looked into yet")
    CONFIRMED = "confirmed", _("confirmed")
    REFUTED = "refuted", _("refuted")


class Cause(SideLine):
    """One supposed cause of a case, by evidence confirmed or refuted. The case is a record of any kind; `behind` is the cause
    that this one explains, so that a chain of whys is data.
    """

    called = _("cause")

    method = models.CharField(_("found by"), max_length=20, choices=Tool.choices, default=Tool.FIVE_WHY)
    behind = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("explains"))
    standard = models.CharField(_("branch"), max_length=20, choices=Standard.choices, default=Standard.METHOD)
    category = models.ForeignKey(
        CauseCategory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("own category")
    )
    question = models.CharField(_("why"), max_length=300, blank=True)
    statement = models.TextField(_("cause"))
    finding = models.CharField(_("finding"), max_length=10, choices=Finding.choices, default=Finding.OPEN)
    evidence = models.TextField(_("shown by"), blank=True)
    root = models.BooleanField(_("root cause"), default=False)
    why_undetected = models.TextField(_("why it was not detected"), blank=True)
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    decided_by = person(_("decided by"))

    class Meta(SideLine.Meta):
        verbose_name = _("cause")
        indexes = (models.Index(fields=("organization", "below_kind", "below_id", "position"), name="actions_cause_case"),)

    def __str__(self) -> str:
        return self.statement[:120]


class Sort(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    CORRECTIVE = "corrective", _("Corrective action")
    IMPROVEMENT = "improvement", _("Improvement")


class Origin(models.TextChoices):
    NONCONFORMITY = "nonconformity", _("Nonconformity")
    COMPLAINT = "complaint", _("Complaint")
    AUDIT = "audit", _("Audit")
    REVIEW = "review", _("Management review")
    EVALUATION = "evaluation", _("Evaluation")
    SUGGESTION = "suggestion", _("Suggestion")
    RISK = "risk", _("Risk or opportunity")
    OTHER = "other", _("Something else")


class Aim(models.TextChoices):
    OFFERING = "offering", _("products and services")
    PROCESS = "process", _("the process")
    SYSTEM = "system", _("the quality management system")
    SATISFACTION = "satisfaction", _("customer satisfaction")


class Strength(models.TextChoices):
    """From what cannot fail to what relies on people remembering."""

    ELIMINATES = "eliminates", _("takes the cause away")
    SUBSTITUTES = "substitutes", _("replaces what causes it")
    PREVENTS = "prevents_by_design", _("makes it impossible by design")
    DETECTS = "detects", _("detects it before harm is done")
    INSTRUCTS = "instructs", _("instructs or trains people")


class Basis(models.TextChoices):
    """By which data an action's effect is judged."""

    INDICATOR = "indicator", _("the values of an indicator")
    RECURRENCES = "recurrences", _("how often it happened again")
    INSPECTION = "inspection", _("looking at it on the spot")


class Effect(models.TextChoices):
    OPEN = "open", _("not decided")
    EFFECTIVE = "effective", _("effective")
    NOT_EFFECTIVE = "not_effective", _("not effective")


class Answer(models.TextChoices):
    OPEN = "open", _("not answered")
    NEEDED = "needed", _("yes, it must change")
    NOT_NEEDED = "not_needed", _("no, it stands")


class Action(OfProcess, Record):
    """What is to be done, by whom, until when; and, of one that removes a cause, by which data it is judged."""

    kind = models.CharField(_("kind"), max_length=20, choices=Sort.choices, default=Sort.CORRECTIVE)
    origin = models.CharField(_("came from"), max_length=20, choices=Origin.choices, default=Origin.OTHER)
    aim = models.CharField(_("improves"), max_length=20, choices=Aim.choices, blank=True)
    problem = models.TextField(_("problem"), blank=True)
    action_text = models.TextField(_("what is to be done"), blank=True)
    cause_addressed = models.ForeignKey(
        Cause, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cause that it removes")
    )
    strength = models.CharField(_("how strong it is"), max_length=20, choices=Strength.choices, blank=True)
    scale_reason = models.TextField(_("why it is in keeping with what happened"), blank=True)
    selected_reason = models.TextField(_("why this one"), blank=True)
    benefit_expected = models.TextField(_("benefit expected"), blank=True)
    benefit_measured = models.TextField(_("benefit measured"), blank=True)
    done_on = models.DateField(_("done on"), null=True, editable=False)
    done_by = person(_("done by"))
    done_evidence = models.TextField(_("what shows that it was done"), blank=True, editable=False)
    verified_on = models.DateField(_("verified on"), null=True, editable=False)
    verified_by = person(_("verified by"))
    effectiveness_criterion = models.TextField(_("it has worked when"), blank=True)
    effectiveness_basis_kind = models.CharField(_("judged by"), max_length=20, choices=Basis.choices, blank=True)
    effectiveness_indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("indicator")
    )
    effectiveness_limit = quantity(_("at the limit of"), null=True, blank=True)
    effectiveness_count = models.PositiveSmallIntegerField(_("values needed"), default=6)
    effectiveness_due_on = models.DateField(_("decided whether it worked by"), null=True, blank=True)
    criterion_set_on = models.DateField(_("criterion set on"), null=True, editable=False)
    effectiveness = models.CharField(_("effect"), max_length=20, choices=Effect.choices, default=Effect.OPEN, editable=False)
    effectiveness_basis = models.TextField(_("on what it was decided"), blank=True, editable=False)
    effectiveness_judged_on = models.DateField(_("decided on"), null=True, editable=False)
    effectiveness_judged_by = person(_("decided by"))
    reopened_as = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("goes on as"), editable=False
    )
    risk_review = models.CharField(_("must the risks change"), max_length=20, choices=Answer.choices, default=Answer.OPEN)
    risk_review_reason = models.TextField(_("why, or why not"), blank=True)
    system_change = models.CharField(_("must the system change"), max_length=20, choices=Answer.choices, default=Answer.OPEN)
    system_change_reason = models.TextField(_("what, or why not"), blank=True)

    class Meta(Record.Meta):
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        indexes = (  # type: ignore[assignment]
            *Record.Meta.indexes,
            models.Index(fields=("organization", "due_on", "id"), name="actions_by_due"),
            models.Index(fields=("organization", "title", "id"), name="actions_by_title"),
            models.Index(fields=("organization", "state", "-id"), name="actions_by_state"),
            models.Index(fields=("organization", "kind", "-id"), name="actions_by_kind"),
            models.Index(fields=("organization", "process", "-id"), name="actions_by_process"),
            models.Index(fields=("organization", "owner", "-id"), name="actions_by_owner"),
        )

    def numbering(self) -> Scheme:
        return Scheme("ACT", yearly=True, width=3)

    def signed_view(self, schema: int) -> dict[str, Any]:
        """What is signed with the decision on its effect: what was done, by what it was judged, and what was decided."""
        texts = ("number", "title", "kind", "action_text", "done_evidence", "effectiveness_criterion", "effectiveness_basis_kind")
        decided = ("effectiveness", "effectiveness_basis")
        made: dict[str, Any] = {name: getattr(self, name) or "" for name in (*texts, *decided)}
        made["done_on"] = self.done_on.isoformat() if self.done_on else ""
        made["indicator"] = str(self.effectiveness_indicator_id or "")
        made["limit"] = "" if self.effectiveness_limit is None else f"{self.effectiveness_limit.normalize():f}"
        made["values_needed"] = str(self.effectiveness_count)
        return made


class Decision(models.TextChoices):
    ASKED = "asked", _("asked")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")


class Extension(Line):
    """A request for more time; a due date is not changed otherwise."""

    below = "action"
    called = _("request for more time")

    action = models.ForeignKey(Action, models.PROTECT, related_name="extensions", verbose_name=_("action"))
    before_on = models.DateField(_("due until now"), editable=False)
    until_on = models.DateField(_("to be due on"))
    reason = models.TextField(_("why more time is needed"))
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, default=Decision.ASKED, editable=False)
    asked_by = person(_("asked by"), null=False)
    decided_by = person(_("decided by"))
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    decision_reason = models.TextField(_("why so decided"), blank=True, editable=False)

    class Meta(Line.Meta):
        verbose_name = _("request for more time")

    def __str__(self) -> str:
        return f"{self.until_on}"


class Look(Line):
    """A look on the spot at whether what was done holds."""

    below = "action"
    called = _("look on the spot")

    action = models.ForeignKey(Action, models.PROTECT, related_name="looks", verbose_name=_("action"))
    on = models.DateField(_("on"))
    conforms = models.BooleanField(_("found as it should be"), default=False)
    note = models.TextField(_("what was seen"))
    by = person(_("by"), null=False)

    class Meta(Line.Meta):
        verbose_name = _("look on the spot")

    def __str__(self) -> str:
        return self.note[:80]
