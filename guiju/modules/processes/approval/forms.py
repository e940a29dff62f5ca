"""What the steps of a process ask for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.organizations.choices import MembersField
from guiju.spine.acts import current
from guiju.spine.workflow.perform import acting_people


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}))


class SubmitForm(forms.Form):
    """Who is asked to look at it, and who to approve."""

    reviewers = MembersField(
        right="processes.review",
        label=_("Reviewers"),
        required=False,
        help_text=_("People who work in it or take over from it; each is asked."),
    )
    approvers = MembersField(
        right="processes.approve",
        label=_("Approvers"),
        required=False,
        help_text=_("Nobody chosen: whoever has the right to approve."),
    )
    due_on = _day(_("Review until"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reviewers", "approvers"):
            field = self.fields[name]
            field.queryset = field.queryset.exclude(pk__in=acting_people())  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and day < current().today():
            raise forms.ValidationError(_("This day has passed."), "past")
        return day


class ApproveForm(forms.Form):
    """From when it is in force, and when it is looked at again."""

    effective_on = _day(_("Effective on"), _("Empty: from today."))
    next_on = _day(_("Review again by"), _("Empty: a year after it comes into force."))


class ConfirmForm(forms.Form):
    """What was looked at, and when it is looked at again."""

    looked_at = forms.CharField(
        label=_("What was looked at"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a few words: the place, the records, the people, the figures."),
    )
    next_on = _day(_("Review again by"), _("Empty: a year from today."))
