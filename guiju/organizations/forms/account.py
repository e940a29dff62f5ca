"""One's own account: profile, address, tokens."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guiju.organizations.credentials import password_fits
from guiju.organizations.forms.sign_in import Throttled, network, secret_field
from guiju.organizations.members import Belonging
from guiju.organizations.models import Person
from guiju.organizations.tokens import scopes
from guiju.spine.registers.forms import Bounded, bound_fields


@cache
def _zones() -> list[str]:
    """The zones that somewhere keep the present time, by name: those of tzdata's list of countries, so no former names."""
    lines = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8").splitlines()
    listed = {line.split("\t")[2] for line in lines if line and not line.startswith("#")}
    return ["UTC", *sorted(listed & available_timezones())]


def _zone_word(name: str, now: datetime) -> str:
    offset = now.astimezone(ZoneInfo(name)).strftime("%z")
    return f"{name.replace('_', ' ')} (UTC{offset[:3]}:{offset[3:5]})" if name != "UTC" else name


class ZoneField(forms.ChoiceField):
    """A time zone: offers the present names with their offset of today, and takes every known one.

    `present` is what is kept now: offered too when it is a former name. `empty` is the word for none.
    """

    def __init__(self, *, present: str = "", empty: Any = None, **kwargs: Any) -> None:
        now = timezone.now()
        names = sorted({*_zones()[1:], *([present] if present in available_timezones() - {"UTC"} else [])})
        offered = [(name, _zone_word(name, now)) for name in ("UTC", *names)]
        super().__init__(choices=[*([("", empty)] if empty is not None else []), *offered], **kwargs)

    def valid_value(self, value: Any) -> bool:
        return value in available_timezones() or super().valid_value(value)


class ProfileForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ("language", "time_zone", "theme")
        labels = {
            "language": _("Language"),
            "time_zone": _("Time zone"),
            "theme": _("Appearance"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = ZoneField(
            label=_("Time zone"), required=False, present=self.initial.get("time_zone", ""), empty=_("as the organization")
        )
        bound_fields(self)

    def _post_clean(self) -> None:
        """The row is written by the service."""


class EmailForm(Throttled, Bounded):
    """A new address of one's own, with the password: a password can be reset through it."""

    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    password = secret_field(_("Your password"))

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not password_fits(self.person, password, network()):
            raise forms.ValidationError(_("The password is not right."))
        return password


class LettersForm(forms.Form):
    """Which notices go by e-mail, and when."""

    daily = forms.ChoiceField(
        label=_("What is new and what is due"), choices=[("daily", _("one letter a day")), ("none", _("no letter"))]
    )
    hour = forms.TypedChoiceField(label=_("At"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(24)])
    at_once = forms.BooleanField(
        label=_("What is urgent at once"),
        required=False,
        help_text=_("A review or approval that is due, what came back to you, findings in the audit trail."),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hour"].help_text = _zone_word(zone.key, timezone.now())
        bound_fields(self)

    def chosen(self) -> dict[str, Any]:
        """The cleaned values, as a letterbox keeps them."""
        return self.cleaned_data | {"daily": self.cleaned_data["daily"] == "daily"}


class TokenForm(forms.Form):
    """A token for another program. The organization is asked only where there is a choice."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    organization = forms.ChoiceField(label=_("Organization"))
    scope = forms.MultipleChoiceField(label=_("What it may do"), choices=scopes, widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(
        label=_("Last day"), required=False, help_text=_("Without a last day it holds until you withdraw it.")
    )

    def __init__(self, *args: Any, memberships: list[Belonging], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(m.organization.slug, str(m.organization)) for m in memberships]
        self.fields["organization"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["organization"].required = False
            self.fields["organization"].initial = choices[0][0]
            self.fields["organization"].widget = forms.HiddenInput()
        bound_fields(self)
