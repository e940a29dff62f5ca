"""What the steps of a complaint ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.complaints.models import Complaint, Justified
from guiju.spine.acts import current
from guiju.spine.registers.forms import RecordForm

TAKEN = (
    *("title", "customer", "contact", "way", "received_on", "statement", "wanted", "severity", "product", "order_number"),
    *("lot_number", "language", "process", "owner", "due_on", "answer"),
)
LANGUAGES = (("en", _("English")), ("zh-hans", _("Chinese")))


class ComplaintForm(RecordForm):
    """What a customer said, as it came."""

    language = forms.ChoiceField(label=_("Language of the answer"), choices=LANGUAGES, initial="en")

    class Meta:
        model = Complaint
        fields = TAKEN
        labels = {"title": _("What it is about, in a line")}
        help_texts = {"contact": _("Personal data: it can be erased without breaking the trail.")}

    def clean_received_on(self) -> Any:
        """Nothing is received in the future."""
        on = self.cleaned_data["received_on"]
        if on is not None and on > current().today():
            raise forms.ValidationError(_("That day has not come yet."), "future")
        return on


class AcknowledgeForm(forms.Form):
    """What the customer was told at once."""

    acknowledgement = forms.CharField(
        label=_("What the customer was told"), widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )


class DecideForm(forms.Form):
    """Whether it is justified, with a reason; a justified one becomes a nonconformity."""

    justified = forms.ChoiceField(
        label=_("Is it justified"),
        choices=[(one.value, one.label) for one in Justified if one != Justified.UNDECIDED],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class AnswerForm(forms.Form):
    """The answer as it went to the customer."""

    answer = forms.CharField(label=_("Answer to the customer"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000)


class CloseForm(forms.Form):
    """Why no answer is due, where none was given; and what the customer thinks of the one that was."""

    no_answer_reason = forms.CharField(
        label=_("Why no answer is due"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text=_("Only where none was given: the customer wants none, or cannot be reached."),
    )
