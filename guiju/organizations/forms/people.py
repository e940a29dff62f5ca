"""Inviting, placing, deputies, leaving; sites, departments and the organization's settings."""

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guiju.organizations.choices import MemberField
from guiju.organizations.forms.account import ZoneField
from guiju.organizations.forms.sign_in import NewPassword
from guiju.organizations.models import Department, Membership, Organization, Person, Site
from guiju.organizations.models.organization import LANGUAGES
from guiju.organizations.roles import grantable, in_order
from guiju.spine.registers.forms import Bounded, RecordForm, bound_fields

NONE = "–"  # what a list offers for no choice


def role_choices(only_grantable: bool = False) -> list[tuple[str, str]]:
    return [(role.key, str(role)) for role in (grantable() if only_grantable else in_order())]


class InviteForm(Bounded):
    name = forms.CharField(label=_("Name"), max_length=120)
    name_zh = forms.CharField(label=pgettext_lazy("person", "Name in Chinese"), max_length=60, required=False)
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        required=False,
        validators=[UnicodeUsernameValidator()],
        help_text=_("With it they sign in. They can choose another when they accept."),
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(label=_("Last day"), required=False, help_text=_("For guests: after it they cannot come in."))
    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"), required=False)
    site = forms.ModelChoiceField(Site.objects.none(), label=_("Site"), required=False)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = role_choices(only_grantable=True)  # type: ignore[attr-defined]
        offer_places(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "guest" in cleaned.get("roles", ()) and not cleaned.get("expires_on"):
            self.add_error("expires_on", _("A guest has a last day."))
        if not cleaned.get("username") and not self.errors:
            cleaned["username"] = free_username(cleaned)
        return cleaned


def free_username(cleaned: dict[str, Any]) -> str:
    """A user name made of the address or the name, not taken yet."""
    source = cleaned.get("email", "").partition("@")[0] or cleaned["name"]
    stem = "".join(letter for letter in source.lower() if letter.isalnum() or letter in "._-")[:40] or "member"
    taken = set(Person.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(name for n in range(1, len(taken) + 2) if (name := stem if n == 1 else f"{stem}{n}") not in taken)


def offer_places(form: forms.Form) -> None:
    """Let a form choose among the departments and sites that are open."""
    for name, model in (("department", Department), ("site", Site)):
        if name in form.fields:
            form.fields[name].queryset = model.objects.filter(closed=False).order_by("name")  # type: ignore[attr-defined]
            form.fields[name].empty_label = NONE  # type: ignore[attr-defined]


class PlaceOfPersonForm(RecordForm):
    """Where a member stands in the organization, and, where the account is of this organization alone, who they are."""

    class Meta:
        model = Membership
        fields = ("position", "position_zh", "department", "site", "top_management", "expires_on")
        labels = {
            "position": _("Position"),
            "position_zh": _("Position in Chinese"),
            "department": _("Department"),
            "site": _("Site"),
            "top_management": _("Belongs to top management"),
            "expires_on": _("Last day"),
        }

    def __init__(self, *args: Any, with_email: bool = False, with_name: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_places(self)  # type: ignore[arg-type]
        if with_name:
            self._ask_name(self.instance.person)
        if with_email:
            self.fields["email"] = forms.EmailField(
                label=_("E-mail"),
                max_length=254,
                required=False,
                initial=self.instance.person.email,
                help_text=_("A change closes signing until a second person has confirmed who this is."),
            )

    def _ask_name(self, person: Person) -> None:
        kept = _("What was signed until now stays signed under the name of then.")
        chinese = pgettext_lazy("person", "Name in Chinese")
        why = _("Reason for the new name")
        self.fields["name"] = forms.CharField(label=_("Name"), max_length=120, initial=person.name, help_text=kept)
        self.fields["name_zh"] = forms.CharField(label=chinese, max_length=60, required=False, initial=person.name_zh)
        self.fields["reason"] = forms.CharField(label=why, max_length=500, required=False)


class RolesForm(Bounded):
    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = role_choices()  # type: ignore[attr-defined]


class DeputyForm(Bounded):
    deputy = MemberField(label=_("Deputy"), empty_label=_("choose"))
    from_on = forms.DateField(label=_("From"))
    until_on = forms.DateField(label=_("Until"))


class LeavingForm(Bounded):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class NewRoleForm(Bounded):
    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=40)
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=40, required=False)


class CodeForm(Bounded):
    """The code of an invitation, as it stands on the paper."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class AcceptForm(NewPassword):
    """A new account's user name and password."""

    username = forms.CharField(label=_("User name"), max_length=60, validators=[UnicodeUsernameValidator()])
    field_order = ("username", "password1", "password2")

    def __init__(self, *args: Any, user: Person, with_username: bool, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["username"].initial = user.username
        if not with_username:
            del self.fields["username"]
        bound_fields(self)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if "@" in username:
            raise ValidationError(_("A user name has no “@” in it."))
        return username


class SiteForm(RecordForm):
    class Meta:
        model = Site
        fields = ("name", "name_zh", "time_zone", "closed")
        labels = {
            "name": pgettext_lazy("thing", "Name"),
            "name_zh": _("Name in Chinese"),
            "time_zone": _("Time zone"),
            "closed": _("Closed"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = ZoneField(label=_("Time zone"), present=self.initial.get("time_zone", ""))


class DepartmentForm(RecordForm):
    class Meta:
        model = Department
        fields = ("name", "name_zh", "parent", "site", "closed")
        labels = {
            "name": pgettext_lazy("thing", "Name"),
            "name_zh": _("Name in Chinese"),
            "parent": _("Part of"),
            "site": _("Site"),
            "closed": _("Closed"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "site"):
            self.fields[name].empty_label = NONE  # type: ignore[attr-defined]

    def clean_parent(self) -> Department | None:
        """A department cannot lie within itself."""
        parent = above = self.cleaned_data["parent"]
        while above is not None:
            if above.pk == self.instance.pk:
                raise ValidationError(_("A department cannot be part of itself."))
            above = above.parent
        return parent


class SettingsForm(RecordForm):
    idle_minutes = forms.IntegerField(
        label=_("Sign off after minutes without a request"),
        required=False,
        min_value=1,
        help_text=_("Left empty, the installation's limit holds. It can only be shorter than that."),
    )

    class Meta:
        model = Organization
        fields = ("name", "name_zh", "about", "about_zh", "time_zone", "language")
        labels = {
            "name": pgettext_lazy("thing", "Name"),
            "name_zh": _("Name in Chinese"),
            "about": _("What it makes or does"),
            "about_zh": _("The same in Chinese"),
            "time_zone": _("Time zone"),
            "language": _("Language"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"] = ZoneField(label=_("Time zone"), present=self.initial.get("time_zone", ""))
