"""What is done with a person: roles, places, deputies, codes, confirming, leaving."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from guiju.organizations import deputies, handover, identity, invitations, services
from guiju.organizations.choices import people
from guiju.organizations.forms.people import DeputyForm, LeavingForm, PlaceOfPersonForm, RolesForm
from guiju.organizations.members import require
from guiju.organizations.middleware import DEPUTY_FOR
from guiju.organizations.models import Membership, Person
from guiju.organizations.views.people import sent_or_shown
from guiju.organizations.views.person import deputy_lines, found_member, list_url, only_here, person_page, url_of
from guiju.spine.acts import Refused, current
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import page_of
from guiju.spine.registers.forms import ProofForm


def _back(membership: Membership) -> HttpResponseRedirect:
    return HttpResponseRedirect(url_of(membership))


@require_POST
def roles(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    membership = found_member(person)
    form = RolesForm(request.POST)
    if form.is_valid():
        try:
            services.set_roles(membership, form.cleaned_data["roles"])
            messages.success(request, _("The roles are changed. They hold at once."))
            return _back(membership)
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    return person_page(request, membership, status=422, role_form=form)


def change(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    """Where a member stands; the address too, if the account is of this organization alone."""
    require("people.change")
    membership = found_member(person)
    alone = only_here(membership)
    with_email = alone and person != current().actor.id
    form = PlaceOfPersonForm(request.POST or None, instance=membership, with_email=with_email, with_name=alone)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data.pop("email", membership.person.email).strip().lower()
        called = {name: form.cleaned_data.pop(name) for name in ("name", "name_zh", "reason") if alone}
        try:
            if called:
                identity.rename(membership.person, **called)
            services.change_membership(membership, form.cleaned_data)
            if email != membership.person.email:
                identity.change_email(membership.person, email)
            messages.success(request, _("Your change is kept."))
            return _back(membership)
        except Refused as refused:
            bad(form, refused)
    above = [(_("People and roles"), list_url()), (membership.person.shown_name, url_of(membership))]
    return page_of(request, form, _("Edit"), url_of(membership), eyebrow=above, lead=membership.person.shown_name)


@require_POST
@never_cache
def new_code(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    """A new code: an invitation's, or for an account in use a reset."""
    membership = found_member(person)
    invitation, code = invitations.renew(membership)
    return sent_or_shown(request, invitation, code)


@require_POST
def withdraw_code(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    membership = found_member(person)
    invitations.withdraw(membership)
    messages.success(request, _("The code works no more."))
    return _back(membership)


@require_POST
def reset_factor(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    membership = found_member(person)
    identity.reset_factors(membership.person)
    messages.success(request, _("The second factor is off. Signing is closed until a second person confirms who it is."))
    return _back(membership)


@require_POST
def confirm(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    """A second person says, with a proof of their own, that this is the person."""
    require("people.confirm")
    membership = found_member(person)
    form = ProofForm.asked(request)
    if form.is_valid():
        try:
            identity.confirm(membership.person, form.prove(request.session))
            messages.success(request, _("Confirmed. %(name)s can sign again.") % {"name": membership.person.shown_name})
            return _back(membership)
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    return person_page(request, membership, status=422, proof_form=form)


@require_POST
def reactivate(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    membership = found_member(person)
    services.reactivate(membership)
    messages.success(request, _("%(name)s is active again.") % {"name": membership.person.shown_name})
    return _back(membership)


@require_POST
def name_deputy(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    require("people.change")
    membership = found_member(person)
    form = DeputyForm(request.POST)
    if form.is_valid() and _named(membership, form):
        return _back(membership)
    return person_page(request, membership, status=422, deputy_form=form)


def _named(absent: Membership, form: DeputyForm) -> bool:
    try:
        deputy = Membership.objects.get(person=form.cleaned_data["deputy"])
        deputies.name(absent, deputy, form.cleaned_data["from_on"], form.cleaned_data["until_on"])
    except Refused as refused:
        bad(form, refused)
        return False
    return True


def absence(request: HttpRequest, organization: str) -> HttpResponse:
    """One's own absence and deputy: a page for everybody."""
    membership = found_member(current().actor.id)  # type: ignore[arg-type]
    form = DeputyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _named(membership, form):
        messages.success(request, _("Your deputy is named."))
        return HttpResponseRedirect(request.path)
    context = {"deputies": deputy_lines(membership), "form": form}
    return render(request, "people/absence.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_deputy(request: HttpRequest, organization: str, deputyship: UUID) -> HttpResponse:
    ended = deputies.end(deputyship)
    own = ended.absent.person_id == current().actor.id or not current().actor.may("people.view")
    return HttpResponseRedirect(f"{list_url()}absence/" if own else url_of(ended.absent))


@require_POST
def switch_deputy(request: HttpRequest, organization: str) -> HttpResponse:
    """Act for an absent person from now on, or with an empty `person` as oneself again."""
    absent = request.POST.get("person", "")
    acting: Any = current().actor
    kept = dict(request.session.get(DEPUTY_FOR, {}))
    kept.pop(organization, None)
    if absent:
        theirs = next((one for one in acting.stands_for if str(one.person.pk) == absent), None)
        if theirs is None:
            raise Refused(gettext_noop("You are not this person's deputy today."))
        kept[organization] = absent
    request.session[DEPUTY_FOR] = kept
    return HttpResponseRedirect(f"/{organization}/")


def deactivate(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    """What the person answers for, each with its new owner, in one signed step."""
    require("people.change")
    membership = found_member(person)
    form, proof = LeavingForm(request.POST or None), ProofForm.asked(request)
    owns = handover.holdings(membership)
    if request.method == "POST":
        valid = form.is_valid()
        if proof.is_valid() and valid and _deactivated(request, membership, owns, form, proof):
            messages.success(
                request, _("%(name)s is deactivated, and all is handed over.") % {"name": membership.person.shown_name}
            )
            return _back(membership)
    others = [p for p in people() if p.pk != membership.person_id]
    context = {
        "person": {"name": membership.person.shown_name, "url": url_of(membership)},
        "list_url": list_url(),
        "owns": [_offered(holding, others, request) for holding in owns],
        "form": form,
        "version": None,
        "token": None,
        "signature": {
            "meaning": _("I deactivate %(name)s and hand over what they answer for, as shown above.")
            % {"name": membership.person.shown_name},
            "form": proof,
        },
    }
    return render(request, "people/deactivate.html", context, status=422 if request.method == "POST" else 200)


def _deactivated(request: HttpRequest, membership: Membership, owns: list[Any], form: LeavingForm, proof: Any) -> bool:
    chosen = {holding.name: request.POST.get(holding.name, "") for holding in owns}
    known = {str(person.pk): person for person in people()}
    to: dict[str, Person | None] = {name: known.get(pk) for name, pk in chosen.items()}
    try:
        given = proof.prove(request.session)
    except Refused as refused:
        bad(proof, refused)
        return False
    try:
        handover.deactivate(membership, to, reason=form.cleaned_data["reason"], proof=given)
    except Refused as refused:
        if refused.status == 403:
            raise
        bad(form, refused)
        return False
    return True


def _offered(holding: handover.Holding, others: list[Person], request: HttpRequest) -> dict[str, Any]:
    chosen = request.POST.get(holding.name, "")
    empty = ("", _("choose") if holding.required else _("nobody"), not chosen)
    options = [empty, *((str(p.pk), p.shown_name, str(p.pk) == chosen) for p in others)]
    return {"label": holding.label, "text": holding.text, "url": "", "name": holding.name, "options": options}
