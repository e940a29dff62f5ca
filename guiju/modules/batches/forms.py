"""What a batch asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.approval.forms import SubmitForm
from guiju.modules.readings.forms import DistributionForm
from guiju.organizations.choices import MemberField


class OwnerForm(forms.Form):
    """Who owns them from now on."""

    owner = MemberField(label=_("New owner"))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


FORMS: dict[str, type[forms.Form]] = {"owner": OwnerForm, "distribution": DistributionForm, "review": SubmitForm}
