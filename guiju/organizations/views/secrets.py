"""Changing and resetting one's secrets: password, second factor, recovery codes."""

from typing import Any

from allauth.account.views import PasswordChangeView, PasswordSetView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCode
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.hashers import make_password
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache

from guiju.organizations import factors, identity, jobs, sessions, throttle
from guiju.organizations.forms.sign_in import AskResetForm, SetPasswordForm, network
from guiju.organizations.mail import can_mail
from guiju.organizations.models import Person
from guiju.organizations.views.entrance import waiting
from guiju.spine.acts import NotFound

NO_MAIL = gettext_noop("This installation sends no mail. Ask whoever keeps the accounts in your organization for a new code.")
RESETS = "reset "  # how asking for a reset is counted


class _Refusing:
    """allauth's views, answering 422 and 429 where they would answer 200."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return waiting(super().form_invalid(form), form)  # type: ignore[misc]


class _EndingOthers:
    """A new password ends the sessions that were opened with the old one."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[misc]
        sessions.end_others(self.request.user, self.request.session.session_key)  # type: ignore[attr-defined]
        return response


@method_decorator(login_required, name="dispatch")
class ChangePassword(_Refusing, _EndingOthers, PasswordChangeView):
    pass


@method_decorator(login_required, name="dispatch")
class SetPassword(_Refusing, _EndingOthers, PasswordSetView):
    pass


class Reauthenticate(_Refusing, sessions.Renewing, ReauthenticateView):
    pass


class ReauthenticateWithCode(_Refusing, sessions.Renewing, ReauthenticateByCode):
    pass


class _Remembered:
    """What happens to factors is written together with its entry."""

    def form_valid(self, form: Any) -> HttpResponse:
        return factors.remembered(self.request.user, "change_factors", lambda: super(_Remembered, self).form_valid(form))  # type: ignore[attr-defined, misc]


class Activate(_Refusing, _Remembered, ActivateTOTPView):
    pass


class Deactivate(_Remembered, DeactivateTOTPView):
    pass


class GenerateCodes(_Remembered, GenerateRecoveryCodesView):
    pass


@never_cache
def ask_reset(request: HttpRequest) -> HttpResponse:
    """Send a link to an address. The answer is the same whether somebody has it."""
    if not can_mail():
        raise NotFound(NO_MAIL)
    form = AskResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        # Counted and not given back: letters are not free, for whoever gets them either.
        throttle.begin(f"{RESETS}{throttle.unknown_account(email)}", network(), anywhere=True)
        jobs.mail_reset(email)
        messages.info(request, _("If this address belongs to an account, a link is on its way to it."))
        return HttpResponseRedirect(reverse("account_login"))
    return render(request, "account/password_reset.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
def reset(request: HttpRequest, key: str) -> HttpResponse:
    """Choose a password with the link from the mail. Closes signing: whoever reads the mail may not be the person."""
    who, _dash, token = key.partition("-")
    person = Person.objects.filter(pk=who, is_active=True).first() if len(who) == 32 and who.isalnum() else None
    if person is None or not default_token_generator.check_token(person, token):
        raise NotFound(gettext_noop("This link is not valid any more. Ask for a new one."))
    form = SetPasswordForm(request.POST or None, user=person)
    if request.method == "POST" and form.is_valid():
        identity.reset(person, make_password(form.cleaned_data["password1"]), None)
        messages.success(request, _("Your password is set. Sign in with it."))
        return HttpResponseRedirect(reverse("account_login"))
    context = {"form": form, "title": _("Choose a password"), "button": _("Save")}
    return render(request, "people/new_password.html", context, status=422 if form.is_bound else 200)
