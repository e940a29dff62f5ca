"""What the steps of a document ask for."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.approval import one_person, rounds
from guiju.modules.documents.approval.steps import after_months
from guiju.modules.documents.models import Document
from guiju.modules.kinds import services as kinds
from guiju.organizations.choices import MembersField
from guiju.spine.acts import current
from guiju.spine.registers import values
from guiju.spine.workflow.perform import acting_people


class SubmitForm(forms.Form):
    """Who is asked to review, and who to approve."""

    reviewers = MembersField(
        right="documents.review", label=_("Reviewers"), help_text=_("People other than the author; each is asked.")
    )
    approvers = MembersField(
        right="documents.approve",
        label=_("Approvers"),
        required=False,
        help_text=_("Nobody chosen: whoever has the right to approve."),
    )
    due_on = forms.DateField(label=_("Review until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    planned_on = forms.DateField(
        label=_("Planned to be effective on"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean_due_on(self) -> date | None:
        return _still_to_come(self.cleaned_data["due_on"])

    def clean_planned_on(self) -> date | None:
        return _still_to_come(self.cleaned_data["planned_on"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever sends it is hardly ever another than the author; a review by the author is refused in any case.
        for name in ("reviewers", "approvers"):
            field = self.fields[name]
            field.queryset = field.queryset.exclude(pk__in=acting_people())  # type: ignore[attr-defined]
        self.fields["reviewers"].required = not one_person.declared()

    def fit(self, document: Document) -> None:
        """Say what the document's kind asks for."""
        rule = kinds.rule(document.kind)
        last = rounds.last(document)
        self.fields["reviewers"].initial, self.fields["approvers"].initial = last.reviewers, last.approvers
        self.fields["planned_on"].initial = last.planned_on
        self.fields["reviewers"].required = rule.reviewers > 0 and not one_person.declared()
        self.fields["reviewers"].help_text = _how_many(rule.reviewers, rule.reviews_in_turn)
        if rule.approvers > 1:
            self.fields["approvers"].required = not one_person.declared()
            self.fields["approvers"].help_text = _how_many(rule.approvers, rule.approvals_in_turn)


def _still_to_come(day: date | None) -> date | None:
    if day is not None and day < current().today():
        raise forms.ValidationError(_("This day has passed."), "past")
    return day


def _how_many(least: int, in_turn: bool) -> str:
    number = ngettext("At least %(n)s other than the author.", "At least %(n)s other than the author.", least) % {"n": least}
    way = (
        gettext("They are asked one after another, in the order of this list.") if in_turn else gettext("All are asked at once.")
    )
    return f"{number} {way}" if least else way


class ApproveForm(forms.Form):
    """From when the revision is in force."""

    effective_on = forms.DateField(
        label=_("Effective on"),
        required=False,
        help_text=_("Empty: from today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def fit(self, document: Document) -> None:
        """Propose the day that was planned, and say what the kind's lead leaves."""
        lead = kinds.rule(document.kind).lead_days
        first = current().today() + timedelta(days=lead)
        planned = document.newest().planned_on
        self.fields["effective_on"].initial = max(planned, first) if planned else (first if lead else None)
        if lead:
            words = ngettext(
                "Not before %(day)s: %(n)s day is left for reading.", "Not before %(day)s: %(n)s days are left for reading.", lead
            )
            self.fields["effective_on"].help_text = words % {"day": values.day(first), "n": lead}


class ReviseForm(forms.Form):
    """What the new revision is called and why it is made."""

    revision = forms.CharField(
        label=_("New revision"), max_length=20, required=False, help_text=_("Empty: the next after the present one.")
    )


class ConfirmForm(forms.Form):
    """What was looked at, and when it is looked at again."""

    looked_at = forms.CharField(
        label=_("What was looked at"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("In a few words: the place, the records, the people, the rules it was held against."),
    )
    next_on = forms.DateField(
        label=_("Review again by"),
        required=False,
        help_text=_("Empty: after the interval of its kind."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def fit(self, document: Document) -> None:
        """The day after the kind's interval is proposed; a kind without one has to be told."""
        if months := kinds.rule(document.kind).review_months:
            self.fields["next_on"].initial = after_months(current().today(), months)
        if not kinds.rule(document.kind).review_months and document.due_on is not None:
            self.fields["next_on"].required, self.fields["next_on"].help_text = True, ""
