"""Forms for what holds for a kind."""

import re
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.kinds.custom import CustomField, Type
from guiju.modules.kinds.models import KindRule
from guiju.organizations.models import Department
from guiju.spine.registers.editor.field import MarkdownInput
from guiju.spine.registers.forms import Bounded, RecordForm


def plain_prefix(text: str) -> str:
    """A prefix as it may stand in numbers and addresses: letters, digits, hyphens, dots and slashes."""
    prefix = str(text).strip()
    if not re.fullmatch(r"\w[\w./-]*", prefix):
        raise forms.ValidationError(
            _("A prefix has letters, digits, hyphens, dots and slashes, and begins with a letter or digit.")
        )
    return prefix


class RuleForm(RecordForm):
    """How documents of a kind are numbered, reviewed, approved and kept."""

    width = forms.IntegerField(label=_("Digits"), min_value=1, max_value=8)
    reviewers = forms.IntegerField(label=_("Reviewers at least"), min_value=0, max_value=10, help_text=_("0: without a review."))
    approvers = forms.IntegerField(label=_("Approvals at least"), min_value=1, max_value=10)
    lead_days = forms.IntegerField(
        label=_("Days between approval and effect"), min_value=0, max_value=365, help_text=_("Time for reading and training.")
    )
    review_months = forms.IntegerField(
        label=_("Review again after months"), min_value=0, max_value=120, help_text=_("0: no interval.")
    )
    retain_years = forms.IntegerField(
        label=_("Keep for years after it went out of force"), min_value=0, max_value=100, help_text=_("0: for good.")
    )
    reason = forms.CharField(
        label=_("Why less is asked than before"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_(
            "Asked for when there are fewer people, less time for reading, a longer interval or none, a shorter retention, or new"
            " ones are no longer confidential; it stands in the history."
        ),
    )
    template = forms.CharField(
        label=_("What a new one begins with"),
        required=False,
        max_length=50_000,
        widget=MarkdownInput({"rows": 12}),
        help_text=_("Headings and hints in Markdown, for whoever writes a new one."),
    )

    field_order = (
        *("prefix", "width", "yearly", "reviewers", "reviews_in_turn", "approvers", "approvals_in_turn", "lead_days"),
        *("review_months", "retain_years", "confidential", "reason", "template"),
    )

    class Meta:
        model = KindRule
        fields = (
            "prefix",
            "width",
            "yearly",
            "reviewers",
            "reviews_in_turn",
            "approvers",
            "approvals_in_turn",
            "lead_days",
            "review_months",
            "retain_years",
            "confidential",
            "template",
        )
        labels = {
            "prefix": _("Prefix of numbers"),
            "yearly": _("Numbers begin anew each year"),
            "reviews_in_turn": _("Reviewers are asked one after another"),
            "approvals_in_turn": _("Approvers are asked one after another"),
            "confidential": _("New ones are confidential"),
        }

    def clean_prefix(self) -> str:
        return plain_prefix(self.cleaned_data["prefix"])


class PrefixForm(Bounded):
    """A department's own prefix for a kind."""

    department = forms.ModelChoiceField(Department.objects.filter(closed=False), label=_("Department"))
    prefix = forms.CharField(label=_("Prefix of numbers"), max_length=20)  # type: ignore[assignment]

    def clean_prefix(self) -> str:
        return plain_prefix(self.cleaned_data["prefix"])


class FieldForm(Bounded):
    """A further field of a kind."""

    label = forms.CharField(label=_("Name of the field"), max_length=80)
    label_zh = forms.CharField(label=_("Name in Chinese"), max_length=80, required=False)
    help = forms.CharField(
        label=_("Hint"), max_length=300, required=False, help_text=_("It stands below the field, for whoever fills it in.")
    )
    type = forms.ChoiceField(label=_("Type"), choices=Type.choices)
    options = forms.CharField(
        label=_("What can be chosen"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For one of a list: one on each line."),
    )
    required = forms.BooleanField(label=_("Must be filled in"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines = [line.strip() for line in str(cleaned.pop("options", "")).splitlines()]
        cleaned["choices"] = tuple(dict.fromkeys(line for line in lines if line))
        if cleaned.get("type") == Type.CHOICE and len(cleaned["choices"]) < 2:
            self.add_error("options", _("Write at least two, one on each line."))
        return cleaned

    @classmethod
    def of(cls, field: CustomField) -> Self:
        """As a field stands, to be changed."""
        said = {name: getattr(field, name) for name in ("label", "label_zh", "help", "type", "required")}
        return cls(initial=said | {"options": "\n".join(field.choices)})


class PlaceForm(Bounded):
    """Where a further field stands among those of its kind."""

    place = forms.IntegerField(label=_("Place"), min_value=1, max_value=100)
