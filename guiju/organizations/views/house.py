"""The organization itself: roles and what they include, sites, departments, settings."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext

from guiju.organizations import roles as role_services
from guiju.organizations import services, story
from guiju.organizations.forms.people import DepartmentForm, NewRoleForm, SettingsForm, SiteForm
from guiju.organizations.members import IDLE_PARAMETER, require
from guiju.organizations.models import Department, Grant, Role, Site
from guiju.organizations.parameters import parameter
from guiju.organizations.views.person import list_url
from guiju.spine.acts import NotPermitted, Refused, current
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import page_of


def eyebrow() -> list[tuple[Any, str]]:
    return [(_("People and roles"), list_url())]


def roles(request: HttpRequest, organization: str) -> HttpResponse:
    """Roles and actions as a table; each role is changed on its own page."""
    actor = current().actor
    if not actor.may("people.view") and not actor.may("roles.change"):
        raise NotPermitted(gettext_noop("You do not have the right to this. Ask who administers roles."))
    may = actor.may("roles.change")
    form = NewRoleForm(request.POST or None) if may else None
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            made = role_services.make(**form.cleaned_data)
            return HttpResponseRedirect(f"{list_url()}roles/{made.pk}/")
        except Refused as refused:
            bad(form, refused)
    shown = role_services.in_order()
    counts = _holders()
    context = {
        "eyebrow": eyebrow(),
        "roles": [
            {"name": str(r), "count": counts.get(r.pk, 0), "url": f"{list_url()}roles/{r.pk}/" if may else ""} for r in shown
        ],
        "groups": _table(shown),
        "form": form,
    }
    return render(request, "people/roles.html", context, status=422 if form is not None and form.is_bound else 200)


def _holders() -> dict[Any, int]:
    counts: dict[Any, int] = {}
    for role in Grant.objects.filter(active=True, membership__active=True).values_list("role", flat=True):
        counts[role] = counts.get(role, 0) + 1
    return counts


def _table(shown: list[Role]) -> list[tuple[str, list[tuple[str, list[bool]]]]]:
    """(group, [(action's label, included by each role)])"""
    groups: dict[str, list[tuple[str, list[bool]]]] = {}
    for action in role_services.catalogue():
        included = [role_services.includes(role, action.name) for role in shown]
        groups.setdefault(str(action.group), []).append((str(action.label), included))
    return list(groups.items())


def role(request: HttpRequest, organization: str, role: UUID) -> HttpResponse:
    """What a role includes, as boxes."""
    require("roles.change")
    found = Role.objects.filter(pk=role).first()
    if found is None:
        raise Http404
    error, chosen = "", {a.name for a in role_services.catalogue() if role_services.includes(found, a.name)}
    if request.method == "POST":
        chosen = set(request.POST.getlist("actions"))
        try:
            role_services.tune(found, sorted(chosen), reason=request.POST.get("reason", "").replace("\x00", "")[:2000].strip())
            messages.success(request, _("The role is changed. It holds at once for all who have it."))
            return HttpResponseRedirect(f"{list_url()}roles/")
        except Refused as refused:
            error = str(refused)
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for action in role_services.catalogue():
        groups.setdefault(str(action.group), []).append((action.name, str(action.label), action.name in chosen))
    context = {
        "eyebrow": [*eyebrow(), (_("Roles"), f"{list_url()}roles/")],
        "role": str(found),
        "groups": list(groups.items()),
        "error": error,
        "cancel_url": f"{list_url()}roles/",
        "history": story.of_role(found),
    }
    return render(request, "people/role.html", context, status=422 if error else 200)


PLACES: dict[str, tuple[type[Site] | type[Department], Any]] = {
    "sites": (Site, SiteForm),
    "departments": (Department, DepartmentForm),
}


def _words(kind: str) -> dict[str, str]:
    if kind == "sites":
        return {"title": _("Sites"), "new": _("New site")}
    return {"title": _("Departments"), "new": _("New department")}


def places(request: HttpRequest, organization: str, kind: str) -> HttpResponse:
    require("organization.change")
    rows = PLACES[kind][0].objects.order_by("closed", "name")
    rows = rows.select_related("site", "parent") if kind == "departments" else rows
    words = _words(kind)
    context = {
        "eyebrow": eyebrow(),
        "title": words["title"],
        "new_label": words["new"],
        "new_url": f"{list_url()}{kind}/new/",
        "places": [_place(row, kind) for row in rows],
    }
    return render(request, "people/places.html", context)


def _place(row: Any, kind: str) -> dict[str, Any]:
    more = [row.time_zone] if kind == "sites" else [str(part) for part in (row.parent, row.site) if part]
    return {
        "name": str(row),
        "note": pgettext("list", ", ").join(more),
        "closed": row.closed,
        "url": f"{list_url()}{kind}/{row.pk}/",
    }


def place(request: HttpRequest, organization: str, kind: str, place: UUID | None = None) -> HttpResponse:
    """A new site or department, or one that is changed."""
    require("organization.change")
    model, form_class = PLACES[kind]
    row = model.objects.filter(pk=place).first() if place else model()
    if row is None:
        raise Http404
    initial = {} if place else {"time_zone": current().organization.time_zone}
    form = form_class(request.POST or None, instance=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_place(row, form.cleaned_data)
            return HttpResponseRedirect(f"{list_url()}{kind}/")
        except Refused as refused:
            bad(form, refused)
    words = _words(kind)
    title = str(row) if place else words["new"]
    above = [*eyebrow(), (words["title"], f"{list_url()}{kind}/")]
    return page_of(request, form, title, f"{list_url()}{kind}/", eyebrow=above)


def settings(request: HttpRequest, organization: str) -> HttpResponse:
    require("organization.change")
    acting = current()
    initial = {"idle_minutes": parameter(IDLE_PARAMETER, None)}
    form = SettingsForm(request.POST or None, instance=acting.organization, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = dict(form.cleaned_data)
        services.change_organization(changed, changed.pop("idle_minutes"))
        messages.success(request, _("The settings are saved."))
        return HttpResponseRedirect(request.path)
    return page_of(request, form, _("Settings"), list_url(), eyebrow=eyebrow())
