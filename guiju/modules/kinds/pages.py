"""Pages on which an organization says what holds for its kinds of documents."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from guiju.modules.kinds import services
from guiju.modules.kinds.forms import FieldForm, PrefixForm, RuleForm
from guiju.modules.kinds.models import DepartmentPrefix, Kind, KindRule
from guiju.organizations.members import require
from guiju.organizations.models import Department
from guiju.spine.acts import Refused
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.editing import bad, shown_version
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.present import present


def base() -> str:
    return f"{addresses.home()}kinds/"


def _eyebrow(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    register = by_key("documents")
    assert register is not None
    return [(register.label, addresses.of_register(register)), *more]


def _known(kind: str) -> Kind:
    try:
        return Kind(kind)
    except ValueError:
        raise Http404 from None


@present
@require_safe
def kinds(request: HttpRequest, organization: str) -> HttpResponse:
    """All kinds, and in a line what holds for each."""
    require(services.RIGHT)
    rows = [
        {
            "name": str(rule),
            "url": f"{base()}{rule.kind}/",
            "number": f"{rule.prefix}-{'2026-' if rule.yearly else ''}{1:0{rule.width}d}",
            "says": _says(rule),
        }
        for rule in services.rules()
    ]
    return render(request, "kinds/list.html", {"eyebrow": _eyebrow(), "rows": rows})


def _says(rule: KindRule) -> str:
    """What holds for a kind, in a line."""
    parts = [
        ngettext("%(n)s reviewer", "%(n)s reviewers", rule.reviewers) % {"n": rule.reviewers}
        if rule.reviewers
        else _("no review"),
        ngettext("%(n)s approval", "%(n)s approvals", rule.approvers) % {"n": rule.approvers},
    ]
    if rule.lead_days:
        parts.append(ngettext("%(n)s day for reading", "%(n)s days for reading", rule.lead_days) % {"n": rule.lead_days})
    if rule.review_months:
        words = ngettext("reviewed every %(n)s month", "reviewed every %(n)s months", rule.review_months)
        parts.append(words % {"n": rule.review_months})
    if rule.retain_years:
        parts.append(ngettext("kept %(n)s year", "kept %(n)s years", rule.retain_years) % {"n": rule.retain_years})
    if fields := sum(not kept["ended"] for kept in rule.fields):
        parts.append(ngettext("%(n)s further field", "%(n)s further fields", fields) % {"n": fields})
    return pgettext("list", ", ").join(parts)


@present
@get_or_post
def kind(request: HttpRequest, organization: str, kind: str) -> HttpResponse:
    """What holds for one kind, its prefixes by department and its further fields."""
    require(services.RIGHT)
    known = _known(kind)
    rule = services.rule(known)
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_rule(known, form.cleaned_data, version=shown_version(request) if "version" in request.POST else None)
            messages.success(request, _("Saved. %(how)s") % {"how": services.AT_ONCE})
            return HttpResponseRedirect(base())
        except Refused as refused:
            bad(form, refused)
    return _page(request, known, form, PrefixForm(), FieldForm())


def _page(request: HttpRequest, known: Kind, form: Any, prefix_form: Any, field_form: Any) -> HttpResponse:
    bound = any(one.is_bound for one in (form, prefix_form, field_form))
    here = f"{base()}{known.value}/"
    context = {
        "title": str(known.label),
        "eyebrow": _eyebrow((_("Kinds of documents"), base())),
        "form": form,
        "version": request.POST.get("version") or services.rule(known).version,
        "prefix_form": prefix_form,
        "field_form": field_form,
        "action": here,
        "prefixes": [(one, str(one.department), f"{here}prefix/{one.pk}/end/") for one in services.prefixes(known)],
        "fields": [(one, one.type_label, f"{here}field/{one.key}/end/") for one in services.fields(known)],
        "departments": Department.objects.filter(closed=False).exists(),
    }
    return render(request, "kinds/kind.html", context, status=422 if bound else 200)


@require_POST
def add_prefix(request: HttpRequest, organization: str, kind: str) -> HttpResponse:
    require(services.RIGHT)
    known = _known(kind)
    form = PrefixForm(request.POST)
    if form.is_valid():
        try:
            services.set_prefix(known, form.cleaned_data["department"], form.cleaned_data["prefix"].strip())
            return HttpResponseRedirect(f"{base()}{kind}/")
        except Refused as refused:
            bad(form, refused)
    return _page(request, known, RuleForm(instance=services.rule(known)), form, FieldForm())


@require_POST
def end_prefix(request: HttpRequest, organization: str, kind: str, prefix: UUID) -> HttpResponse:
    require(services.RIGHT)
    found = DepartmentPrefix.objects.filter(pk=prefix, kind=_known(kind)).select_related("department").first()
    if found is None:
        raise Http404
    services.set_prefix(found.kind, found.department, "")
    return HttpResponseRedirect(f"{base()}{kind}/")


@require_POST
def add_field(request: HttpRequest, organization: str, kind: str) -> HttpResponse:
    require(services.RIGHT)
    known = _known(kind)
    form = FieldForm(request.POST)
    if form.is_valid():
        try:
            services.add_field(known, form.cleaned_data)
            return HttpResponseRedirect(f"{base()}{kind}/")
        except Refused as refused:
            bad(form, refused)
    return _page(request, known, RuleForm(instance=services.rule(known)), PrefixForm(), form)


@require_POST
def end_field(request: HttpRequest, organization: str, kind: str, field: str) -> HttpResponse:
    services.end_field(_known(kind), field)
    return HttpResponseRedirect(f"{base()}{kind}/")
