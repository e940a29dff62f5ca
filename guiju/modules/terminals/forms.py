"""Forms of terminals: making one, a number, a PIN, and who stands before it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.organizations.models import Department
from guiju.spine.registers.forms import Bounded

PIN = {"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9]*"}


class TerminalForm(Bounded):
    """A new terminal."""

    name = forms.CharField(label=_("Where it stands"), max_length=80)
    department = forms.ModelChoiceField(
        Department.objects.filter(closed=False).order_by("name"),
        label=_("Department"),
        required=False,
        help_text=_("It then shows what goes to this department or to everybody; without one all that is in force."),
    )


class NumberForm(Bounded):
    """A member's personnel number."""

    number = forms.CharField(label=_("Personnel number"), max_length=20)


class PinForm(forms.Form):
    """The own PIN."""

    pin = forms.CharField(
        label=_("PIN"),
        max_length=12,
        widget=forms.PasswordInput(attrs=PIN),
        help_text=_("Six to twelve digits. It confirms at shared terminals what you have read, and signs nothing."),
    )
    again = forms.CharField(label=_("The same once more"), max_length=12, widget=forms.PasswordInput(attrs=PIN))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("pin") != cleaned.get("again"):
            self.add_error("again", _("The two are not the same."))
        return cleaned


class WhoForm(forms.Form):
    """Who stands before the terminal."""

    number = forms.CharField(label=_("Personnel number"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    pin = forms.CharField(label=_("PIN"), max_length=12, widget=forms.PasswordInput(attrs=PIN))
