"""Addresses of signing in and of accounts (`installation_urls`, at the root), and below an organization's name those of
its people (`organization_urls`, all beginning with "people/"; before the registers', which take what is left)."""

from collections.abc import Callable
from typing import Any

from allauth.account.views import logout
from allauth.mfa.recovery_codes.views import download_recovery_codes, view_recovery_codes
from django.http import HttpResponse
from django.urls import path

from guiju.organizations.views import account, entrance, house, joining, letters, passkeys, people, person, person_steps, secrets
from guiju.spine.registers.present import present

installation_urls = [
    path("", entrance.start, name="start"),
    path("account/", account.home, name="account_home"),
    path("account/login/", entrance.SignInView.as_view(), name="account_login"),
    path("account/login/code/", entrance.CodeView.as_view(), name="mfa_authenticate"),
    path("account/logout/", logout, name="account_logout"),
    path("account/profile/", account.profile, name="account_profile"),
    path("account/letters/", account.letters, name="account_letters"),
    path("account/letters/address/", letters.confirm_own, name="account_confirm_address"),
    path("account/email/", account.email, name="account_change_email"),
    path("account/password/change/", secrets.ChangePassword.as_view(), name="account_change_password"),
    path("account/password/set/", secrets.SetPassword.as_view(), name="account_set_password"),
    path("account/password/reset/", secrets.ask_reset, name="account_reset_password"),
    path("account/password/reset/<str:key>/", secrets.reset, name="account_reset_password_from_key"),
    path("account/again/", secrets.Reauthenticate.as_view(), name="account_reauthenticate"),
    path("account/again/code/", secrets.ReauthenticateWithCode.as_view(), name="mfa_reauthenticate"),
    path("account/again/passkey/", passkeys.Again.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/factor/", passkeys.index, name="mfa_index"),
    path("account/factor/on/", secrets.Activate.as_view(), name="mfa_activate_totp"),
    path("account/factor/off/", secrets.Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("account/factor/codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/factor/codes/new/", secrets.GenerateCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("account/factor/codes/download/", download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/login/passkey/", passkeys.SignIn.as_view(), name="mfa_login_webauthn"),
    path("account/passkeys/ask/<str:purpose>/", passkeys.ask, name="passkey_ask"),
    path("account/passkeys/new/", passkeys.Add.as_view(), name="mfa_add_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.Remove.as_view(), name="mfa_remove_webauthn"),
    path("account/sessions/others/end/", account.end_other_sessions, name="account_end_other_sessions"),
    path("account/sessions/<int:session>/end/", account.end_session, name="account_end_session"),
    path("account/tokens/", account.make_token, name="account_make_token"),
    path("account/tokens/<uuid:token>/withdraw/", account.revoke_token, name="account_revoke_token"),
    path("invitation/", joining.enter_code, name="invitation_code"),
    path("invitation/<str:code>/", joining.accept, name="invitation_accept"),
    path("language/", entrance.language, name="language"),
    path("theme/", entrance.theme, name="theme"),
    path("demo/sign-in/", entrance.demo_sign_in, name="demo_sign_in"),
]


_people: list[tuple[str, Callable[..., HttpResponse], dict[str, Any]]] = [
    ("", people.people, {}),
    ("invite/", people.invite, {}),
    ("absence/", person_steps.absence, {}),
    ("deputy/", person_steps.switch_deputy, {}),
    ("deputies/<uuid:deputyship>/end/", person_steps.end_deputy, {}),
    ("roles/", house.roles, {}),
    ("roles/<uuid:role>/", house.role, {}),
    ("settings/", house.settings, {}),
    *(
        row
        for kind in house.PLACES
        for row in (
            (f"{kind}/", house.places, {"kind": kind}),
            (f"{kind}/new/", house.place, {"kind": kind}),
            (f"{kind}/<uuid:place>/", house.place, {"kind": kind}),
        )
    ),
    ("<uuid:person>/", person.detail, {}),
    ("<uuid:person>/roles/", person_steps.roles, {}),
    ("<uuid:person>/change/", person_steps.change, {}),
    ("<uuid:person>/code/", person_steps.new_code, {}),
    ("<uuid:person>/code/withdraw/", person_steps.withdraw_code, {}),
    ("<uuid:person>/letters/", letters.confirm, {}),
    ("<uuid:person>/factor/", person_steps.reset_factor, {}),
    ("<uuid:person>/confirm/", person_steps.confirm, {}),
    ("<uuid:person>/reactivate/", person_steps.reactivate, {}),
    ("<uuid:person>/deputy/", person_steps.name_deputy, {}),
    ("<uuid:person>/deactivate/", person_steps.deactivate, {}),
]
organization_urls = [path(f"people/{rest}", present(view), more) for rest, view, more in _people]
