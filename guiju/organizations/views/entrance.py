"""The door: signing in, language and appearance of whoever is outside too, the demonstration's cards, the first page."""

from typing import Any

from allauth.account.internal.templatekit import get_entrance_context_data
from allauth.account.utils import perform_login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guiju.lib.names import initials
from guiju.organizations import accounts, passkeys
from guiju.organizations.credentials import has_app
from guiju.organizations.forms.passkeys import SignInByPasskeyForm
from guiju.organizations.frame import THEME_COOKIE, THEMES
from guiju.organizations.mail import can_mail
from guiju.organizations.members import memberships_of, sample_people
from guiju.organizations.middleware import LANGUAGE
from guiju.organizations.models import Membership, Person
from guiju.organizations.roles import DEFAULTS

YEAR = 365 * 24 * 3600


def waiting(response: HttpResponse, form: Any) -> HttpResponse:
    """The status of a form that was sent back: 429 with the seconds to wait, where too much was guessed; else 422."""
    wait = getattr(form, "wait", None)
    response.status_code = 429 if wait else 422
    if wait:
        response.headers["Retry-After"] = str(wait.seconds)
    return response


class SignInView(LoginView):
    """allauth's, answering 422 and 429 where it would answer 200."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return waiting(super().form_invalid(form), form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | at_the_door() | {"passkey_form": SignInByPasskeyForm() if passkeys.possible() else None}


def at_the_door() -> dict[str, Any]:
    """What stands on the page of signing in besides its forms."""
    return {
        "reset_url": reverse("account_reset_password") if can_mail() else "",
        "demo_people": demo_people() if settings.DEMO else [],
    }


class CodeView(AuthenticateView):
    """The second step of signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.stage.login.user
        possible = passkeys.possible() and passkeys.has_passkey(person)
        # Not allauth's context: it would ask for a challenge of its own; ours is asked for by the script.
        context = super(AuthenticateView, self).get_context_data(**kwargs)
        return (
            context
            | get_entrance_context_data(self.request)
            | {
                "form": self.auth_form,
                "passkey_form": self.webauthn_form if possible else None,
                "has_app": has_app(person),
            }
        )

    def form_invalid(self, form: Any) -> HttpResponse:
        return waiting(super().form_invalid(form).render(), form)


# The roles that a visitor of a demonstration wants to see, in this order.
SHOWN = ("quality_manager", "contributor", "process_owner", "auditor", "top_management", "guest")


def demo_people() -> list[dict[str, Any]]:
    """One person for each role of the sample organizations: whom a demonstration lets one be."""
    chosen: dict[str, Membership] = {}
    for membership, key in sample_people():
        if membership.person_id not in {m.person_id for m in chosen.values()}:
            chosen.setdefault(key, membership)
    chinese = (get_language() or "").startswith("zh")
    does = {role.key: role.does for role in DEFAULTS}
    return [
        {
            "username": member.person.username,
            "name": member.person.shown_name,
            "initials": initials(member.person.shown_name),
            "role": (member.position_zh if chinese else "") or member.position,
            "does": does[key],
        }
        for key in SHOWN
        if (member := chosen.get(key)) is not None
    ]


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as one of a sample organization's people, without a password; in a demonstration alone."""
    if not settings.DEMO:
        raise Http404
    username = request.POST.get("username", "")
    found = next((m for m, _role in sample_people() if m.person.username == username), None)
    if found is None:
        raise Http404
    reading = get_language()
    response = perform_login(request, found.person, redirect_url=f"/{found.organization.slug}/")
    request.session[LANGUAGE] = reading  # the visitor's, not that of whom they look around as
    return response


def start(request: HttpRequest) -> HttpResponse:
    """The first page: the door, the only organization, or the choice of one."""
    if not isinstance(request.user, Person):
        return HttpResponseRedirect(reverse("account_login"))
    memberships = memberships_of(request.user)
    if len(memberships) == 1:
        return HttpResponseRedirect(f"/{memberships[0].organization.slug}/")
    organizations = [
        {"name": str(m.organization), "url": f"/{m.organization.slug}/", "sample": m.organization.sample} for m in memberships
    ]
    return render(request, "people/choose.html", {"organizations": organizations})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The reader's own language: the person's when signed in, else this browser's."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        messages.error(request, _("There is no such language here."))
        return _back(request)
    response = _back(request)
    if LANGUAGE in request.session:
        request.session[LANGUAGE] = chosen
    elif isinstance(request.user, Person):
        accounts.change_profile(request.user, {"language": chosen})
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=YEAR,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """The reader's own appearance: light, dark, or as the system."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen not in THEMES:
        return response
    if isinstance(request.user, Person):
        accounts.change_profile(request.user, {"theme": chosen})
    response.set_cookie(THEME_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To where the reader was, if that is an address of ours."""
    asked = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(asked if ours else "/")
