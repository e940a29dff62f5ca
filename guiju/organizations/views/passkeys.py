"""Passkeys: what the browser asks before one answers, signing in by one, adding and removing one."""

from typing import Any

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.account.stages import LoginStageController
from allauth.mfa.base.views import IndexView
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django.views.generic.edit import FormView

from guiju.organizations import factors, passkeys, sessions
from guiju.organizations.forms.sign_in import SignInForm
from guiju.organizations.members import memberships_of
from guiju.organizations.models import Person
from guiju.organizations.views.account import when, zone_of
from guiju.organizations.views.entrance import at_the_door, waiting


@never_cache
@require_POST
def ask(request: HttpRequest, purpose: str) -> HttpResponse:
    """A challenge for one purpose, for whoever may ask it then."""
    if purpose not in passkeys.PURPOSES or not passkeys.possible():
        raise Http404
    if purpose == passkeys.SIGN_IN:
        return JsonResponse(passkeys.to_use(purpose, request.session))
    person = _half_signed_in(request) if purpose == passkeys.SECOND else request.user
    if not isinstance(person, Person):
        return JsonResponse({"error": _("You are signed out. Open the page again.")}, status=403)
    if purpose != passkeys.ADD:
        return JsonResponse(passkeys.to_use(purpose, request.session, person))
    if is_reauthentication_required(request, app="allauth.mfa"):
        return JsonResponse({"error": _("Some time has passed. Open the page again and enter your password.")}, status=403)
    return JsonResponse(passkeys.to_add(person, request.session))


def _half_signed_in(request: HttpRequest) -> Any:
    """Who has given the password and is asked for the second factor."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return stage.login.user if stage else None


class SignIn(LoginWebAuthnView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse("account_login"))

    def form_invalid(self, form: Any) -> HttpResponse:
        """The door again, which says why."""
        context = {
            "form": SignInForm(request=self.request),
            "passkey_form": form,
            "redirect_field_name": REDIRECT_FIELD_NAME,
            "redirect_field_value": self.request.POST.get(REDIRECT_FIELD_NAME, ""),
        }
        return waiting(render(self.request, "sign_in.html", context | at_the_door()), form)


class Again(sessions.Renewing, ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's would ask for a challenge of its own; ours is asked for by the script.
        return super(ReauthenticateWebAuthnView, self).get_context_data(**kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        return waiting(self.render_to_response(self.get_context_data(form=form)), form)


class Factors(IndexView):
    """The page of the second factor and of passkeys."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Any = self.request.user
        zone = zone_of(person, memberships_of(person))
        shown = [
            {
                "name": one.data["name"],
                "added": when(zone, one.created_at),
                "used": when(zone, one.last_used_at) if one.last_used_at else "",
                "remove_url": reverse("mfa_remove_webauthn", args=[one.pk]),
            }
            for one in passkeys.of(person)
        ]
        return super().get_context_data(**kwargs) | {"passkeys": shown, "passkeys_possible": passkeys.possible()}


class Add(AddWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # allauth's would begin at once, without asking the device to verify the person.
        return FormView.get_context_data(self, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        return waiting(super().form_invalid(form), form)

    def form_valid(self, form: Any) -> HttpResponse:
        def adding() -> HttpResponse:
            return super(Add, self).form_valid(form)

        return factors.remembered(self.request.user, "add_passkey", adding, {"name": form.cleaned_data["name"]})


class Remove(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        def removing() -> HttpResponse:
            return super(Remove, self).form_valid(form)

        return factors.remembered(self.request.user, "remove_passkey", removing, {"name": self.object.data["name"]})


index = method_decorator(never_cache, name="dispatch")(Factors).as_view()
