"""Pages of reading: what changed and the confirmation; who gets a document; what readers are told; who has read it."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_POST, require_safe

from guiju.modules.documents.comparison import comparing
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.page import drawn as drawn_revision
from guiju.modules.documents.page import revision_words
from guiju.modules.documents.revisions import named
from guiju.modules.readings import assigning, audience, briefings, confirming, progress, reminding
from guiju.modules.readings.forms import BriefingForm, ConfirmForm, DistributionForm
from guiju.modules.readings.models import Distribution, Reading
from guiju.organizations import directory
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, Refused, current
from guiju.spine.acts.hooks import asked_parts
from guiju.spine.registers import addresses, exporting, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.export_pages import as_file
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.markup import filter_menu, state_badge
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow


def _found(number: str) -> tuple[Any, Document]:
    register = found_register("documents")
    return register, found_record(register, number)


@present
@get_or_post
def read(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """What the acting person is asked to read, and the confirmation."""
    register, document = _found(number)
    base = addresses.of_record(document)
    reading = confirming.mine(document)
    if reading is None or reading.confirmed_at is not None:
        if request.method == "POST":
            confirming.confirm(document)  # says why not
        return HttpResponseRedirect(base)
    said = assigning.briefing(reading.revision)
    form = ConfirmForm(said, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirming.confirm(document, form.cleaned_data.get("answer"))
            messages.success(request, _("Thank you. That you have read it is kept with your name and the time."))
            return HttpResponseRedirect(base)
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    context = _to_read(document, reading) | {
        "eyebrow": eyebrow(register, document, linked=True),
        "document": document,
        "form": form,
        "briefing": said,
        "due": values.day(reading.due_on) if reading.due_on else "",
        "elsewhere": list(filter(None, (part() for part in asked_parts))),
    }
    return render(request, "readings/read.html", context, status=422 if form.is_bound and form.errors else 200)


def _to_read(document: Document, reading: Reading) -> dict[str, Any]:
    """What the page shows: the changes since the person read it, or all of it."""
    revision, found = reading.revision, confirming.passages(reading)
    if found is None:
        today = current().today()
        in_force = document.in_force(today)
        badge = state_badge("done" if revision.label == in_force else "due", revision_words(revision, in_force, today))
        return {
            "title": _("To be read: %(title)s") % {"title": revision.title},
            "lead": _("You have not read this document yet, so here is all of it."),
            "sheet": drawn_revision(document, revision, badge),
            "changes": [],
        }
    assert reading.since is not None
    steps = comparing.between(reading.since, revision)
    words = {"new": revision.label, "old": reading.since.label}
    lead = _("Revision %(new)s against revision %(old)s, the last that you have read.") % words
    return {
        "title": _("What changed: %(title)s") % {"title": revision.title},
        "lead": f"{lead} {comparing.summary(steps)}",
        "changes": comparing.drawn(found),
        "before_label": _("Until now"),
        "after_label": comparing.until_words(revision),
        "whole_url": comparing_address(document, revision),
    }


def comparing_address(document: Document, revision: Any) -> str:
    return f"{addresses.of_record(document)}revision/{revision.position}/"


@present
@get_or_post
def distribution(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """To whom a document goes."""
    register, document = _found(number)
    require(audience.RIGHT, document)
    rows = audience.distribution(document)
    initial = {
        "everyone": any(not (row.role_id or row.department_id or row.person_id) for row in rows),
        "roles": [row.role_id for row in rows if row.role_id],
        "departments": [row.department_id for row in rows if row.department_id],
        "people": [row.person_id for row in rows if row.person_id],
    }
    present_state = state_of(rows)
    form = DistributionForm(request.POST or None, initial=initial)
    if request.method == "POST" and request.POST.get("version", present_state) != present_state:
        form.add_error(None, _("Someone else has changed this since you opened it. Open it again and choose anew."))
    if request.method == "POST" and form.is_valid():
        asked = set_distribution(document, form.cleaned_data)
        messages.success(request, _("Saved. Newly asked to read it: %(n)s.") % {"n": asked})
        return HttpResponseRedirect(addresses.of_record(document))
    lead = _("Whoever gets it reads what changed and confirms; who joins later reads all of it.")
    version = request.POST.get("version", "") if request.method == "POST" else present_state
    above, back = eyebrow(register, document, linked=True), addresses.of_record(document)
    return page_of(request, form, _("Who gets this document"), back, eyebrow=above, lead=lead, version=version)


def state_of(rows: Sequence[Distribution]) -> str:
    """What a page was made from, so that a form from an older one does not undo what was chosen since."""
    return sha256(",".join(sorted(f"{row.pk}:{row.version}" for row in rows)).encode()).hexdigest()[:16]


def set_distribution(document: Document, values_: dict[str, Any]) -> int:
    """Set to whom it goes, and ask them at once; answers how many are newly asked."""
    audience.distribute(document, **values_)
    return assigning.assign(document)


@present
@get_or_post
def briefing(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """What readers are told of the revision that is being worked on."""
    register, document = _found(number)
    if document.state not in ("draft", "in_review"):
        raise Conflict(gettext_noop("What readers are told is said before the approval."))
    kept = assigning.briefing(document.newest())
    form = BriefingForm(request.POST) if request.method == "POST" else BriefingForm.of(kept)
    if request.method == "POST" and form.is_valid():
        try:
            briefings.brief(document, form.cleaned_data)
            messages.success(request, _("Saved. Readers see it when the revision is approved."))
            return HttpResponseRedirect(addresses.of_record(document))
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    above, back = eyebrow(register, document, linked=True), addresses.of_record(document)
    return page_of(request, form, _("For the readers"), back, eyebrow=above, lead=document.title)


@present
@require_safe
def readers(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Who has read the present revision or another, who has not, and what each was shown."""
    register, document = _found(number)
    base = f"{addresses.of_record(document)}readers/"
    revision, rows, is_present = progress.chosen(document, request.GET.get("revision", ""))
    found = progress.of(revision, rows) if revision else None
    today, may = current().today(), current().actor.may(audience.RIGHT, document)
    missing = bool(may and found and is_present and reminding.to_be_reminded(document))
    reminded = reminding.reminded_at(document) if missing else None
    context = {
        "eyebrow": eyebrow(register, document, linked=True),
        "document": document,
        "progress": found,
        "label": named(revision) if revision else "",
        "choices_html": _choices(document, revision, base),
        "rows": [_row(row, today) for row in rows],
        "export_urls": _exports(base, revision, is_present) if revision and rows else [],
        "matrix_url": f"{addresses.home()}readings/matrix/" if current().actor.may(audience.RIGHT) else "",
        "remind_url": f"{base}remind/" if missing and reminded is None else "",
        "reminded": values.when(reminded) if reminded else "",
    }
    return render(request, "readings/readers.html", context)


def _choices(document: Document, chosen: Revision | None, base: str) -> Any:
    offered = progress.revisions(document)
    if not [one for one in offered if one != chosen]:
        return ""
    options = [(named(one), f"{base}?revision={one.position}", one == chosen) for one in offered]
    return filter_menu(_("Revision"), named(chosen) if chosen else "", options)


def _exports(base: str, revision: Revision, is_present: bool) -> list[tuple[str, str]]:
    asked = "" if is_present else f"?revision={revision.position}"
    return [(name, f"{base}export.{name}{asked}") for name in exporting.FORMATS]


@require_POST
def remind(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Tell those who have still to read it once more."""
    _register, document = _found(number)
    told = len(reminding.remind(document))
    words = ngettext("%(n)s person is reminded to read it.", "%(n)s people are reminded to read it.", told)
    messages.success(request, words % {"n": told})
    return HttpResponseRedirect(f"{addresses.of_record(document)}readers/")


@present
@require_safe
def export(request: HttpRequest, organization: str, number: str, format: str) -> HttpResponse:
    """Who has read the present revision or another and who has not, as a file: days and instants as they can be sorted."""
    _register, document = _found(number)
    _revision, rows, _present = progress.chosen(document, request.GET.get("revision", ""))
    today = current().today()
    departments = directory.departments_of(row.person_id for row in rows)
    heads = [_("Person"), _("User name"), _("Department"), _("Revision"), _("State"), _("Asked at"), _("Until")]
    heads += [_("Confirmed at"), _("What"), _("How"), _("Tries")]
    return as_file(
        f"readers-{(document.number or '').replace('/', '-')}", format, heads, (_cells(row, today, departments) for row in rows)
    )  # type: ignore[return-value]


def _cells(row: Reading, today: date, departments: dict[UUID, str]) -> list[str]:
    shown, person = _row(row, today), row.person
    who = [shown["name"], person.username, departments.get(person.pk, ""), named(row.revision)]
    when = [values.sortable(row.asked_at), row.due_on.isoformat() if row.due_on else ""]
    confirmed = values.sortable(row.confirmed_at) if row.confirmed_at else ""
    return [*who, shown["words"], *when, confirmed, shown["what"], str(shown["how"]), str(row.tries or "")]


def _row(row: Reading, today: date) -> dict[str, Any]:
    if row.confirmed_at is not None:
        tone, words = "done", _("confirmed")
    elif row.ended_at is not None:
        tone, words = "none", _("no longer asked")
    else:
        tone, words = ("late", _("overdue")) if progress.is_late(row, today) else ("due", _("to be read"))
    return {
        "name": str(row.person),
        "tone": tone,
        "words": words,
        "when": values.when(row.confirmed_at) if row.confirmed_at else "",
        "due": values.day(row.due_on) if row.due_on and not row.confirmed_at else "",
        "how": row.get_how_display(),
        "what": _("all of it") if row.since is None else _("changes since revision %(label)s") % {"label": row.since.label},
        "tries": row.tries,
    }
