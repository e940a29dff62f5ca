"""One's own account: profile, secrets, web sessions, tokens for other programs."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from guiju.lib.dates import show_instant
from guiju.organizations import accounts, passkeys, sessions, tokens
from guiju.organizations.credentials import has_second_factor
from guiju.organizations.forms.account import EmailForm, LettersForm, ProfileForm, TokenForm
from guiju.organizations.letters import boxes
from guiju.organizations.members import Belonging, Member, member, memberships_of, today_in
from guiju.organizations.middleware import LANGUAGE
from guiju.organizations.models import Person
from guiju.organizations.views import letters as letters_views
from guiju.organizations.views.entrance import waiting
from guiju.spine.acts import Refused, act
from guiju.spine.acts.hooks import account_parts
from guiju.spine.registers import values
from guiju.spine.registers.editing import bad


def person_of(request: HttpRequest) -> Person:
    """The person signed in; views are behind `login_required`."""
    assert isinstance(request.user, Person)
    return request.user


@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    return _home(request)


def _home(request: HttpRequest, *, status: int = 200, new_token: str = "", **bound: forms.BaseForm) -> HttpResponse:
    """The page, with a form that was sent back in the place of its empty one."""
    person = person_of(request)
    memberships = memberships_of(person)
    makers, zone = _makers(person, memberships), zone_of(person, memberships)
    context = {
        "profile_form": bound.get("profile_form") or ProfileForm(instance=person),
        "profile_url": reverse("account_profile"),
        "letters": letters_views.section(person, zone, bound.get("letters_form")),
        "security": _security(person, zone) + _kept_there(person, memberships),
        "sessions": [_session(one, request, zone) for one in sessions.of(person)],
        "end_others_url": reverse("account_end_other_sessions"),
        "tokens": [_token(one, zone) for one in tokens.of(person)],
        "token_form": bound.get("token_form") or (TokenForm(memberships=makers) if makers else None),
        "token_url": reverse("account_make_token"),
        "new_token": new_token,
    }
    if len(context["sessions"]) < 2:  # type: ignore[arg-type]
        context["end_others_url"] = ""
    return render(request, "account/home.html", context, status=status)


def _security(person: Person, zone: ZoneInfo) -> list[tuple[Any, Any, str, Any, str]]:
    on = has_second_factor(person)
    factor = (_("on"), _("Change"), "done") if on else (_("off"), _("Set up"), "none")
    held = [one.data["name"] for one in passkeys.of(person)]
    rows: list[tuple[Any, Any, str, Any, str]] = [
        (_("Password"), "••••••••••", reverse("account_change_password"), _("Change"), ""),
        (_("Second factor"), factor[0], reverse("mfa_index"), factor[1], factor[2]),
        (_("Passkeys"), pgettext("list", ", ").join(held) or _("none"), reverse("mfa_index") + "#passkeys", factor[1], ""),
        (_("E-mail"), person.email or _("none"), reverse("account_change_email"), _("Change"), ""),
    ]
    if person.signing_closed_at:
        text = _("closed since %(when)s, until a second person has confirmed who you are")
        rows.append((_("Signing"), text % {"when": when(zone, person.signing_closed_at)}, "", "", "due"))
    return rows


def _kept_there(person: Person, memberships: list[Belonging]) -> list[tuple[Any, Any, str, Any, str]]:
    """What the person keeps in each organization; it is named where there are several."""
    rows = []
    for one in memberships:
        acting = _as_member(one, person)
        if acting is None:
            continue
        with act(one.organization, acting):
            for label, *rest in filter(None, (part() for part in account_parts)):
                named = f"{label} ({one.organization})" if len(memberships) > 1 else label
                rows.append((named, *rest))
    return rows


def zone_of(person: Person, memberships: list[Belonging]) -> ZoneInfo:
    """Where the person is, or else where the first of their organizations is."""
    return ZoneInfo(person.time_zone or next((m.organization.time_zone for m in memberships), "UTC"))


def when(zone: ZoneInfo, instant: datetime) -> str:
    return show_instant(instant, get_language() or "en", zone)


def _session(one: Any, request: HttpRequest, zone: ZoneInfo) -> dict[str, Any]:
    shown = sessions.shown(one, request.session.session_key)
    return shown | {
        "since": when(zone, shown["since"]),
        "last_seen": when(zone, shown["last_seen"]),
        "end_url": reverse("account_end_session", args=[shown["id"]]),
    }


def _token(one: Any, zone: ZoneInfo) -> dict[str, Any]:
    words = {name: str(label) for name, label in tokens.scopes()}
    ended = one.expires_on is not None and one.expires_on < today_in(one.organization)
    return {
        "name": one.name,
        "scope": pgettext("list", ", ").join([str(one.organization), *(words.get(name, name) for name in one.scope)]),
        "created": when(zone, one.made_at),
        "expires": values.day(one.expires_on) if one.expires_on else "",
        "tone": "none",
        "word": _("expired"),
        "end_url": "" if ended else reverse("account_revoke_token", args=[one.pk]),
    }


def _makers(person: Person, memberships: list[Belonging]) -> list[Belonging]:
    """The memberships in which the person may make tokens."""
    return [m for m in memberships if (found := _as_member(m, person)) and found.may("tokens.create")]


def _as_member(membership: Belonging, person: Person) -> Member | None:
    return member(membership.organization, person, today_in(membership.organization))


@login_required
@require_POST
def profile(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ProfileForm(request.POST, instance=person)
    if not form.is_valid():
        return _home(request, status=422, profile_form=form)
    accounts.change_profile(person, form.cleaned_data)
    request.session.pop(LANGUAGE, None)
    messages.success(request, _("Your profile is saved."))
    return HttpResponseRedirect(reverse("account_home"))


@login_required
@require_POST
def letters(request: HttpRequest) -> HttpResponse:
    """Keeps which letters the person wants."""
    person = person_of(request)
    form = LettersForm(request.POST, zone=zone_of(person, memberships_of(person)))
    if not form.is_valid():
        return _home(request, status=422, letters_form=form)
    boxes.choose(person, form.chosen())
    messages.success(request, _("Your choice of letters is saved."))
    return HttpResponseRedirect(reverse("account_home") + "#letters")


@login_required
@never_cache
def email(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = EmailForm(request.POST or None, person=person, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        try:
            accounts.change_email(person, form.cleaned_data["email"])
            messages.success(request, _("Your address is saved."))
            return HttpResponseRedirect(reverse("account_home"))
        except Refused as refused:
            bad(form, refused)
    context = {
        "title": _("Change the address"),
        "eyebrow": [(_("Account and security"), reverse("account_home"))],
        "lead": _("Letters with notices and a link for a forgotten password go there."),
        "form": form,
        "version": None,
        "cancel_url": reverse("account_home"),
    }
    response = render(request, "registers/form.html", context)
    return waiting(response, form) if form.is_bound else response


@login_required
@require_POST
def end_session(request: HttpRequest, session: int) -> HttpResponse:
    if sessions.end(person_of(request), session):
        messages.success(request, _("This session is ended."))
    return HttpResponseRedirect(reverse("account_home") + "#sessions")


@login_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    sessions.end_others(person_of(request), request.session.session_key)
    messages.success(request, _("All other sessions are ended."))
    return HttpResponseRedirect(reverse("account_home") + "#sessions")


@login_required
@require_POST
@never_cache
def make_token(request: HttpRequest) -> HttpResponse:
    """Makes a token and shows its secret in this one answer, so that it is kept nowhere."""
    person = person_of(request)
    makers = _makers(person, memberships_of(person))
    form = TokenForm(request.POST, memberships=makers)
    if form.is_valid():
        slug = form.cleaned_data["organization"] or (makers[0].organization.slug if makers else "")
        chosen = next((m for m in makers if m.organization.slug == slug), None)
        acting = _as_member(chosen, person) if chosen else None
        try:
            if acting is None:
                raise Refused(tokens.NO_RIGHT)
            with act(acting.organization, acting):
                secret = tokens.make(
                    acting, form.cleaned_data["name"], form.cleaned_data["scope"], form.cleaned_data["expires_on"]
                )[1]
            return _home(request, new_token=secret)
        except Refused as refused:
            bad(form, refused)
    return _home(request, status=422, token_form=form)


@login_required
@require_POST
def revoke_token(request: HttpRequest, token: UUID) -> HttpResponse:
    person = person_of(request)
    organization = tokens.organization_of(person, token).organization
    with act(organization, Member(person, organization, frozenset())):
        tokens.revoke(token)
    messages.success(request, _("The token is withdrawn. Whoever uses it is refused from now on."))
    return HttpResponseRedirect(reverse("account_home") + "#tokens")
