"""Indicator, its values, and the evaluation that concludes from them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.modules.processes.models import OfProcess
from guiju.spine.records.lines import Line
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme


class Subject(models.TextChoices):
    """What is evaluated by it: the list of ISO 9001 9.1.3, and delivery."""

    PROCESS = "process", _("The process")
    CONFORMITY = "conformity", _("Conformity of products and services")
    SATISFACTION = "satisfaction", _("Customer satisfaction")
    SYSTEM = "system", _("The quality management system")
    PLANNING = "planning", _("Whether plans were carried out")
    RISK_ACTIONS = "risk_actions", _("Actions on risks and opportunities")
    SUPPLIERS = "suppliers", _("Suppliers")
    DELIVERY = "delivery", _("Delivery")


class Better(models.TextChoices):
    """Which values are the good ones."""

    HIGHER = "higher", _("the higher the better")
    LOWER = "lower", _("the lower the better")
    WITHIN = "within", _("within its limits")


class Frequency(models.TextChoices):
    DAY = "day", _("every day")
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")
    YEAR = "year", _("every year")


def quantity(words: Any, **more: Any) -> models.DecimalField:
    """A measured number: up to fourteen digits and six decimal places."""
    return models.DecimalField(words, max_digits=20, decimal_places=6, **more)


class Indicator(OfProcess, Record):
    """What is measured of a process, how, how often, and what is aimed at."""

    named_by = ("title", "title_zh")

    title_zh = models.CharField(_("title in Chinese"), max_length=300, blank=True)
    subject = models.CharField(_("what it tells about"), max_length=20, choices=Subject.choices, default=Subject.PROCESS)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimal places shown"), default=1)
    better = models.CharField(_("which values are good"), max_length=10, choices=Better.choices, default=Better.HIGHER)
    target = quantity(_("target"), null=True, blank=True)
    lower_limit = quantity(_("lower limit"), null=True, blank=True)
    upper_limit = quantity(_("upper limit"), null=True, blank=True)
    limits_reason = models.TextField(_("where target and limits come from"), blank=True)
    method = models.TextField(_("how it is measured"), blank=True)
    data_source = models.CharField(_("where the data come from"), max_length=300, blank=True)
    frequency = models.CharField(_("how often"), max_length=10, choices=Frequency.choices, default=Frequency.MONTH)
    evaluation_months = models.PositiveSmallIntegerField(_("evaluated every … months"), default=12)
    evaluator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("evaluated by"),
        db_index=False,
    )

    class Meta(Record.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        indexes = (  # type: ignore[assignment]
            *Record.Meta.indexes,
            models.Index(fields=("organization", "process", "-id"), name="indicators_by_process"),
        )

    def __str__(self) -> str:
        return self.title_zh if self.title_zh and (get_language() or "").startswith("zh") else self.title

    def numbering(self) -> Scheme:
        return Scheme("KPI", width=3)


class Source(models.TextChoices):
    ENTERED = "entered", _("entered")
    IMPORTED = "imported", _("imported")
    PUSHED = "pushed", _("sent by a program")


class IndicatorValue(Line):
    """One value for one period, named by the day on which the period ends."""

    below = "indicator"
    called = _("value")

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name=_("indicator"))
    period_end = models.DateField(_("end of the period"))
    value = quantity(_("value"))
    note = models.TextField(_("note"), blank=True)
    off_target = models.BooleanField(_("off target"), default=False, editable=False)
    out_of_limits = models.BooleanField(_("out of limits"), default=False, editable=False)
    reaction = models.TextField(_("what was done about it"), blank=True)
    source = models.CharField(_("came by"), max_length=10, choices=Source.choices, default=Source.ENTERED, editable=False)
    entered_at = models.DateTimeField(_("entered at"), editable=False)

    class Meta(Line.Meta):
        verbose_name = _("value")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "indicator", "period_end"), condition=models.Q(ended=False), name="indicators_value_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.period_end}: {self.value.normalize():f}"


class Conclusion(models.TextChoices):
    ACHIEVES = "achieves", _("achieves what it is for")
    PARTLY = "partly", _("achieves it in part")
    FAILS = "fails", _("does not achieve it")


class Needed(models.TextChoices):
    OPEN = "open", _("not decided")
    YES = "yes", _("yes")
    NO = "no", _("no")


class Evaluation(OfProcess, Record):
    """What a person concludes from the values of a period. ISO 9001 9.1.3."""

    subject = models.CharField(_("what is evaluated"), max_length=20, choices=Subject.choices, default=Subject.PROCESS)
    period_end = models.DateField(_("period until"))
    method = models.TextField(_("how it was evaluated"), blank=True)
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=Conclusion.choices)
    conclusion_text = models.TextField(_("conclusion in words"))
    improvement_needed = models.CharField(_("is improvement needed"), max_length=5, choices=Needed.choices, default=Needed.OPEN)
    improvement_text = models.TextField(_("what is to improve, or why nothing"), blank=True)
    evaluated_on = models.DateField(_("evaluated on"), editable=False)
    evaluated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("evaluated by"), db_index=False, editable=False
    )

    class Meta(Record.Meta):
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")

    def numbering(self) -> Scheme:
        return Scheme("EV", yearly=True, width=3)


class EvaluationBasis(Line):
    """An indicator whose values an evaluation rests on."""

    below = "evaluation"
    called = _("indicator of an evaluation")

    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="basis")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+", verbose_name=_("indicator"))

    class Meta(Line.Meta):
        verbose_name = _("indicator of an evaluation")

    def __str__(self) -> str:
        return str(self.indicator)
