"""How django-allauth signs people in here: nobody signs up by themselves, failures are counted in the database."""

from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guiju.organizations import accounts, passkeys
from guiju.organizations.credentials import password_fits
from guiju.organizations.throttle import network_of

# What django-allauth would say that is clear from the page itself.
UNSAID = ("account/messages/logged_in.txt", "account/messages/logged_out.txt", "mfa/messages/recovery_codes_generated.txt")
WAYS = {"password": "password", "webauthn": "passkey"}  # others are codes
SAID = {
    "account/messages/password_changed.txt": _("Your password is changed. Elsewhere you are signed out."),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/totp_activated.txt": _("The second factor is on."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is off."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("User name, e-mail or password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("The present password is not right."),
        "incorrect_code": _("The code is not right, or was used already. Wait for the next one."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """The backend counts, in the database; nothing is counted in a cache."""

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        return password_fits(user, password, network_of(self.get_client_ip(self.request)))  # type: ignore[arg-type]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        accounts.note_sign_in(user, network_of(self.get_client_ip(request)), _ways(request, user))  # type: ignore[arg-type]

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        accounts.change_password(user, password)  # type: ignore[arg-type]

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_home")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address as the middleware `network` has settled it; a fixed one for a unix socket."""
        found = request.META.get("REMOTE_ADDR", "")
        return found if network_of(found) != "unknown" else "0.0.0.0"

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **more: Any) -> None:
        if message_template in UNSAID:
            return
        if message_template in SAID:
            more["message"] = str(SAID[message_template])
        super().add_message(request, level, message_template, *args, **more)


def _ways(request: HttpRequest, user: AbstractBaseUser) -> str:
    """By what somebody has just signed in: "password", "password, code", "passkey"."""
    records = get_authentication_records(request, user)
    kinds = [WAYS.get(record.get("type") or record["method"], "code") for record in records]
    return ", ".join(dict.fromkeys(kinds))


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("The code is not right, or was used already. Wait for the next one."),
        "cannot_generate_recovery_codes": _("Turn the second factor on first."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": passkeys.relying_party(), "name": app_settings.TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        return {"id": user.pk.hex.encode(), "display_name": user.shown_name, "name": user.get_username()}  # type: ignore[attr-defined]

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        segno.make(url).save(drawn, kind="svg", scale=4, border=2, light="#fff", dark="#000", xmldecl=False)
        return drawn.getvalue().decode()
