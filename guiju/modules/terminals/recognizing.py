"""Number and PIN at a terminal: what this person has to read, and the confirmation. Each thing sent is answered by another
page, so that nothing which a browser sends again confirms in anybody's name."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_safe

from guiju.lib import markdown
from guiju.modules.documents.comparison import comparing
from guiju.modules.documents.models import Document, Revision
from guiju.modules.readings import assigning, confirming
from guiju.modules.readings.confirming import Translated
from guiju.modules.readings.forms import ConfirmForm
from guiju.modules.readings.models import How, Reading
from guiju.modules.terminals import badges, services, visits
from guiju.modules.terminals.forms import WhoForm
from guiju.modules.terminals.models import Terminal
from guiju.modules.terminals.station import (
    address,
    around,
    at_terminal,
    document_of,
    in_my_language,
    sheet_of,
    translated_sheet,
)
from guiju.modules.translations import services as translations
from guiju.organizations.members import Member
from guiju.organizations.models import Person
from guiju.organizations.throttle import network_of
from guiju.spine.acts import Refused, act
from guiju.spine.registers import values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.markup import state_badge

SALT = "guiju.terminals.recognized"


@at_terminal
@get_or_post
def recognize(request: HttpRequest, terminal: Terminal, number: str) -> HttpResponse:
    """Of one document: number and PIN; then, opened again, what this person has to read and the confirmation."""
    found = document_of(terminal, number)
    person = visits.who(request, terminal) if request.method != "POST" else None
    if person is not None:
        return _to_confirm(request, terminal, found, person)
    return _asked(request, terminal, {"document": found, "back_url": address(found), "back": found.title})


@at_terminal
@get_or_post
def mine(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """Number and PIN; then, opened again, all that this person has to read and that is shown here."""
    person = visits.who(request, terminal) if request.method != "POST" else None
    if person is None:
        return _asked(request, terminal, {"back_url": reverse("terminal"), "back": _("All documents"), "all": True})
    with act(terminal.organization, _as(person, terminal)):
        waiting = Reading.objects.filter(person=person, confirmed_at=None, ended_at=None, how="")
        due = dict(waiting.values_list("revision__document", "due_on"))
    rows = [
        {"number": d.number, "title": d.title, "url": f"{address(d)}confirm/", "due": _until(due[d.pk])}
        for d in services.shown(terminal).filter(pk__in=due)
    ]
    context = around(terminal) | {"person": Person.objects.get(pk=person), "seconds": visits.MINUTES * 60}
    return render(request, "terminals/mine.html", context | {"rows": rows, "elsewhere": len(due) - len(rows)})


def _until(day: date | None) -> str:
    return values.day(day) if day is not None else ""


@at_terminal
@require_safe
def leave(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """Whoever stood here has left, or was somebody else."""
    visits.end(request)
    return HttpResponseRedirect(reverse("terminal"))


def _asked(request: HttpRequest, terminal: Terminal, more: dict[str, Any]) -> HttpResponse:
    """The form for number and PIN, and what it leads to: the same address, opened and not sent."""
    form = WhoForm(request.POST if request.method == "POST" else None)
    context = around(terminal) | more | {"form": form, "confirm_url": request.path}
    status = 200
    if form.is_bound:
        if not visits.spent(request):
            why = _("This was sent once before, so nobody was recognized. Choose the document and enter number and PIN anew.")
            return render(
                request, "terminals/refused.html", around(terminal) | {"why": why, "back_url": reverse("terminal")}, status=409
            )
        status = 422
    if form.is_valid():
        try:
            network = network_of(request.META.get("REMOTE_ADDR", ""))
            member = badges.recognize(form.cleaned_data["number"], form.cleaned_data["pin"], network)
            visits.begin(request, terminal, member.person_id)
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            bad(form, refused)
            status = refused.status
    return render(request, "terminals/who.html", context | {"once": visits.once(request)}, status=status)


def _to_confirm(request: HttpRequest, terminal: Terminal, found: Document, who: UUID, form: Any = None) -> HttpResponse:
    """What this person is asked to read: the changes since they read it, or all of it."""
    with act(terminal.organization, _as(who, terminal), reason=_reason(terminal)):
        reading = confirming.mine(found)
        context = around(terminal) | {"document": found, "person": Person.objects.get(pk=who), "seconds": visits.MINUTES * 60}
        if reading is None or reading.confirmed_at is not None:
            visits.end(request)
            return render(request, "terminals/nothing.html", context | {"reading": reading})
        passages = confirming.passages(reading)
        said = assigning.briefing(reading.revision)
        badge = state_badge("none", _("To be read"))
        translation = in_my_language(found, reading.revision)
        language = translation.language if translation is not None else ""
        context |= {
            "translated": translated_sheet(terminal, found, translation) if translation is not None else None,
            "briefing": said,
            "form": form or ConfirmForm(said),
            "token": signing.dumps([str(terminal.pk), str(who), str(found.pk), str(reading.revision_id), language], salt=SALT),
            "changes": comparing.drawn(passages) if passages is not None else [],
            "sheet": "" if passages is not None else sheet_of(terminal, found, reading.revision, badge),
            "before_label": _("Until now"),
            "after_label": comparing.until_words(reading.revision),
            "done_url": f"{address(found)}confirmed/",
        }
        return render(request, "terminals/confirm.html", context, status=422 if form is not None else 200)


def _as(person: UUID, terminal: Terminal) -> Member:
    """The person, with the right to see documents alone: a PIN opens nothing else."""
    return Member(Person.objects.get(pk=person), terminal.organization, frozenset({"documents.view"}))


def _reason(terminal: Terminal) -> str:
    return f"terminal: {terminal.name}"


def _seen(found: Document, revision: Revision, language: str) -> Translated | None:
    """The translation that was shown, as it is kept with the confirmation. Refused where it is not the checked one any more."""
    if not language:
        return None
    shown = translations.checked(found, revision, language)
    if shown is None:
        raise Refused(gettext_noop("The document has changed meanwhile. Read it again."))
    return Translated(language, (shown.title, *(text for text, _under in markdown.paragraphs(shown.text))))


@at_terminal
@get_or_post
def confirmed(request: HttpRequest, terminal: Terminal, number: str) -> HttpResponse:
    """The confirmation of a person who was recognized a moment ago, and then the thanks, once.

    Opened by its address it leads back to the document.
    """
    found = document_of(terminal, number)
    if request.method != "POST":
        name = visits.thanked(request)
        if not name:
            return HttpResponseRedirect(address(found))
        return render(request, "terminals/thanks.html", around(terminal) | {"document": found, "person": name})
    person = visits.who(request, terminal)
    try:
        sent = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=visits.MINUTES * 60)
    except (signing.BadSignature, ValueError):
        sent = None
    if sent is None or person is None or sent[1] != str(person):
        raise Refused(gettext_noop("That took too long, so nothing was kept. Enter number and PIN again."))
    asked = assigning.to_read(found)
    if asked is None or sent[:4] != [str(terminal.pk), str(person), str(found.pk), str(asked.pk)]:
        raise Refused(gettext_noop("The document has changed meanwhile. Read it again."))
    form = ConfirmForm(assigning.briefing(asked), request.POST)
    if not form.is_valid():
        return _to_confirm(request, terminal, found, person, form)
    try:
        with act(terminal.organization, _as(person, terminal), reason=_reason(terminal)):
            confirming.confirm_as(found, person, How.TERMINAL, form.cleaned_data.get("answer"), _seen(found, asked, sent[4]))
    except Refused as refused:
        if not refused.errors:
            raise
        bad(form, refused)
        return _to_confirm(request, terminal, found, person, form)
    visits.thank(request, str(Person.objects.get(pk=person)))
    return HttpResponseRedirect(request.path)
