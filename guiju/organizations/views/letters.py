"""Which letters a person wants, and that an address which a mail server refused is right after all."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guiju.lib.dates import show_instant
from guiju.organizations.forms.account import LettersForm
from guiju.organizations.letters import boxes
from guiju.organizations.letters.models import Letterbox
from guiju.organizations.mail import can_mail
from guiju.organizations.members import require
from guiju.organizations.models import Person
from guiju.organizations.views.person import found_member, url_of


def section(person: Person, zone: ZoneInfo, form: forms.BaseForm | None = None) -> dict[str, Any]:
    """What the account's page says of letters: why there are none, that the address was refused, what is chosen."""
    box = boxes.of(person)
    if not can_mail():
        return {"text": _("This installation sends no letters."), "form": None, "refused": None}
    if not person.email:
        return {"text": _("You have no address here, so no letters go to you."), "form": None, "refused": None}
    refused = None
    if boxes.is_refused(person, box):
        refused = {"text": boxes.refusal(box, _when(box, zone)), "url": reverse("account_confirm_address")}
    return {
        "text": "" if refused else _("They go to %(email)s, for each organization by itself.") % {"email": person.email},
        "form": form or LettersForm(zone=zone, initial={"daily": _word(box.daily), "hour": box.hour, "at_once": box.at_once}),
        "url": reverse("account_letters"),
        "refused": refused,
    }


def _word(daily: bool) -> str:
    return "daily" if daily else "none"


def _when(box: Letterbox, zone: ZoneInfo) -> str:
    return show_instant(box.refused_at, get_language() or "en", zone) if box.refused_at else ""


@login_required
@require_POST
def confirm_own(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    boxes.confirm(request.user)
    messages.success(request, _("Letters go to your address again."))
    return HttpResponseRedirect(reverse("account_home") + "#letters")


@require_POST
def confirm(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    """Somebody who administers people knows that the address is right."""
    require("people.change")
    membership = found_member(person)
    boxes.confirm(membership.person)
    messages.success(request, _("Letters go to this address again."))
    return HttpResponseRedirect(url_of(membership))
