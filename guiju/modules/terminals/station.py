"""What a terminal shows to whoever stands before it. The device is known by its cookie, and nobody signs in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiju.lib import markdown
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.page import LANG, drawn, written
from guiju.modules.documents.standing.readers import revision_in_force
from guiju.modules.readings import assigning
from guiju.modules.terminals import services, visits
from guiju.modules.terminals.forms import WhoForm
from guiju.modules.terminals.models import Terminal
from guiju.modules.translations import services as translations
from guiju.modules.translations.models import Translation
from guiju.spine.acts import NotFound, Refused, act, current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.files import found as found_file
from guiju.spine.registers.files import pictured, sent
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.markup import state_badge

# It is for one path, so that it cannot be named "__Host-".
COOKIE = ("__Secure-" if settings.SECURE else "") + "guiju_terminal"
KEPT_FOR = 400 * 24 * 3600  # seconds; browsers keep no cookie longer
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
                return render(request, "terminals/gone.html", around(terminal), status=404)
            except Refused as refused:  # said here and not on the product's own page, whose ways lead to signing in
                context = around(terminal) | {"why": str(refused), "back_url": _back(kwargs)}
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
    """What is in force, by number; narrowed by words of number and title. Whoever was recognized has left."""
    visits.end(request)
    q = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    rows, today = services.shown(terminal), current().today()
    for word in q.split():
        rows = rows.filter(number__icontains=word) | rows.filter(title__icontains=word)
    found = [{"number": d.number, "title": d.title, "revision": d.in_force(today), "url": address(d)} for d in rows[:MOST]]
    return render(request, "terminals/home.html", around(terminal) | {"rows": found, "q": q})


def around(terminal: Terminal) -> dict[str, Any]:
    return {"terminal": terminal, "organization": terminal.organization, "now": values.when(current().now())}


def _back(kwargs: dict[str, Any]) -> str:
    return reverse("terminal_document", args=[kwargs["number"]]) if "number" in kwargs else reverse("terminal")


def _linker(terminal: Terminal, text: str) -> Callable[[str], tuple[str, str] | None]:
    """Where the numbers in a text lead: to what this terminal shows; any other stands as it is."""
    numbers = markdown.references(text)
    with act(terminal.organization, services.AtTerminal(terminal)):
        known = {one.number: one for one in services.shown(terminal).filter(number__in=numbers)} if numbers else {}

    def link(number: str) -> tuple[str, str]:
        return (address(known[number]), known[number].title) if number in known else ("", "")

    return link


def sheet_of(terminal: Terminal, found: Document, revision: Revision, badge: Any) -> Any:
    return drawn(found, revision, badge, elsewhere=_below(found, revision), linker=_linker(terminal, revision.text))


def in_my_language(document: Document, revision: Revision) -> Translation | None:
    """A checked translation of a revision into the language the terminal speaks at this moment, where it has a text."""
    found = translations.checked(document, revision, get_language() or "")
    return found if found is not None and found.text.strip() else None


def translated_sheet(terminal: Terminal, found: Document, one: Translation) -> dict[str, Any]:
    """A translation as a terminal shows it: its text, what vouches for it, in which language it is."""
    below = f"{_below(found, one.source)}picture/%s/"
    return {
        "title": one.title,
        "lang": LANG.get(one.language, ""),
        "html": written(found, one.text, below, _linker(terminal, one.text)),
        "vouched": translations.vouched(one),
    }


def address(document: Document) -> str:
    return reverse("terminal_document", args=[addresses.in_address(document.number or "")])


def _below(document: Document, revision: Revision) -> str:
    return f"{address(document)}revision/{revision.position}/"


def document_of(terminal: Terminal, number: str) -> Document:
    found = services.shown(terminal).filter(number=addresses.from_address(number)).first()
    if found is None:
        raise Http404
    return found


@at_terminal
@require_safe
def document(request: HttpRequest, terminal: Terminal, number: str) -> HttpResponse:
    """The revision that is in force, and no other. Whoever was recognized has left."""
    visits.end(request)
    found = document_of(terminal, number)
    revision = revision_in_force(found)
    if revision is None:
        raise Http404
    badge = state_badge("done", _("In force, revision %(label)s") % {"label": revision.label})
    mine = in_my_language(found, revision) if "source" not in request.GET else None
    context = {
        "translated": translated_sheet(terminal, found, mine) if mine is not None else None,
        "source_url": f"{address(found)}?source=1",
        "document": found,
        "sheet": sheet_of(terminal, found, revision, badge),
        "form": WhoForm(),
        "once": visits.once(request),
        "confirm_url": f"{address(found)}confirm/",
    }
    return render(request, "terminals/document.html", around(terminal) | context)


def _content(terminal: Terminal, number: str, position: int) -> tuple[Document, Revision]:
    """A revision whose file and pictures are shown here: the one in force, or the one that is to be read. 404 for another."""
    found = document_of(terminal, number)
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
    texts = [revision.text, *(one.text for one in translations.of(found) if one.source_id == revision.pk and one.checked_at)]
    if not any(str(attachment) in markdown.pictures(text) for text in texts):
        raise Http404
    return pictured(found_file(found, attachment), 1)
