"""Pages on which an organization says what holds for its kinds of documents."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from guiju.modules.kinds import services, story
from guiju.modules.kinds.custom import CustomField
from guiju.modules.kinds.forms import FieldForm, PrefixForm, RuleForm
from guiju.modules.kinds.lowering import never_looked_at
from guiju.modules.kinds.models import DepartmentPrefix, Kind, KindRule
from guiju.organizations.members import require
from guiju.organizations.models import Department
from guiju.spine.acts import Refused
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.editing import bad, shown_version
from guiju.spine.registers.form_page import get_or_post, page_of
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
            "warns": never_looked_at(rule),
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
            values = dict(form.cleaned_data)
            version = shown_version(request) if "version" in request.POST else None
            services.set_rule(known, values, reason=values.pop("reason"), version=version)
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
        "warns": never_looked_at(services.rule(known)),
        "prefix_form": prefix_form,
        "field_form": field_form,
        "action": here,
        "prefixes": [(one, str(one.department), f"{here}prefix/{one.pk}/end/") for one in services.prefixes(known)],
        "fields": [(one, f"{here}field/{one.key}/") for one in services.fields(known)],
        "history": story.of_rule(services.rule(known)),
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
            return HttpResponseRedirect(f"{base()}{kind}/#fields")
        except Refused as refused:
            bad(form, refused)
    return _page(request, known, RuleForm(instance=services.rule(known)), PrefixForm(), form)


@present
@get_or_post
def change_field(request: HttpRequest, organization: str, kind: str, field: str) -> HttpResponse:
    """A further field as it stands, to be changed."""
    require(services.RIGHT)
    known, here = _known(kind), f"{base()}{kind}/"
    found = _field(known, field)
    form = FieldForm(request.POST) if request.method == "POST" else FieldForm.of(found)
    if services.is_entered(known, field):
        form.fields["type"].choices = [(found.type, found.type_label)]  # type: ignore[attr-defined]
        form.fields["type"].help_text = _("Values are kept in this field already, so that its type stays as it is.")
    if request.method == "POST" and form.is_valid():
        try:
            services.change_field(known, field, form.cleaned_data, version=shown_version(request))
            messages.success(request, _("Your change is kept."))
            return HttpResponseRedirect(f"{here}#fields")
        except Refused as refused:
            bad(form, refused)
    version = request.POST.get("version") or services.rule(known).version
    above = _eyebrow((_("Kinds of documents"), base()), (str(known.label), here))
    return page_of(request, form, str(found), f"{here}#fields", eyebrow=above, version=version)


@require_POST
def move_field(request: HttpRequest, organization: str, kind: str, field: str) -> HttpResponse:
    """A further field, one place up or down."""
    known = _known(kind)
    require(services.RIGHT)
    place = [one.key for one in services.fields(known)].index(_field(known, field).key) + 1
    services.move_field(known, field, place + (1 if request.POST.get("to") == "down" else -1))
    return HttpResponseRedirect(f"{base()}{kind}/#fields")


def _field(kind: Kind, key: str) -> CustomField:
    found = next((one for one in services.fields(kind) if one.key == key), None)
    if found is None:
        raise Http404
    return found


@require_POST
def end_field(request: HttpRequest, organization: str, kind: str, field: str) -> HttpResponse:
    services.end_field(_known(kind), field)
    return HttpResponseRedirect(f"{base()}{kind}/#fields")
