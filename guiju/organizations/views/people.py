"""The people of the organization: the list, and inviting."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.cache import never_cache

from guiju.lib.names import initials
from guiju.organizations import directory, invitations, jobs
from guiju.organizations.deputies import lasting
from guiju.organizations.forms.people import InviteForm
from guiju.organizations.mail import can_mail
from guiju.organizations.members import named, require
from guiju.organizations.models import Membership, Role
from guiju.organizations.views.person import person_page, state_of
from guiju.spine.acts import Refused, current
from guiju.spine.acts.hooks import house_parts
from guiju.spine.registers import addresses, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import page_of

PAGE = 50


def base() -> str:
    return f"{addresses.home()}people/"


def people(request: HttpRequest, organization: str) -> HttpResponse:
    """Members by name, fifty on a page."""
    require("people.view")
    waiting = invitations.waiting()
    rows = {name: directory.memberships(name, waiting) for name, label in _views()}
    view = request.GET.get("view", "")
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    found = rows.get(view, rows[""])
    if q:
        found = found.filter(named(q))
    page = max(1, int(text)) if (text := request.GET.get("page", "")).isascii() and text.isdigit() and len(text) < 6 else 1
    count = found.count()
    shown = list(found.select_related("person", "department").order_by("person__name", "id")[(page - 1) * PAGE : page * PAGE])
    context = {
        "people": _shown(shown, waiting),
        "q": q,
        "views": [(label, f"?{urlencode({'view': name})}", rows[name].count(), name == view) for name, label in _views()],
        "count_text": ngettext("%(n)s person", "%(n)s people", count) % {"n": count},
        "previous_url": _url(view, q, page - 1) if page > 1 else "",
        "next_url": _url(view, q, page + 1) if count > page * PAGE else "",
        "invite_url": f"{base()}invite/" if current().actor.may("people.invite") else "",
        "more": [*_more(), *(way for part in house_parts for way in part())],
    }
    return render(request, "people/list.html", context)


def _views() -> list[tuple[str, Any]]:
    return [("", _("Active")), ("invited", _("Invited")), ("guests", _("Guests")), ("past", _("No longer active"))]


def _url(view: str, q: str, page: int) -> str:
    return "?" + urlencode({"view": view, "q": q, "page": page})


def _more() -> list[tuple[Any, str, str]]:
    """(label, address, icon) of what else is kept here, as far as the reader has the right."""
    may = current().actor.may
    places = [
        (_("Sites"), f"{base()}sites/", "building"),
        (_("Departments"), f"{base()}departments/", "users"),
        (_("Settings"), f"{base()}settings/", "settings"),
        (_("Health"), f"{addresses.home()}health/", "heartbeat"),
    ]
    more = [(_("Roles"), f"{base()}roles/", "shield-check")] if may("roles.change") or may("people.view") else []
    return more + (places if may("organization.change") else [])


def _shown(memberships: list[Membership], waiting: set[Any]) -> list[dict[str, Any]]:
    roles, today = directory.roles_of(memberships), current().today()
    deputies = {d.deputy_id: d for d in lasting().filter(deputy__in=[m.pk for m in memberships]) if d.from_on <= today}
    return [_row(m, roles.get(m.pk, []), m.pk in waiting, deputies.get(m.pk)) for m in memberships]


def _row(membership: Membership, roles: list[Role], waits: bool, deputy: Any) -> dict[str, Any]:
    person = membership.person
    tone, word = ("due", _("invited")) if waits else state_of(membership)
    notes = []
    if membership.expires_on:
        notes.append(_("until %(day)s") % {"day": values.day(membership.expires_on)})
    if deputy:
        notes.append(_("deputy for %(name)s") % {"name": deputy.absent.person.shown_name})
    return {
        "name": person.shown_name,
        "initials": initials(person.shown_name),
        "username": person.username,
        "email": person.email,
        "roles": [str(role) for role in roles],
        "department": str(membership.department) if membership.department else "",
        "tone": tone,
        "word": word,
        "note": pgettext("list", ", ").join(notes),
        "url": f"{base()}{person.pk}/",
    }


@never_cache
def invite(request: HttpRequest, organization: str) -> HttpResponse:
    """Invite somebody; the answer is their page, with the code where it goes on paper."""
    require("people.invite")
    form = InviteForm(request.POST or None, initial={"language": current().organization.language, "roles": ["contributor"]})
    if request.method == "POST" and form.is_valid():
        values_ = dict(form.cleaned_data)
        keys = values_.pop("roles")
        try:
            invitation, code = invitations.invite(roles=list(Role.objects.filter(key__in=keys)), **values_)
            return sent_or_shown(request, invitation, code)
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    above = [(_("People and roles"), base())]
    return page_of(
        request, form, _("Invite someone"), base(), eyebrow=above, template="people/invite.html", save_label=_("Invite")
    )


def sent_or_shown(request: HttpRequest, invitation: Any, code: str) -> HttpResponse:
    """By letter where there is an address and mail; else the code in this one answer, to be printed."""
    membership = invitation.membership
    if invitation.email and can_mail():
        jobs.mail_invitation(invitation.pk)
        return HttpResponseRedirect(f"{base()}{membership.person_id}/")
    return person_page(request, membership, code=code)
