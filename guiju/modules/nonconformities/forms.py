"""Forms of nonconformities: the whole case, the half minute in which one is reported, and what steps ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.nonconformities.models import CauseDecision, Nonconformity
from guiju.spine.acts import current
from guiju.spine.registers.forms import Bounded, RecordForm

WHOLE = (
    *("title", "kind", "stage", "severity", "severity_reason", "process", "owner", "due_on", "detected_on", "where", "site"),
    *("product", "lot_number", "customer", "supplier", "quantity", "unit", "delivered", "description", "requirement_not_met"),
    *("contain_by_on", "containment", "marked_as", "segregated_at", "other_lots_checked", "customer_informed_on"),
    *("customer_informed_by", "not_informed_reason", "correction", "corrected_on", "consequences", "consequences_dealt_on"),
    *("analysis", "cause_is_change", "human_error", "recurrence_of"),
)


class CaseForm(RecordForm):
    """All that is known of a case; most of it is filled in as it goes on."""

    class Meta:
        model = Nonconformity
        fields = WHOLE
        labels = {"title": _("What is wrong, in a line"), "description": _("What happened")}
        help_texts = {
            "requirement_not_met": _("By which document, drawing or agreement it should have been otherwise."),
            "severity_reason": _("Whom it harms, how often, how it would have been found."),
            "recurrence_of": _("The same has happened before: its action did not hold."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["detected_on"].required = False
        if self.instance is not None and not self.instance._state.adding:
            own = Nonconformity.objects.exclude(pk=self.instance.pk)
            self.fields["recurrence_of"].queryset = own  # type: ignore[attr-defined]

    def clean_detected_on(self) -> Any:
        """Nobody detects in the future; without a day it was today."""
        on = self.cleaned_data["detected_on"] or current().today()
        if on > current().today():
            raise forms.ValidationError(_("That day has not come yet."), "future")
        return on


class ContainForm(Bounded):
    """What was done at once so that nothing more of it gets out."""

    containment = forms.CharField(label=_("What was done at once"), widget=forms.Textarea(attrs={"rows": 3}), max_length=10_000)
    marked_as = forms.CharField(label=_("Marked as"), required=False, max_length=200)
    segregated_at = forms.CharField(label=_("Kept apart at"), required=False, max_length=200)


class CauseDecisionForm(Bounded):
    """Whether the cause is to be removed, and why."""

    decision = forms.ChoiceField(
        label=_("What is decided"),
        choices=[(one.value, one.label) for one in CauseDecision if one != CauseDecision.OPEN],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class SimilarForm(Bounded):
    """Where similar cases were looked for, and what was found."""

    where = forms.CharField(
        label=_("Where you looked"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
        help_text=_("Other products, lots, machines, sites, suppliers with the same cause."),
    )
    found = forms.CharField(
        label=_("What you found, or that nothing was"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
