"""Complaint, and what was said to and fro about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.modules.actions.models import person
from guiju.modules.nonconformities.models import Nonconformity, Severity
from guiju.modules.processes.models import OfProcess
from guiju.spine.records.models import Record
from guiju.spine.records.scheme import Scheme
from guiju.spine.trail.states import personal


class Way(models.TextChoices):
    MAIL = "mail", _("e-mail or letter")
    TELEPHONE = "telephone", _("telephone")
    VISIT = "visit", _("visit")
    FORM = "form", _("form")
    PORTAL = "portal", _("shop or portal")
    OTHER = "other", _("another way")


class Justified(models.TextChoices):
    UNDECIDED = "undecided", _("not decided")
    YES = "yes", _("justified")
    NO = "no", _("not justified")


class Satisfied(models.TextChoices):
    NOT_ASKED = "not_asked", _("not asked")
    ASKED = "asked", _("asked, no answer yet")
    YES = "yes", _("satisfied")
    PARTLY = "partly", _("partly satisfied")
    NO = "no", _("not satisfied")


class Complaint(OfProcess, Record):
    """Dissatisfaction that a customer has expressed, where an answer is expected. ISO 9000 3.9.3, ISO 10002."""

    customer = models.CharField(_("customer"), max_length=200)
    contact = personal(models.CharField(_("who complained, and how to reach them"), max_length=300, blank=True))
    way = models.CharField(_("came by"), max_length=20, choices=Way.choices, default=Way.MAIL)
    received_on = models.DateField(_("received on"))
    statement = models.TextField(_("what the customer says"))
    wanted = models.TextField(_("what the customer wants"), blank=True)
    severity = models.CharField(_("grade"), max_length=20, choices=Severity.choices, default=Severity.SIGNIFICANT)
    product = models.CharField(_("product or service"), max_length=200, blank=True)
    order_number = models.CharField(_("order"), max_length=100, blank=True)
    lot_number = models.CharField(_("lot or serial number"), max_length=200, blank=True)
    language = models.CharField(_("language of the answer"), max_length=10, default="en")
    acknowledge_by_on = models.DateField(_("to be acknowledged by"), null=True, editable=False)
    acknowledged_on = models.DateField(_("acknowledged on"), null=True, editable=False)
    acknowledgement = models.TextField(_("acknowledgement"), blank=True, editable=False)
    justified = models.CharField(
        _("justified"), max_length=20, choices=Justified.choices, default=Justified.UNDECIDED, editable=False
    )
    justified_reason = models.TextField(_("why so decided"), blank=True, editable=False)
    nonconformity = models.ForeignKey(
        Nonconformity, models.PROTECT, null=True, related_name="+", verbose_name=_("nonconformity"), editable=False
    )
    answer = models.TextField(_("answer to the customer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    answered_by = person(_("answered by"))
    no_answer_reason = models.TextField(_("why no answer is due"), blank=True, editable=False)
    satisfied = models.CharField(
        _("satisfied with the answer"), max_length=10, choices=Satisfied.choices, default=Satisfied.NOT_ASKED
    )
    closed_on = models.DateField(_("closed on"), null=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        indexes = (  # type: ignore[assignment]
            *Record.Meta.indexes,
            models.Index(fields=("organization", "due_on", "id"), name="complaints_by_due"),
            models.Index(fields=("organization", "title", "id"), name="complaints_by_title"),
            models.Index(fields=("organization", "received_on", "id"), name="complaints_by_received"),
            models.Index(fields=("organization", "state", "-id"), name="complaints_by_state"),
            models.Index(fields=("organization", "process", "-id"), name="complaints_by_process"),
            models.Index(fields=("organization", "owner", "-id"), name="complaints_by_owner"),
        )

    def numbering(self) -> Scheme:
        return Scheme("CMP", yearly=True, width=3)
