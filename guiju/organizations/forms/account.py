"""One's own account: profile, address, tokens."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guiju.organizations.credentials import password_fits
from guiju.organizations.forms.sign_in import Throttled, network, secret_field
from guiju.organizations.members import Belonging
from guiju.organizations.models import Person
from guiju.organizations.tokens import scopes
from guiju.spine.registers.forms import bound_fields


def zone_choices(empty: Any = None) -> list[tuple[str, Any]]:
    """Time zones by name, those of Asia and Europe among them under their continents."""
    names = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right")))
    return [*([("", empty)] if empty is not None else []), ("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ("name", "name_zh", "language", "time_zone", "theme")
        labels = {
            "name": _("Name"),
            "name_zh": pgettext_lazy("person", "Name in Chinese"),
            "language": _("Language"),
            "time_zone": _("Time zone"),
            "theme": _("Appearance"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), required=False, choices=lambda: zone_choices(_("as the organization"))
        )
        bound_fields(self)

    def _post_clean(self) -> None:
        """The row is written by the service."""


class EmailForm(Throttled, forms.Form):
    """A new address of one's own, with the password: a password can be reset through it."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    password = secret_field(_("Your password"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)
        bound_fields(self)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not password_fits(self.person, password, network()):
            raise forms.ValidationError(_("The password is not right."))
        return password


class TokenForm(forms.Form):
    """A token for another program. The organization is asked only where there is a choice."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    organization = forms.ChoiceField(label=_("Organization"))
    scope = forms.MultipleChoiceField(label=_("What it may do"), choices=scopes, widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(label=_("Last day"), required=False, help_text=_("Empty: until you withdraw it."))

    def __init__(self, *args: Any, memberships: list[Belonging], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(m.organization.slug, str(m.organization)) for m in memberships]
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["organization"].required = False
            self.fields["organization"].initial = choices[0][0]
            self.fields["organization"].widget = forms.HiddenInput()
        bound_fields(self)
