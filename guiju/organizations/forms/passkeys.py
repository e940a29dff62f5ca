"""Forms that a passkey answers, in place of django-allauth's: counted, and good for what was asked for alone."""

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.organizations import passkeys
from guiju.organizations.forms.sign_in import Throttled, network
from guiju.organizations.models import Person
from guiju.spine.registers.forms import no_null_character
from guiju.spine.registers.passkey_input import passkey_field

REFUSED = _("This passkey is not known here, or its answer came too late. Try again, or sign in with your password.")
NOT_MADE = _("What the device sent does not fit, or came too late. Try again.")


class _Answer(Throttled):
    """What a passkey has answered; `user` is whose it must be, or None."""

    purpose = ""

    def clean_credential(self) -> Authenticator | None:
        answer = self.cleaned_data["credential"]  # type: ignore[attr-defined]
        found = passkeys.used(self.purpose, answer, context.request.session, network(), self.user)  # type: ignore[attr-defined]
        if found is None:
            self.add_error(None, REFUSED)  # type: ignore[attr-defined]
        return found


class SignInByPasskeyForm(_Answer, webauthn.LoginWebAuthnForm):
    purpose = passkeys.SIGN_IN
    credential = passkey_field(passkeys.SIGN_IN, _("Sign in with a passkey"))


class SecondByPasskeyForm(_Answer, webauthn.AuthenticateWebAuthnForm):
    purpose = passkeys.SECOND
    credential = passkey_field(passkeys.SECOND, _("Use a passkey"), before=True)


class AgainByPasskeyForm(_Answer, webauthn.ReauthenticateWebAuthnForm):
    purpose = passkeys.AGAIN
    credential = passkey_field(passkeys.AGAIN, _("Use a passkey"))


class AddPasskeyForm(forms.Form):
    """What a new passkey is called, and what the device made."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        max_length=60,
        help_text=_("By which you know it later, such as the device it is kept on."),
        validators=[no_null_character],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = passkey_field(passkeys.ADD, _("Add a passkey"))

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_credential(self) -> dict[str, Any] | None:
        kept = passkeys.made(self.user, self.cleaned_data["credential"], context.request.session)
        if kept is None:
            self.add_error(None, NOT_MADE)
        return kept
