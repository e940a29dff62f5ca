"""The forms django-allauth works with, asking for secrets as we do: counted in the database, used once."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guiju.organizations.credentials import code_fits, password_fits
from guiju.organizations.models import Person
from guiju.organizations.throttle import TooManyFailures, network_of
from guiju.spine.registers.forms import no_null_character

LONGEST_PASSWORD = 1000  # characters; hashing more would only cost time


def network() -> str:
    """The network of the request of the moment."""
    return network_of(context.request.META.get("REMOTE_ADDR", ""))


def secret_field(label: Any, autocomplete: str = "current-password", help_text: Any = "") -> forms.CharField:
    """A field for a password."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def code_field(label: Any) -> forms.CharField:
    """A field for a one-time code."""
    attributes = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attributes))


class Throttled:
    """A form that may be told to wait: `wait` is the refusal then, for the status of the answer."""

    wait: TooManyFailures | None = None

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except TooManyFailures as refused:
            self.wait = refused
            self.add_error(None, str(refused))  # type: ignore[attr-defined]


class SignInForm(Throttled, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(label=_("User name or e-mail"), max_length=254, validators=[no_null_character])
        self.fields["password"] = secret_field(_("Password"))

    def user_credentials(self) -> dict[str, str]:
        return {"login": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def _clean_with_password(self, credentials: dict[str, str]) -> dict[str, Any]:
        try:
            return super()._clean_with_password(credentials)
        except ValidationError as error:
            # The same words for an address and a name, for somebody and nobody.
            raise ValidationError(_("User name, e-mail or password is not right."), code="invalid_login") from error


class NewPassword(forms.Form):
    """A new password, entered twice; `user` is whose it will be."""

    user: Person | None = None
    password1 = secret_field(
        _("New password"), "new-password", _("At least ten characters, not only digits; a few unrelated words are good.")
    )
    password2 = secret_field(_("New password again"), "new-password")

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "password1" in cleaned and cleaned["password1"] != cleaned.get("password2"):
            self.add_error("password2", _("The two passwords differ."))
        return cleaned


class SetPasswordForm(NewPassword):
    def __init__(self, *args: Any, user: Person | None = None, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        account.flows.password_change.change_password(self.user, self.cleaned_data["password1"])


class ChangePasswordForm(Throttled, SetPasswordForm):
    oldpassword = secret_field(_("Present password"))
    field_order = ("oldpassword", "password1", "password2")

    def clean_oldpassword(self) -> str:
        password = self.cleaned_data["oldpassword"]
        if not password_fits(self.user, password, network()):
            raise account.get_adapter().validation_error("enter_current_password")
        return password


class ReauthenticateForm(Throttled, account.ReauthenticateForm):
    password = secret_field(_("Password"))


class _Code:
    """Asks the code of `user`, once and counted, in place of allauth's count in a cache."""

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]  # type: ignore[attr-defined]
        if not code_fits(self.user, code, network()):  # type: ignore[attr-defined]
            raise factor.get_adapter().validation_error("incorrect_code")
        # Of the app, or the recovery codes where there is only a passkey beside them.
        kinds = (factor.Authenticator.Type.TOTP, factor.Authenticator.Type.RECOVERY_CODES)
        mine = factor.Authenticator.objects.filter(user=self.user, type__in=kinds)  # type: ignore[attr-defined]
        self.authenticator = mine.order_by("-type")[0]
        return code


class CodeForm(Throttled, _Code, factor.AuthenticateForm):
    code = code_field(_("Code"))


class ReauthenticateByCodeForm(Throttled, _Code, factor.ReauthenticateForm):
    code = code_field(_("Code"))


class ActivateForm(totp.ActivateTOTPForm):
    code = code_field(_("The six figures in the app"))


class AskResetForm(forms.Form):
    """Where to send the link with which a password is chosen anew."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        validators=[no_null_character],
    )
