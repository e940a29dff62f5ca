"""Pages on which terminals are made and withdrawn, numbers are given, and a person sets the own PIN."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guiju.modules.terminals import badges, services
from guiju.modules.terminals.forms import NumberForm, PinForm, TerminalForm
from guiju.modules.terminals.models import Badge, Terminal
from guiju.organizations.members import require
from guiju.organizations.models import Membership
from guiju.spine.acts import Refused
from guiju.spine.registers import addresses, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import ProofForm
from guiju.spine.registers.present import present


def base() -> str:
    return f"{addresses.home()}terminals/"


@present
@get_or_post
def terminals(request: HttpRequest, organization: str) -> HttpResponse:
    """The terminals of the organization, a new one, and the members' numbers."""
    require(services.RIGHT)
    form = TerminalForm(request.POST or None)
    address = ""
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = services.make(form.cleaned_data["name"], form.cleaned_data["department"])
            address = request.build_absolute_uri(reverse("terminal_start", args=[secret]))
            form = TerminalForm()
        except Refused as refused:
            bad(form, refused)
    numbers = {badge.membership_id: badge for badge in Badge.objects.all()}
    members = Membership.objects.filter(active=True, person__is_active=True).select_related("person").order_by("person__name")
    context = {
        "form": form,
        "address": address,
        "terminals": [_terminal(row) for row in Terminal.objects.select_related("department").order_by("withdrawn_at", "name")],
        "members": [_member(member, numbers.get(member.pk)) for member in members],
    }
    return render(request, "terminals/terminals.html", context, status=422 if form.is_bound else 200)


def _terminal(row: Terminal) -> dict[str, Any]:
    return {
        "name": row.name,
        "department": str(row.department) if row.department else _("all that is in force"),
        "withdrawn": values.when(row.withdrawn_at) if row.withdrawn_at else "",
        "url": f"{base()}{row.pk}/withdraw/",
    }


def _member(member: Membership, badge: Badge | None) -> dict[str, Any]:
    return {
        "name": str(member.person),
        "number": badge.number if badge else "",
        "pin": bool(badge and badge.pin),
        "url": f"{base()}numbers/{member.person_id}/",
    }


@require_POST
def withdraw(request: HttpRequest, organization: str, terminal: UUID) -> HttpResponse:
    found = Terminal.objects.filter(pk=terminal).first()
    if found is None:
        raise Http404
    services.withdraw(found)
    messages.success(request, _("The terminal is withdrawn; it shows nothing any more."))
    return HttpResponseRedirect(base())


@present
@get_or_post
def number(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    """A member's personnel number."""
    require(services.RIGHT)
    member = Membership.objects.filter(person=person, active=True).select_related("person").first()
    if member is None:
        raise Http404
    badge = Badge.objects.filter(membership=member).first()
    form = NumberForm(request.POST or None, initial={"number": badge.number if badge else ""})
    if request.method == "POST" and form.is_valid():
        try:
            badges.give_number(member, form.cleaned_data["number"])
            return HttpResponseRedirect(base())
        except Refused as refused:
            bad(form, refused)
    return page_of(
        request, form, _("Personnel number"), base(), eyebrow=[(_("Shared terminals"), base())], lead=str(member.person)
    )


@present
@get_or_post
def pin(request: HttpRequest, organization: str) -> HttpResponse:
    """The own PIN; the password says who sets it."""
    made: Any = type("OwnPinForm", (ProofForm, PinForm), {})
    form = made.asked(request)
    if request.method == "POST" and form.is_valid():
        try:
            badges.set_pin(form.cleaned_data["pin"], form.prove(request.session))
            messages.success(request, _("Your PIN is set. It serves at shared terminals, and nowhere else."))
            return HttpResponseRedirect(addresses.home())
        except Refused as refused:
            bad(form, refused)
    lead = _("With your number and this PIN you confirm at a shared terminal what you have read.")
    return page_of(request, form, _("PIN for shared terminals"), addresses.home(), lead=lead)
