"""Accepting an invitation: a new account chooses its password, one that is there joins signed in."""

from typing import Any

from allauth.account.utils import perform_login
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from guiju.organizations import invitations
from guiju.organizations.forms.people import AcceptForm, CodeForm
from guiju.organizations.forms.sign_in import network
from guiju.organizations.models import Invitation, Person
from guiju.organizations.throttle import TooManyFailures
from guiju.spine.acts import NotFound, Refused
from guiju.spine.registers.editing import bad

TEMPLATE = "people/accept.html"


@never_cache
def enter_code(request: HttpRequest) -> HttpResponse:
    """The page for a code that stands on paper."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = "".join(letter for letter in form.cleaned_data["code"].upper() if letter.isalnum())
        try:
            invitations.find(code, network())
            return HttpResponseRedirect(reverse("invitation_accept", args=[code]))
        except NotFound as refused:
            form.add_error("code", str(refused))
    return render(request, TEMPLATE, {"form": form, "ask": True}, status=422 if form.is_bound else 200)


@never_cache
def accept(request: HttpRequest, code: str) -> HttpResponse:
    try:
        invitation = invitations.find(code, network())
    except (NotFound, TooManyFailures) as refused:
        return render(request, TEMPLATE, {"refused": str(refused)}, status=refused.status)
    return _join(request, invitation) if invitations.has_account(invitation) else _begin(request, invitation)


def _begin(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    person = invitation.membership.person
    form = AcceptForm(request.POST or None, user=person, with_username=not invitation.resets)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(
                invitation, password=form.cleaned_data["password1"], username=form.cleaned_data.get("username", "")
            )
            return perform_login(request, person, redirect_url=f"/{invitation.organization.slug}/")
        except Refused as refused:
            bad(form, refused)
    return render(request, TEMPLATE, _context(invitation) | {"form": form}, status=422 if form.is_bound else 200)


def _join(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """Whoever has an account signs in first; then one button joins."""
    person = invitation.membership.person
    if not isinstance(request.user, Person):
        return redirect_to_login(request.get_full_path())
    if request.user != person:
        sentence = _("This invitation is for somebody else. Sign out, and open it again as the person it is for.")
        return render(request, TEMPLATE, {"refused": sentence}, status=403)
    if request.method == "POST":
        invitations.join_signed_in(invitation, person)
        return HttpResponseRedirect(f"/{invitation.organization.slug}/")
    return render(request, TEMPLATE, _context(invitation) | {"joining": True})


def _context(invitation: Invitation) -> dict[str, Any]:
    return {
        "organization_name": str(invitation.organization),
        "person_name": invitation.membership.person.shown_name,
        "resets": invitation.resets,
    }
