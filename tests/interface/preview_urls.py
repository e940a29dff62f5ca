"""The few named addresses that pages of django-allauth ask for."""

from django.http import HttpResponse
from django.urls import path

_NAMES = (
    "account_logout",
    "account_login",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
)

urlpatterns = [path(f"{name}/", lambda request: HttpResponse(), name=name) for name in _NAMES]
