"""Pages of paper copies: all that are out, those of a document, giving out, and saying what became of them."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_safe

from guiju.modules.copies import listing, parts, services, shown, standing
from guiju.modules.copies.forms import EndForm, FoundForm, IssueForm
from guiju.modules.copies.models import How, PaperCopy
from guiju.modules.copies.recalling import recall
from guiju.modules.documents.models import Document
from guiju.modules.documents.standing.readers import revision_in_force
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, Refused, current
from guiju.spine.registers import addresses, exporting, values
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.editing import bad
from guiju.spine.registers.export_pages import as_file
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.listing import of_many
from guiju.spine.registers.markup import filter_menu
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow
from guiju.spine.registers.writing import OnceOnly, was_done


@present
@require_safe
def overview(request: HttpRequest, organization: str) -> HttpResponse:
    """All copies of the organization that whoever acts may see, those to be called back first."""
    register = found_register("documents")
    ask = listing.chosen(request.GET)
    rows, key = listing.page(ask)
    departments, may = listing.departments_of(rows), current().actor.may(recall.RIGHT)
    drawn = [shown.row(one, may, may) | {"department": departments.get(one.person_id, "")} for one in rows]
    context = {
        "eyebrow": [(register.label, addresses.of_register(register))],
        "views": [(label, _address(ask, view=name), None, name == ask.view) for name, label in listing.VIEWS.items()],
        "holders_html": _menu(_("Holder"), ask, "holder", listing.holders()),
        "departments_html": _menu(_("Department"), ask, "department", listing.departments()),
        "q": ask.q,
        "kept": [(name, text) for name, text in ask.words().items() if name != "q"],
        "table": shown.table(drawn),
        "view": ask.view,
        "count_text": _count(ask, len(rows), key),
        "next_url": _address(ask, after=key) if key else "",
        "first_url": _address(ask) if ask.after else "",
        "clear_url": _address(listing.Chosen(view=ask.view)) if ask.holder or ask.department or ask.q else "",
        "export_urls": [(name, f"{parts.base()}export.{name}?{urlencode(ask.words())}") for name in exporting.FORMATS],
    }
    return render(request, "copies/overview.html", context)


def _address(ask: listing.Chosen, **changed: str) -> str:
    return f"{parts.base()}?{urlencode(ask.words(**changed))}"


def _menu(label: str, ask: listing.Chosen, name: str, offered: list[tuple[str, str]]) -> Any:
    now = getattr(ask, name)
    options = [(_("All"), _address(ask, **{name: ""}), not now)]
    options += [(words, _address(ask, **{name: value}), value == now) for value, words in offered]
    return filter_menu(label, dict(offered).get(now, ""), options)


def _count(ask: listing.Chosen, count: int, key: str) -> str:
    if not ask.after and not key:
        return ngettext("%(n)s copy", "%(n)s copies", count) % {"n": count}
    return of_many(count, listing.counted(ask))


@present
@require_safe
def export(request: HttpRequest, organization: str, format: str) -> HttpResponse:
    """What the page shows, as a file."""
    found_register("documents")
    rows = list(listing.fitting(listing.chosen(request.GET))[: exporting.AT_ONCE + 1])
    if len(rows) > exporting.AT_ONCE:
        raise Refused(
            gettext_noop("A list of copies has at most %(most)s rows in a file; narrow it."), {"most": exporting.AT_ONCE}
        )
    return as_file("copies", format, _heads(), _cells(rows))  # type: ignore[return-value]


def _heads() -> list[str]:
    of_document = [_("Number"), _("Title"), _("Copy"), _("Revision"), _("Holder"), _("Department"), _("Needed for")]
    return [*of_document, _("Given out on"), _("Given out by"), _("State"), _("Why"), _("Printed")]


def _cells(rows: list[PaperCopy]) -> Iterator[list[str]]:
    departments = listing.departments_of(rows)
    for copy in rows:
        one = shown.row(copy, False, False)
        place = [one["number"], one["title"], str(copy.number), one["revision"], one["holder"]]
        given = [departments.get(copy.person_id, ""), one["reason"], one["issued"], one["issued_by"]]
        yield [*place, *given, shown.state(copy), one["why"], one["printed"]]


def _found(number: str) -> tuple[Register, Document]:
    register = found_register("documents")
    return register, found_record(register, number)


@present
@require_safe
def of_document(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """All copies of a document, also those that are gone."""
    register, document = _found(number)
    rows = standing.judged(PaperCopy.objects.all(), document).select_related("issued_by", "ended_by", "printed_by")
    found = sorted(rows, key=lambda one: (not one.recall, one.ended_at is not None, one.number))
    may_issue, may_end = current().actor.may(recall.RIGHT, document), recall.may_end(document)
    base = f"{addresses.of_record(document)}copies/"
    recalled = [one for one in found if one.recall]
    context = {
        "eyebrow": eyebrow(register, document, linked=True),
        "document_title": values.title_of(document),
        "table": shown.table([shown.row(one, may_issue, may_end) for one in found]),
        "issue_url": f"{base}issue/" if may_issue and revision_in_force(document) else "",
        "end_url": f"{base}end/?recall=1" if may_end and recalled else "",
        "recalled": parts.recalled_words(len(recalled)) if recalled else "",
        "all_url": parts.base(),
    }
    return render(request, "copies/document.html", context)


@present
@get_or_post
def issue(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Giving out one copy or several."""
    register, document = _found(number)
    require(recall.RIGHT, document)
    base, once = f"{addresses.of_record(document)}copies/", _once(request)
    if once is not None and was_done(once):
        return HttpResponseRedirect(base)
    present_one = revision_in_force(document)
    if present_one is None:
        raise Conflict(gettext_noop("Only a revision that is in force is given out on paper."))
    form = IssueForm(document, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.issue(document, form.cleaned_data, revision=request.POST.get("version", ""), once=once)
            messages.success(request, _issued(made))
            return HttpResponseRedirect(base)
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    lead = _("Revision %(label)s is in force. Each copy gets a number of its own, which is never given again.")
    above, words = [*eyebrow(register, document, linked=True), (_("Paper copies"), base)], {"label": present_one.label}
    further = _kept(request, present_one.label) | {"save_label": _("Give out")}
    return page_of(request, form, _("Give out on paper"), base, eyebrow=above, lead=lead % words, **further)


def _issued(made: list[PaperCopy]) -> str:
    words = ngettext(
        "Copy %(copies)s is given out; print it here.", "Copies %(copies)s are given out; print them here.", len(made)
    )
    return words % {"copies": recall.listed(made)}


@present
@get_or_post
def end(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Saying what became of copies: they came back, were destroyed, are lost; with new ones in their place."""
    register, document = _found(number)
    if not recall.may_end(document):
        require(recall.RIGHT, document)
    base, once = f"{addresses.of_record(document)}copies/", _once(request)
    rows = list(standing.judged(standing.out(), document).order_by("number"))
    if (once is not None and was_done(once)) or not rows:
        return HttpResponseRedirect(base)
    may_issue = current().actor.may(recall.RIGHT, document)
    present_one = revision_in_force(document) if may_issue else None
    label = present_one.label if present_one is not None else ""
    form = EndForm(rows, label, request.POST or None, initial={"copies": _ticked(request, rows)})
    if request.method == "POST" and form.is_valid():
        try:
            ended = services.end(document, form.cleaned_data, revision=request.POST.get("version", ""), once=once)
            messages.success(request, _ended(ended))
            return HttpResponseRedirect(base)
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    above = [*eyebrow(register, document, linked=True), (_("Paper copies"), base)]
    lead = _("What became of each copy is kept with your name and the day.")
    return page_of(request, form, _("Take back paper copies"), base, eyebrow=above, lead=lead, **_kept(request, label))


@present
@get_or_post
def found(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Saying that lost copies are found again."""
    register, document = _found(number)
    if not recall.may_end(document):
        require(recall.RIGHT, document)
    base = f"{addresses.of_record(document)}copies/"
    lost = PaperCopy.objects.filter(document=document.pk, how=How.LOST)
    rows = list(lost.select_related("document", "revision", "person").order_by("number"))
    form = FoundForm(rows, request.POST or None, initial={"copies": _ticked(request, rows)})
    if request.method == "POST" and form.is_valid():
        try:
            back = services.find(document, form.cleaned_data)
            messages.success(request, _("Found again: copy %(copies)s.") % {"copies": recall.listed(back)})
            return HttpResponseRedirect(base)
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    above = [*eyebrow(register, document, linked=True), (_("Paper copies"), base)]
    lead = _("A copy that is found is out again, with its holder. Where it holds no longer, it is called back.")
    return page_of(request, form, _("Found again"), base, eyebrow=above, lead=lead)


def _ticked(request: HttpRequest, rows: list[PaperCopy]) -> list[int]:
    """What is chosen when the form opens: what the address names, or all that is to be called back."""
    if request.GET.get("recall"):
        return [one.number for one in rows if one.recall]
    asked = request.GET.getlist("copy")
    return [one.number for one in rows if str(one.number) in asked]


def _ended(ended: list[PaperCopy]) -> str:
    words = ngettext("What became of copy %(copies)s is kept.", "What became of copies %(copies)s is kept.", len(ended))
    return words % {"copies": recall.listed(ended)}


def _once(request: HttpRequest) -> OnceOnly | None:
    """The key that a page's form carries, so that a second click does nothing again."""
    return OnceOnly.of(request.POST["token"]) if request.POST.get("token") else None


def _kept(request: HttpRequest, label: str) -> dict[str, Any]:
    """What a form carries on: its key, and the revision that was in force when it was opened."""
    return {"token": request.POST.get("token") or str(uuid4()), "version": request.POST.get("version", label)}
