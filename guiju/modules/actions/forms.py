"""Forms of actions: planning one, and what its steps ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.actions.models import Action, Cause, Finding
from guiju.spine.registers.forms import RecordForm

PLANNED = (
    *("title", "kind", "origin", "aim", "process", "owner", "due_on", "problem", "action_text", "cause_addressed", "strength"),
    *("scale_reason", "selected_reason", "benefit_expected", "effectiveness_criterion", "effectiveness_basis_kind"),
    *("effectiveness_indicator", "effectiveness_limit", "effectiveness_count", "effectiveness_due_on", "risk_review"),
    *("risk_review_reason", "system_change", "system_change_reason", "benefit_measured"),
)


class ActionForm(RecordForm):
    """An action as it is planned; its due date is given once, and moved later by a request that another decides."""

    given_once = ("due_on",)

    class Meta:
        model = Action
        fields = PLANNED
        help_texts = {
            "due_on": _("Given once. Later it is moved by a request for more time, which another person decides."),
            "strength": _("What takes the cause away holds longer than what relies on people remembering."),
            "effectiveness_criterion": _("In words, before it is done: what will show that it has worked."),
            "effectiveness_limit": _("Empty: the target of the indicator; for repeats: how many are let pass."),
            "effectiveness_count": _("Values, looks, or for repeats the days without one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        confirmed = Cause.objects.filter(ended=False, finding=Finding.CONFIRMED).order_by("-id")
        self.fields["cause_addressed"].queryset = confirmed  # type: ignore[attr-defined]
        if self.instance is not None and not self.instance._state.adding:
            del self.fields["due_on"]


class DoneForm(forms.Form):
    """What shows that it was done."""

    done_evidence = forms.CharField(
        label=_("What shows that it was done"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        help_text=_("Where it can be seen: a number of a document as [[QP-12]], a place, a picture."),
    )


class DecideForm(forms.Form):
    """On what a person decides, beside what the data propose."""

    basis = forms.CharField(
        label=_("On what you decide"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=10_000,
        help_text=_("What the data propose stands above; say whether you follow it, and why."),
    )
