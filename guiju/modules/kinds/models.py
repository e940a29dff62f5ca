"""KindRule, DepartmentPrefix: what an organization has set for a kind of document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models import Department
from guiju.spine.records.trailed import Kept


class Kind(models.TextChoices):
    POLICY = "policy", _("Policy")
    MANUAL = "manual", _("Manual")
    PROCEDURE = "procedure", _("Procedure")
    WORK_INSTRUCTION = "work_instruction", _("Work instruction")
    SPECIFICATION = "specification", _("Specification")
    FORM = "form", _("Form")
    PLAN = "plan", _("Plan")
    REPORT = "report", _("Report")
    RECORD = "record", _("Record")
    EXTERNAL = "external", _("External document")


# How each kind is numbered where the organization has set nothing else.
PREFIXES = {
    Kind.POLICY: "PO",
    Kind.MANUAL: "QM",
    Kind.PROCEDURE: "QP",
    Kind.WORK_INSTRUCTION: "WI",
    Kind.SPECIFICATION: "SP",
    Kind.FORM: "FM",
    Kind.PLAN: "PL",
    Kind.REPORT: "RP",
    Kind.RECORD: "RC",
    Kind.EXTERNAL: "EX",
}


class KindRule(Kept):
    """What holds for one kind of document. Where none is kept, an unsaved one with the defaults stands for it."""

    called = _("rules of a kind")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    prefix = models.CharField(_("prefix"), max_length=20)
    yearly = models.BooleanField(_("numbers begin anew each year"), default=False)
    width = models.PositiveSmallIntegerField(_("digits"), default=2)
    reviewers = models.PositiveSmallIntegerField(_("reviewers at least"), default=1)
    reviews_in_turn = models.BooleanField(_("reviewers are asked one after another"), default=False)
    approvers = models.PositiveSmallIntegerField(_("approvals at least"), default=1)
    approvals_in_turn = models.BooleanField(_("approvers are asked one after another"), default=False)
    lead_days = models.PositiveSmallIntegerField(_("days between approval and effect, for reading and training"), default=0)
    review_months = models.PositiveSmallIntegerField(_("review again after months"), default=0)
    retain_years = models.PositiveSmallIntegerField(_("keep for years after it went out of force"), default=0)
    confidential = models.BooleanField(_("new ones are confidential"), default=False)
    template = models.TextField(_("what a new one begins with"), blank=True)
    fields = models.JSONField(_("further fields"), default=list, blank=True)  # see kinds.custom.CustomField

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "kind"), name="kinds_rule_kind"),)

    def __str__(self) -> str:
        return str(self.get_kind_display())


class DepartmentPrefix(Kept):
    """Documents of a kind that belong to a department are numbered under a prefix of their own."""

    called = _("department's prefix")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    prefix = models.CharField(_("prefix"), max_length=20)
    ended = models.BooleanField(_("no longer used"), default=False)

    class Meta(Kept.Meta):
        constraints = (models.UniqueConstraint(fields=("organization", "kind", "department"), name="kinds_prefix_of_department"),)

    def __str__(self) -> str:
        return self.prefix
