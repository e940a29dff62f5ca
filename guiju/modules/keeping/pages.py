"""Pages of keeping: the overview, putting on hold and releasing, and beginning a list for disposal."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from guiju.modules.documents.workflow import document_workflow
from guiju.modules.keeping import guards, holds, lines, listing
from guiju.modules.keeping.forms import DisposalForm, HoldForm
from guiju.modules.keeping.models import Hold
from guiju.modules.kinds.models import Kind
from guiju.organizations.members import require
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, values, writing
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import ReasonForm, bound_fields
from guiju.spine.registers.listing import of_many
from guiju.spine.registers.markup import filter_menu, link, state_badge
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow


def base() -> str:
    return f"{addresses.home()}keeping/"


def _eyebrow(*more: tuple[Any, str]) -> list[tuple[Any, str]]:
    register = by_key("documents")
    assert register is not None
    return [(register.label, addresses.of_register(register)), *more]


@present
@require_safe
def overview(request: HttpRequest, organization: str) -> HttpResponse:
    """What may be disposed of, what is kept, on hold, gone."""
    found_register("documents")
    ask = listing.chosen(request.GET)
    rows, key = listing.page(ask)
    may = current().actor.may
    context = {
        "eyebrow": _eyebrow(),
        "views": [(label, _address(ask, view=name), None, name == ask.view) for name, label in listing.VIEWS.items()],
        "kinds_html": _kinds(ask),
        "q": ask.q,
        "kept": [(name, text) for name, text in ask.words().items() if name != "q"],
        "chosen": list(ask.words().items()),
        "rows": [_row(row) for row in rows],
        "count_text": _count(ask, len(rows), key),
        "next_url": _address(ask, after=key) if key else "",
        "first_url": _address(ask) if ask.after else "",
        "clear_url": _address(listing.Chosen(view=ask.view)) if ask.kind or ask.q else "",
        "hold_url": f"{base()}hold/" if may(holds.RIGHT) and ask.view != "gone" else "",
        "propose_url": f"{base()}propose/" if _may_propose() and ask.view == "due" else "",
        "lists_url": f"{addresses.home()}disposals/" if may("disposals.view") else "",
        "rules_url": f"{addresses.home()}kinds/" if may("documents.rules") else "",
        "view": ask.view,
    }
    return render(request, "keeping/overview.html", context)


def _may_propose() -> bool:
    may = current().actor.may
    return may("disposals.create") and may(guards.RIGHT)


def _address(ask: listing.Chosen, **changed: str) -> str:
    return f"{base()}?{urlencode(ask.words(**changed))}"


def _kinds(ask: listing.Chosen) -> Any:
    options = [(_("All"), _address(ask, kind=""), not ask.kind)]
    options += [(str(kind.label), _address(ask, kind=kind.value), kind.value == ask.kind) for kind in Kind]
    return filter_menu(_("Kind"), str(Kind(ask.kind).label) if ask.kind else "", options)


def _count(ask: listing.Chosen, shown: int, key: str) -> str:
    if not ask.after and not key:
        return ngettext("%(n)s entry", "%(n)s entries", shown) % {"n": shown}
    return of_many(shown, listing.counted(ask))


def _row(row: listing.Row) -> dict[str, Any]:
    document, state = row.document, document_workflow.state_of(row.document)
    if row.out_of_force_on is None or document.state == "disposed":
        until = ""
    else:
        until = values.day(row.kept_until) if row.kept_until else _("for good")
    return {
        "number": document.number,
        "title": values.title_of(document),
        "url": addresses.of_record(document),
        "kind": document.get_kind_display(),
        "state": state_badge(state.tone, str(state.label)),
        "since": values.day(row.out_of_force_on) if row.out_of_force_on else "",
        "until": until,
        "held": state_badge("late", _("on hold")) if row.holds else "",
        "why": "; ".join(hold.reason for hold in row.holds),
        "on_list": link(addresses.of_record(row.on_list), row.on_list.number or "") if row.on_list else "",
    }


def _numbers(request: HttpRequest, most: int) -> str:
    """The documents that were ticked, or all that fit what the list showed."""
    if request.GET.get("all"):
        return "\n".join(listing.numbers(listing.chosen(request.GET), most))
    return "\n".join(request.GET.getlist("number")[:most])


@present
@get_or_post
def hold(request: HttpRequest, organization: str) -> HttpResponse:
    """Putting several documents on hold."""
    found_register("documents")
    require(holds.RIGHT)
    form = HoldForm(request.POST) if request.method == "POST" else HoldForm(initial={"numbers": _numbers(request, holds.MOST)})
    if request.method == "POST" and form.is_valid():
        try:
            made = holds.put(form.cleaned_data["numbers"], form.cleaned_data["reason"])
            messages.success(request, _on_hold(len(made)))
            return HttpResponseRedirect(f"{base()}?view=held")
        except Refused as refused:
            bad(form, refused)
    lead = _("Whatever is on hold is neither disposed of nor erased, until it is released.")
    return page_of(request, form, _("Put on hold"), base(), eyebrow=_eyebrow((_("Keeping"), base())), lead=lead)


def _on_hold(n: int) -> str:
    return ngettext("%(n)s document is on hold.", "%(n)s documents are on hold.", n) % {"n": n}


@present
@get_or_post
def hold_one(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Putting one document on hold."""
    register = found_register("documents")
    document = found_record(register, number)
    require(holds.RIGHT)
    form = _reason(request)
    if request.method == "POST" and form.is_valid():
        try:
            holds.put([document], form.cleaned_data["reason"])
            messages.success(request, _on_hold(1))
            return HttpResponseRedirect(addresses.of_record(document))
        except Refused as refused:
            bad(form, refused)
    lead = _("Whatever is on hold is neither disposed of nor erased, until it is released.")
    above = eyebrow(register, document, linked=True)
    return page_of(request, form, _("Put on hold"), addresses.of_record(document), eyebrow=above, lead=lead)


@present
@get_or_post
def release(request: HttpRequest, organization: str, number: str, hold: UUID) -> HttpResponse:
    """Releasing a document from one hold."""
    register = found_register("documents")
    document = found_record(register, number)
    require(holds.RIGHT)
    row = Hold.objects.filter(pk=hold, document=document.pk).select_related("put_by").first()
    if row is None:
        raise Http404
    form = _reason(request)
    if request.method == "POST" and form.is_valid():
        try:
            holds.release(document, hold, form.cleaned_data["reason"])
            messages.success(request, _("It is released from this hold."))
            return HttpResponseRedirect(addresses.of_record(document))
        except Refused as refused:
            bad(form, refused)
    lead = _("On hold since %(when)s, by %(who)s: %(reason)s") % {
        "when": values.when(row.put_at),
        "who": row.put_by,
        "reason": row.reason,
    }
    above = eyebrow(register, document, linked=True)
    return page_of(request, form, _("Release from hold"), addresses.of_record(document), eyebrow=above, lead=lead)


def _reason(request: HttpRequest) -> ReasonForm:
    form = ReasonForm(request.POST) if request.method == "POST" else ReasonForm()
    bound_fields(form)
    return form


@present
@get_or_post
def propose(request: HttpRequest, organization: str) -> HttpResponse:
    """Beginning a list for disposal with what was chosen; it is signed on its own page."""
    register = found_register("disposals", "create")
    if request.method == "POST":
        form = DisposalForm(request.POST)
        if form.is_valid():
            try:
                made = writing.create(register, form.cleaned_data)
                messages.success(request, _("%(number)s is kept.") % {"number": made.number})
                return HttpResponseRedirect(addresses.of_record(made))
            except Refused as refused:
                if refused.status == 403:
                    raise
                bad(form, refused)
    else:
        form = DisposalForm(initial={"numbers": _numbers(request, lines.MOST)})
    lead = _("Two people sign it, one after the other, before anything is erased.")
    return page_of(request, form, register.label_new, base(), eyebrow=_eyebrow((_("Keeping"), base())), lead=lead)
