"""What a terminal shows: no sign-in, no memory. The device is known by its cookie; people by number and PIN, each time."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiju.lib import markdown
from guiju.modules.documents.comparison import comparing
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.page import drawn
from guiju.modules.documents.standing.readers import revision_in_force
from guiju.modules.readings import assigning, confirming
from guiju.modules.readings.forms import ConfirmForm
from guiju.modules.readings.models import How
from guiju.modules.terminals import badges, services
from guiju.modules.terminals.forms import WhoForm
from guiju.modules.terminals.models import Terminal
from guiju.organizations.members import Member
from guiju.organizations.models import Person
from guiju.organizations.throttle import network_of
from guiju.spine.acts import NotFound, Refused, act, current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.files import found as found_file
from guiju.spine.registers.files import pictured, sent
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.markup import state_badge

# It is for one path, so that it cannot be named "__Host-".
COOKIE = ("__Secure-" if settings.SECURE else "") + "guiju_terminal"
KEPT_FOR = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
MINUTES = 10  # in which a person who was recognized confirms
SALT = "guiju.terminals.recognized"
MOST = 200  # documents on the terminal's list

View = Callable[..., HttpResponse]


def at_terminal(view: View) -> View:
    """Open the act of the device's terminal; without one, say what to do."""

    @wraps(view)
    @never_cache
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        terminal = services.by_secret(request.COOKIES.get(COOKIE, ""))
        if terminal is None:
            return render(request, "terminals/unknown.html", status=403)
        with act(terminal.organization, services.AtTerminal(terminal)):
            try:
                return view(request, terminal, *args, **kwargs)
            except Http404:
                return render(request, "terminals/gone.html", _around(terminal), status=404)
            except Refused as refused:  # said here and not on the product's own page, whose ways lead to signing in
                context = _around(terminal) | {"why": str(refused), "back_url": _back(kwargs)}
                return render(request, "terminals/refused.html", context, status=refused.status)

    return shown


@get_or_post
def start(request: HttpRequest, secret: str) -> HttpResponse:
    """Make this device the terminal whose secret the address holds; asked once more before."""
    terminal = services.by_secret(secret)
    if terminal is None:
        raise NotFound(gettext_noop("This terminal was withdrawn, or the address is not whole."))
    if request.method != "POST":
        return render(request, "terminals/start.html", {"terminal": terminal, "organization": terminal.organization})
    answer = HttpResponseRedirect(reverse("terminal"))
    answer.set_cookie(COOKIE, secret, max_age=KEPT_FOR, httponly=True, samesite="Lax", secure=settings.SECURE, path="/terminal/")
    return answer


@at_terminal
@require_safe
def home(request: HttpRequest, terminal: Terminal) -> HttpResponse:
    """What is in force, by number; narrowed by words of number and title."""
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows = services.shown(terminal)
    for word in q.split():
        rows = rows.filter(number__icontains=word) | rows.filter(title__icontains=word)
    found = [{"number": d.number, "title": d.title, "url": _address(d)} for d in rows[:MOST]]
    return render(request, "terminals/home.html", _around(terminal) | {"rows": found, "q": q})


def _around(terminal: Terminal) -> dict[str, Any]:
    return {"terminal": terminal, "organization": terminal.organization, "now": values.when(current().now())}


def _back(kwargs: dict[str, Any]) -> str:
    return reverse("terminal_document", args=[kwargs["number"]]) if "number" in kwargs else reverse("terminal")


def _linker(terminal: Terminal, text: str) -> Callable[[str], tuple[str, str] | None]:
    """Where the numbers in a text lead: to what this terminal shows; any other stands as it is."""
    numbers = markdown.references(text)
    with act(terminal.organization, services.AtTerminal(terminal)):
        known = {one.number: one for one in services.shown(terminal).filter(number__in=numbers)} if numbers else {}

    def link(number: str) -> tuple[str, str]:
        return (_address(known[number]), known[number].title) if number in known else ("", "")

    return link


def _sheet(terminal: Terminal, found: Document, revision: Revision, badge: Any) -> Any:
    return drawn(found, revision, badge, elsewhere=_below(found, revision), linker=_linker(terminal, revision.text))


def _address(document: Document) -> str:
    return reverse("terminal_document", args=[addresses.in_address(document.number or "")])


def _below(document: Document, revision: Revision) -> str:
    return f"{_address(document)}revision/{revision.position}/"


def _document(terminal: Terminal, number: str) -> Document:
    found = services.shown(terminal).filter(number=addresses.from_address(number)).first()
    if found is None:
        raise Http404
    return found


@at_terminal
@require_safe
def document(request: HttpRequest, terminal: Terminal, number: str) -> HttpResponse:
    """The revision that is in force, and no other."""
    found = _document(terminal, number)
    revision = revision_in_force(found)
    if revision is None:
        raise Http404
    badge = state_badge("done", _("In force, revision %(label)s") % {"label": revision.label})
    context = {
        "document": found,
        "sheet": _sheet(terminal, found, revision, badge),
        "form": WhoForm(),
        "confirm_url": f"{_address(found)}confirm/",
    }
    return render(request, "terminals/document.html", _around(terminal) | context)


def _content(terminal: Terminal, number: str, position: int) -> tuple[Document, Revision]:
    """A revision whose file and pictures are shown here: the one in force, or the one that is to be read. 404 for another."""
    found = _document(terminal, number)
    for revision in (revision_in_force(found), assigning.to_read(found)):
        if revision is not None and revision.position == position:
            return found, revision
    raise Http404


@at_terminal
@require_safe
def file(request: HttpRequest, terminal: Terminal, number: str, position: int) -> HttpResponse:
    """The file of a revision."""
    _found, revision = _content(terminal, number, position)
    if revision.file is None:
        raise Http404
    return sent(revision.file)  # type: ignore[return-value]


@at_terminal
@require_safe
def file_page(request: HttpRequest, terminal: Terminal, number: str, position: int, page: int) -> HttpResponse:
    """A page of that file as a picture."""
    _found, revision = _content(terminal, number, position)
    if revision.file is None:
        raise Http404
    return pictured(revision.file, page, request.GET.get("width", ""))


@at_terminal
@require_safe
def picture(request: HttpRequest, terminal: Terminal, number: str, position: int, attachment: UUID) -> HttpResponse:
    """A picture that stands in a revision's text."""
    found, revision = _content(terminal, number, position)
    if str(attachment) not in markdown.pictures(revision.text):
        raise Http404
    return pictured(found_file(found, attachment), 1)


@at_terminal
@get_or_post
def recognize(request: HttpRequest, terminal: Terminal, number: str) -> HttpResponse:
    """Number and PIN, then what this person has to read and the confirmation. Opened by its address it asks for them."""
    found = _document(terminal, number)
    form = WhoForm(request.POST if request.method == "POST" else None)
    context = _around(terminal) | {"document": found, "back_url": _address(found), "form": form, "confirm_url": request.path}
    if form.is_valid():
        try:
            network = network_of(request.META.get("REMOTE_ADDR", ""))
            member = badges.recognize(form.cleaned_data["number"], form.cleaned_data["pin"], network)
            return _to_confirm(request, terminal, found, member.person)
        except Refused as refused:
            bad(form, refused)
            return render(request, "terminals/who.html", context, status=refused.status)
    return render(request, "terminals/who.html", context, status=422 if form.is_bound else 200)


def _to_confirm(request: HttpRequest, terminal: Terminal, found: Document, person: Person, form: Any = None) -> HttpResponse:
    """What this person is asked to read: the changes since they read it, or all of it."""
    with act(terminal.organization, _as(person, terminal), reason=_reason(terminal)):
        reading = confirming.mine(found)
        context = _around(terminal) | {"document": found, "back_url": _address(found), "person": person}
        if reading is None or reading.confirmed_at is not None:
            return render(request, "terminals/nothing.html", context | {"reading": reading})
        passages = confirming.passages(reading)
        said = assigning.briefing(reading.revision)
        context |= {
            "briefing": said,
            "form": form or ConfirmForm(said),
            "token": signing.dumps([str(terminal.pk), str(person.pk), str(found.pk), str(reading.revision_id)], salt=SALT),
            "changes": comparing.drawn(passages) if passages is not None else [],
            "sheet": ""
            if passages is not None
            else _sheet(terminal, found, reading.revision, state_badge("none", _("To be read"))),
            "before_label": _("Until now"),
            "after_label": comparing.until_words(reading.revision),
            "done_url": f"{_address(found)}confirmed/",
        }
        return render(request, "terminals/confirm.html", context, status=422 if form is not None else 200)


def _as(person: Person, terminal: Terminal) -> Member:
    """The person, with the right to see documents alone: a PIN opens nothing else."""
    return Member(person, terminal.organization, frozenset({"documents.view"}))


def _reason(terminal: Terminal) -> str:
    return f"terminal: {terminal.name}"


@at_terminal
@get_or_post
def confirmed(request: HttpRequest, terminal: Terminal, number: str) -> HttpResponse:
    """The confirmation of a person who was recognized a moment ago. Opened by its address it leads back to the document."""
    found = _document(terminal, number)
    if request.method != "POST":
        return HttpResponseRedirect(_address(found))
    try:
        at, who, what, revision = signing.loads(request.POST.get("token", ""), salt=SALT, max_age=MINUTES * 60)
    except (signing.BadSignature, ValueError):
        raise Refused(gettext_noop("That took too long, so nothing was kept. Enter number and PIN again.")) from None
    asked = assigning.to_read(found)
    if (at, what) != (str(terminal.pk), str(found.pk)) or asked is None or revision != str(asked.pk):
        raise Refused(gettext_noop("The document has changed meanwhile. Read it again."))
    person = Person.objects.get(pk=who)
    form = ConfirmForm(assigning.briefing(asked), request.POST)
    if not form.is_valid():
        return _to_confirm(request, terminal, found, person, form)
    try:
        with act(terminal.organization, _as(person, terminal), reason=_reason(terminal)):
            confirming.confirm_as(found, person.pk, How.TERMINAL, form.cleaned_data.get("answer"))
    except Refused as refused:
        if not refused.errors:
            raise
        bad(form, refused)
        return _to_confirm(request, terminal, found, person, form)
    return render(request, "terminals/thanks.html", _around(terminal) | {"document": found, "person": person})
