"""Forms for who gets a document, what readers are told, and the question they answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.readings.models import Briefing, Weight
from guiju.organizations.choices import MembersField
from guiju.organizations.models import Department, Role
from guiju.spine.registers.choosing import Choosing
from guiju.spine.registers.forms import Bounded


class DistributionForm(forms.Form):
    """To whom a document goes."""

    everyone = forms.BooleanField(label=_("Everybody"), required=False)
    roles = forms.ModelMultipleChoiceField(Role.objects.order_by("name"), label=_("Roles"), required=False, widget=Choosing)
    departments = forms.ModelMultipleChoiceField(
        Department.objects.filter(closed=False).order_by("name"),
        label=_("Departments"),
        required=False,
        widget=Choosing,
        help_text=_("With those that are part of them."),
    )
    people = MembersField(label=_("People"), required=False)


class BriefingForm(Bounded):
    """What readers are told of a change."""

    weight = forms.ChoiceField(label=_("Weight of the change"), choices=Weight.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it was changed"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.IntegerField(
        label=_("Days to read it"),
        min_value=1,
        max_value=365,
        help_text=_("From the approval; a revision that comes into force later is read until then."),
    )
    question = forms.CharField(
        label=_("A question to readers"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Whoever has read the change can answer it."),
    )
    choices = forms.CharField(
        label=_("Answers"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line."),
    )
    right = forms.IntegerField(label=_("Number of the right answer"), required=False, min_value=1, max_value=6)

    @staticmethod
    def of(kept: Briefing) -> "BriefingForm":
        """The form with what is kept already."""
        return BriefingForm(
            initial={
                "weight": kept.weight,
                "reason": kept.reason,
                "days": kept.days,
                "question": kept.question,
                "choices": "\n".join(kept.choices),
                "right": kept.right + 1 if kept.question else None,
            }
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines = [line.strip() for line in str(cleaned.get("choices") or "").splitlines()]
        cleaned["choices"] = [line for line in lines if line]
        if cleaned.get("question") and not cleaned.get("right"):
            self.add_error("right", _("Say which answer is right."))
        cleaned["right"] = (cleaned.get("right") or 1) - 1
        return cleaned


class ConfirmForm(forms.Form):
    """The answer to the question, where there is one."""

    answer = forms.TypedChoiceField(
        label="", coerce=int, required=False, empty_value=None, widget=forms.RadioSelect(attrs={"class": "gj-check"})
    )

    def __init__(self, briefing: Briefing, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if briefing.question:
            self.fields["answer"].label = briefing.question
            self.fields["answer"].choices = list(enumerate(briefing.choices))  # type: ignore[attr-defined]
        else:
            del self.fields["answer"]
