"""Nonconformity, what became of it (dispositions, concessions), its cost, and reports that wait for admission."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.modules.actions.models import person
from guiju.modules.indicators.models import quantity as number
from guiju.modules.processes.models import OfProcess
from guiju.organizations.models import Site
from guiju.spine.records.lines import Line
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme


class Kind(models.TextChoices):
    OUTPUT = "output", _("Product or service")
    PROCESS = "process", _("Process")
    SYSTEM = "system", _("Quality management system")
    SUPPLIER = "supplier", _("Supplier")
    DELIVERY = "delivery", _("Delivery")
    OBJECTIVE = "objective", _("Objective missed")


class Stage(models.TextChoices):
    INCOMING = "incoming", _("on arrival")
    IN_PROCESS = "in_process", _("during the work")
    FINAL = "final", _("at the final inspection")
    AFTER_DELIVERY = "after_delivery", _("after delivery")
    SERVICE = "service", _("in a service")
    SYSTEM = "system", _("elsewhere")


class Severity(models.TextChoices):
    SLIGHT = "slight", _("Slight")
    SIGNIFICANT = "significant", _("Significant")
    SEVERE = "severe", _("Severe")


class CauseDecision(models.TextChoices):
    OPEN = "open", _("not decided")
    REMOVE = "remove_cause", _("remove the cause")
    CORRECT = "correct_only", _("correct only")


class Search(models.TextChoices):
    OPEN = "open", _("not looked for yet")
    DONE = "done", _("looked for")


class Nonconformity(OfProcess, Record):
    """A requirement that was not met, from its report to the proof that it does not come back."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OUTPUT)
    stage = models.CharField(_("found"), max_length=20, choices=Stage.choices, default=Stage.IN_PROCESS)
    severity = models.CharField(_("grade"), max_length=20, choices=Severity.choices, blank=True)
    severity_reason = models.TextField(_("why this grade"), blank=True)
    description = models.TextField(_("what happened"), blank=True)
    requirement_not_met = models.TextField(_("requirement not met"), blank=True)
    detected_on = models.DateField(_("detected on"))
    where = models.CharField(_("where"), max_length=200, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site"))
    product = models.CharField(_("product or service"), max_length=200, blank=True)
    lot_number = models.CharField(_("lot or serial number"), max_length=200, blank=True)
    customer = models.CharField(_("customer"), max_length=200, blank=True)
    supplier = models.CharField(_("supplier"), max_length=200, blank=True)
    quantity = number(_("quantity concerned"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    delivered = models.BooleanField(_("some of it was delivered"), default=False)
    contained_on = models.DateField(_("contained on"), null=True, editable=False)
    contain_by_on = models.DateField(_("to be contained by"), null=True, blank=True)
    containment = models.TextField(_("containment"), blank=True)
    marked_as = models.CharField(_("marked as"), max_length=200, blank=True)
    segregated_at = models.CharField(_("kept apart at"), max_length=200, blank=True)
    other_lots_checked = models.TextField(_("what else is concerned"), blank=True)
    customer_informed_on = models.DateField(_("customer informed on"), null=True, blank=True)
    customer_informed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("informed by"),
        db_index=False,
    )
    not_informed_reason = models.TextField(_("why the customer is not informed"), blank=True)
    correction = models.TextField(_("correction"), blank=True)
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)
    consequences = models.TextField(_("consequences"), blank=True)
    consequences_dealt_on = models.DateField(_("consequences dealt with on"), null=True, blank=True)
    analysis = models.TextField(_("analysis in words"), blank=True)
    cause_decision = models.CharField(
        _("what is decided on the cause"),
        max_length=20,
        choices=CauseDecision.choices,
        default=CauseDecision.OPEN,
        editable=False,
    )
    cause_decision_reason = models.TextField(_("why so decided"), blank=True, editable=False)
    cause_decided_on = models.DateField(_("decided on"), null=True, editable=False)
    cause_decided_by = person(_("decided by"))
    cause_is_change = models.BooleanField(_("caused by a change"), default=False)
    human_error = models.BooleanField(_("a person's mistake is among the causes"), default=False)
    similar_search = models.CharField(
        _("similar cases"), max_length=10, choices=Search.choices, default=Search.OPEN, editable=False
    )
    similar_where = models.TextField(_("where similar cases were looked for"), blank=True)
    similar_found = models.TextField(_("what was found"), blank=True)
    similar_searched_on = models.DateField(_("looked for on"), null=True, editable=False)
    similar_searched_by = person(_("looked for by"))
    recurrence_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("happened before as")
    )
    risk_review = models.CharField(_("is the risk picture still right"), max_length=20, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("nonconformity")
        verbose_name_plural = _("nonconformities")
        constraints = (models.UniqueConstraint(fields=("organization", "number"), name="nonconformities_number"),)
        indexes = (  # type: ignore[assignment]
            models.Index(fields=("organization", "-id"), name="nonconformities_page"),
            models.Index(fields=("organization", "due_on", "id"), name="nonconformities_by_due"),
            models.Index(fields=("organization", "title", "id"), name="nonconformities_by_title"),
            models.Index(fields=("organization", "detected_on", "id"), name="nonconformities_by_detected"),
            models.Index(fields=("organization", "state", "-id"), name="nonconformities_by_state"),
            models.Index(fields=("organization", "kind", "-id"), name="nonconformities_by_kind"),
            models.Index(fields=("organization", "severity", "-id"), name="nonconformities_by_severity"),
            models.Index(fields=("organization", "process", "-id"), name="nonconformities_by_process"),
            models.Index(fields=("organization", "owner", "-id"), name="nonconformities_by_owner"),
        )

    def numbering(self) -> Scheme:
        return Scheme("NC", yearly=True, width=3)

    def signed_view(self, schema: int) -> dict[str, Any]:
        """What is signed with the cause and with the end: the case as it was described, decided and put right."""
        texts = ("number", "title", "kind", "stage", "severity", "description", "requirement_not_met", "cause_decision")
        made: dict[str, Any] = {name: getattr(self, name) or "" for name in (*texts, "cause_decision_reason")}
        made["quantity"] = "" if self.quantity is None else f"{self.quantity.normalize():f}"
        made["detected_on"] = self.detected_on.isoformat()
        return made


class Fate(models.TextChoices):
    """What is done with a quantity. ISO 9001 8.7.1, terms of ISO 9000."""

    CORRECT = "correct", _("Correct")
    REWORK = "rework", _("Rework")
    REPAIR = "repair", _("Repair")
    SCRAP = "scrap", _("Scrap")
    REGRADE = "regrade", _("Regrade")
    RETURN = "return", _("Return to the supplier")
    SEGREGATE = "segregate", _("Keep apart")
    SUSPEND = "suspend", _("Suspend delivery")
    ACCEPT = "accept_as_is", _("Release under concession")


class Result(models.TextChoices):
    CONFORMS = "conforms", _("conforms")
    DOES_NOT = "does_not", _("does not conform")


class Disposition(Line):
    """What is decided for one quantity, that it was carried out, and after rework or repair that it was verified again."""

    below = "nonconformity"
    called = _("disposition")

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="dispositions", verbose_name=_("nonconformity"))
    kind = models.CharField(_("disposition"), max_length=20, choices=Fate.choices)
    quantity = number(_("quantity"), null=True, blank=True)
    reason = models.TextField(_("why"))
    authority = models.CharField(_("by which authority"), max_length=200, blank=True)
    note = models.TextField(_("how it is done"), blank=True)
    criteria = models.TextField(_("verified against"), blank=True)
    decided_on = models.DateField(_("decided on"), editable=False)
    decided_by = person(_("decided by"), null=False)
    carried_out_on = models.DateField(_("carried out on"), null=True, blank=True)
    reverified_on = models.DateField(_("verified again on"), null=True, blank=True)
    reverified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("verified by"),
        db_index=False,
    )
    reverified_result = models.CharField(_("result"), max_length=10, choices=Result.choices, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("disposition")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{f', {self.quantity.normalize():f}' if self.quantity is not None else ''}"


class Party(models.TextChoices):
    CUSTOMER = "customer", _("the customer")
    AUTHORITY = "authority", _("an authority")
    ORGANIZATION = "organization", _("this organization")


class Concession(Line):
    """The permission to use or release what does not conform: by whom, how much, until when. ISO 9000 3.12.5."""

    below = "nonconformity"
    called = _("concession")

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="concessions", verbose_name=_("nonconformity"))
    granting_party = models.CharField(_("granted by"), max_length=20, choices=Party.choices, default=Party.CUSTOMER)
    granted_by = models.CharField(_("name of who granted it"), max_length=200)
    granted_on = models.DateField(_("granted on"))
    customer_needed = models.BooleanField(_("the customer's consent is needed"), default=True)
    conditions = models.TextField(_("conditions"), blank=True)
    limit_quantity = number(_("at most"), null=True, blank=True)
    used_quantity = number(_("used so far"), default=0)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    evidence = models.TextField(_("where the consent is"), blank=True)

    class Meta(Line.Meta):
        verbose_name = _("concession")

    def __str__(self) -> str:
        return self.granted_by


class CostKind(models.TextChoices):
    MATERIAL = "material", _("Material and scrap")
    WORK = "work", _("Work")
    TRANSPORT = "transport", _("Transport")
    CREDIT = "credit", _("Credit or compensation")
    OTHER = "other", _("Other")


class Cost(Line):
    """What a case cost, in the organization's currency."""

    below = "nonconformity"
    called = _("cost")

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="costs", verbose_name=_("nonconformity"))
    kind = models.CharField(_("kind"), max_length=20, choices=CostKind.choices, default=CostKind.WORK)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    on = models.DateField(_("on"))
    note = models.CharField(_("for what"), max_length=300, blank=True)

    class Meta(Line.Meta):
        verbose_name = _("cost")

    def __str__(self) -> str:
        return f"{self.amount}"
