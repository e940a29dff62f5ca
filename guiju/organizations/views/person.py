"""One person in the organization: roles, deputies, the account's state, and what they answer for."""

from typing import Any
from uuid import UUID

import segno
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiju.lib.names import initials
from guiju.organizations import deputies, handover, identity, invitations, story
from guiju.organizations.credentials import has_second_factor
from guiju.organizations.forms.people import DeputyForm, RolesForm
from guiju.organizations.letters import boxes
from guiju.organizations.members import member_elsewhere, require
from guiju.organizations.models import Grant, Membership
from guiju.spine.acts import current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.forms import ProofForm


def list_url() -> str:
    return f"{addresses.home()}people/"


def url_of(membership: Membership) -> str:
    return f"{list_url()}{membership.person_id}/"


def found_member(person: UUID) -> Membership:
    """The membership of a person in the acting organization; 404 for anybody else."""
    rows = Membership.objects.select_related("person", "department", "site", "organization")
    found = rows.filter(person_id=person).first()
    if found is None:
        raise Http404
    return found


def detail(request: HttpRequest, organization: str, person: UUID) -> HttpResponse:
    require("people.view")
    return person_page(request, found_member(person))


def person_page(
    request: HttpRequest, membership: Membership, *, code: str = "", status: int = 200, **bound: forms.BaseForm
) -> HttpResponse:
    """The page, with a form that was sent back in the place of its empty one; `code` is shown this once."""
    may = current().actor.may
    base = url_of(membership)
    tone, word = state_of(membership)
    context = {
        "person": {
            "name": membership.person.shown_name,
            "initials": initials(membership.person.shown_name),
            "username": membership.person.username,
            "email": membership.person.email,
            "tone": tone,
            "word": word,
        },
        "list_url": list_url(),
        "facts": _facts(membership),
        "role_form": (bound.get("role_form") or _role_form(membership)) if may("roles.change") and membership.active else None,
        "role_url": f"{base}roles/",
        "deputies": deputy_lines(membership),
        "deputy_form": (bound.get("deputy_form") or DeputyForm()) if may("people.change") and membership.active else None,
        "deputy_url": f"{base}deputy/",
        "owns": _owns(membership),
        "deactivate_url": f"{base}deactivate/" if may("people.change") and membership.active else "",
        "change_url": f"{base}change/" if may("people.change") else "",
        "invitation": _invitation(membership, code, base),
        "address": _address(membership, base),
        "identity": _identity(request, membership, base, bound.get("proof_form")),
        "steps": _steps(membership, base),
        "history": story.of(membership),
    }
    return render(request, "people/detail.html", context, status=status)


def state_of(membership: Membership) -> tuple[str, str]:
    """(tone, word) of how a member stands."""
    if not membership.active:
        return ("due", _("invited")) if invitations.open_of(membership).exists() else ("none", _("deactivated"))
    if membership.expires_on and membership.expires_on < current().today():
        return "none", _("expired")
    return ("done", _("active")) if membership.person.has_usable_password() else ("due", _("invited"))


def _facts(membership: Membership) -> list[tuple[Any, Any]]:
    rows = [
        (_("Position"), membership.position),
        (_("Position in Chinese"), membership.position_zh),
        (_("Department"), str(membership.department or "")),
        (_("Site"), str(membership.site or "")),
        (_("Top management"), _("yes") if membership.top_management else _("no")),
    ]
    if membership.expires_on:
        rows.append((_("Last day"), values.day(membership.expires_on)))
    if not current().actor.may("roles.change"):
        grants = Grant.objects.filter(membership=membership, active=True).select_related("role")
        rows.insert(0, (_("Roles"), pgettext("list", ", ").join(str(grant.role) for grant in grants)))
    return rows


def _role_form(membership: Membership) -> RolesForm:
    held = Grant.objects.filter(membership=membership, active=True).values_list("role__key", flat=True)
    return RolesForm(initial={"roles": list(held)})


def deputy_lines(membership: Membership) -> list[dict[str, Any]]:
    """Who stands in for the member, and for whom they do, now or later."""
    may = current().actor.may("people.change") or membership.person_id == current().actor.id
    lines = []
    for one in deputies.lasting():
        if membership not in (one.absent, one.deputy):
            continue
        words = {
            "deputy": one.deputy.person.shown_name,
            "absent": one.absent.person.shown_name,
            "first": values.day(one.from_on),
            "last": values.day(one.until_on),
        }
        text = _("%(deputy)s for %(absent)s, from %(first)s until %(last)s") % words
        lines.append({"text": text, "end_url": f"{list_url()}deputies/{one.pk}/end/" if may else ""})
    return lines


def _owns(membership: Membership) -> list[tuple[Any, int, str]]:
    rows = []
    for holding in handover.holdings(membership):
        register = by_key(holding.name)
        if register is not None and holding.visible and current().actor.may(f"{register.key}.view"):
            rows.append((holding.label, holding.visible, f"{addresses.of_register(register)}?owner={membership.person_id}"))
    return rows


def _invitation(membership: Membership, code: str, base: str) -> dict[str, Any] | None:
    """The open code of a member, shown once; and where to make a new one."""
    if not current().actor.may("people.invite"):
        return None
    found = invitations.open_of(membership).order_by("-id").first()
    if found is None and not code:
        return None
    assert found is not None
    words = {"day": values.when(found.expires_at), "email": found.email}
    if code:
        text = _("Hand this over on paper. It works once, until %(day)s, at the address below, or by scanning.") % words
    elif found.email:
        text = _("A letter went to %(email)s; its code works once, until %(day)s.") % words
    else:
        text = _("A code is out; it works once, until %(day)s. It cannot be shown again.") % words
    return {
        "text": text,
        "code": invitations.in_groups(code) if code else "",
        "address": invitations.address("").removesuffix("/") if code else "",
        "qr": _qr(invitations.address(code)) if code else "",
        "resend_url": f"{base}code/",
        "withdraw_url": f"{base}code/withdraw/",
    }


def _address(membership: Membership, base: str) -> dict[str, str] | None:
    """That letters to a member came back, for whoever may say that the address is right."""
    if not current().actor.may("people.change"):
        return None
    box = boxes.of(membership.person)
    if not boxes.is_refused(membership.person, box):
        return None
    return {"text": boxes.refusal(box, values.when(box.refused_at)), "url": f"{base}letters/"}  # type: ignore[arg-type]


def _qr(text: str) -> str:
    """The address to scan, as the source of a picture."""
    return segno.make(text, error="m").svg_data_uri(scale=5, border=2, dark="#000", light="#fff")


def _identity(request: HttpRequest, membership: Membership, base: str, form: forms.BaseForm | None) -> dict[str, Any] | None:
    """That signing is closed, and for whoever may confirm the form to do so."""
    person = membership.person
    if person.signing_closed_at is None:
        return None
    words = {"when": values.when(person.signing_closed_at), "who": str(person.signing_closed_by or "")}
    if person.signing_closed_by:
        text = _("%(who)s reset this account on %(when)s. It signs nothing until somebody else confirms that it is this person.")
    else:
        text = _("The password was reset by a letter on %(when)s. The account signs nothing until somebody confirms who it is.")
    may = identity.may_confirm(person)
    asked = (form or ProofForm.asked(request)) if may else None
    return {"text": text % words, "url": f"{base}confirm/" if may else "", "form": asked}


def _steps(membership: Membership, base: str) -> list[tuple[Any, str, Any]]:
    """(label, address, what it does) of what can be done with the account."""
    person = membership.person
    may = current().actor.may
    steps: list[tuple[Any, str, Any]] = []
    invited = invitations.open_of(membership).exists()
    if may("people.change") and not membership.active and not invited:
        steps.append((_("Let back in"), f"{base}reactivate/", _("With the roles they had.")))
    if may("people.invite") and membership.active and not person.has_usable_password() and not invited:
        steps.append((_("Make a new code"), f"{base}code/", _("The earlier one stops working.")))
    own = person.pk == current().actor.id
    if membership.active and person.has_usable_password() and not own and identity.may_reset(person):
        lost = _("For whoever has forgotten it. Signing is closed until a second person confirms who it is.")
        steps.append((_("New password by code"), f"{base}code/", lost))
        if has_second_factor(person):
            phone = _("For whoever has lost the phone. Signing is closed.")
            steps.append((_("Take the second factor off"), f"{base}factor/", phone))
    return steps


def only_here(membership: Membership) -> bool:
    """Whether the account is of this organization alone, so that its administrator may change it."""
    return not member_elsewhere(membership.person, membership.organization)
