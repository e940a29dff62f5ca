"""Forms of editions: who watches a document's, and what a check has found."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.editions.models import Decision
from guiju.organizations.choices import MemberField
from guiju.spine.registers.forms import Bounded

LONGEST = 120  # characters of an edition's name
TEXT = 5000


class WatchForm(Bounded):
    """Which edition is held, where newer ones appear, who looks and how often. `begun`: checks are recorded already."""

    edition = forms.CharField(
        label=_("Edition held"), max_length=LONGEST, help_text=_("As it names itself, with its year or version.")
    )
    source = forms.CharField(
        label=_("Published at"), max_length=500, help_text=_("The address, or in words where one looks and what for.")
    )
    watcher = MemberField(label=_("Watched by"), right="documents.view", help_text=_("Gets a task when a check comes due."))
    months = forms.IntegerField(label=_("Check every so many months"), min_value=1, max_value=120)
    checked_on = forms.DateField(
        label=_("Last checked on"), required=False, help_text=_("Empty where nobody has looked yet: then it is due at once.")
    )
    next_on = forms.DateField(
        label=_("Next check on"), required=False, help_text=_("Empty: so many months after the last check.")
    )

    def __init__(self, *args: Any, begun: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if begun:
            del self.fields["checked_on"]


class CheckForm(Bounded):
    """Somebody looked and found no newer edition."""

    checked_on = forms.DateField(label=_("Checked on"))
    note = forms.CharField(
        label=_("What you looked at, and where"), required=False, max_length=TEXT, widget=forms.Textarea(attrs={"rows": 2})
    )


class NewerForm(Bounded):
    """There is a newer edition: what it is, what it means for us, and what is decided."""

    edition = forms.CharField(
        label=_("Newer edition"), max_length=LONGEST, help_text=_("As it names itself, with its year or version.")
    )
    applies_on = forms.DateField(label=_("Applies from"), required=False)
    impact = forms.CharField(
        label=_("What it means for us"),
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What has changed, and which products, documents and records that touches."),
    )
    decision = forms.ChoiceField(label=_("What is to be done"), choices=Decision.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why it does not apply"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where it does not apply to us."),
    )
    checked_on = forms.DateField(label=_("Checked on"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == Decision.NOT_APPLICABLE and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it does not apply to us."))
        return cleaned
