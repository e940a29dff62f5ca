"""A list as a file: sent at once, or fetched when the worker has written it."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.spine.acts import current
from guiju.spine.jobs.runs import RunState
from guiju.spine.registers import addresses, exporting, listing
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.files import SANDBOX
from guiju.spine.registers.models import ExportRun
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.writing import permit


def export(request: HttpRequest, organization: str, register: str, format: str) -> HttpResponseBase:
    """The list, with its filters, as xlsx or csv."""
    shown = found_register(register)
    ask = listing.asked(shown, request.GET, strict=False)
    if exporting.is_large(shown, ask):
        run = exporting.start(shown, ask, format, request.GET.urlencode())
        return HttpResponseRedirect(f"{addresses.of_register(shown)}export/{run.pk}/")
    stream = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    exporting.write_file(stream, shown, ask, format)
    stream.seek(0)
    return attached(stream, f"{shown.key}-{current().today().isoformat()}.{format}", format)


def template(request: HttpRequest, organization: str, register: str, format: str) -> HttpResponseBase:
    """An empty sheet with the columns of an import."""
    shown = found_register(register)
    permit(shown, "import")
    stream = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    exporting.template(stream, shown, format)
    stream.seek(0)
    return attached(stream, f"{shown.key}.{format}", format)


def as_file(name: str, format: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> FileResponse:
    """Any table as a file of the day, sent at once. Refused when the format cannot hold it."""
    stream = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    exporting.write_rows(stream, format, heads, rows)
    stream.seek(0)
    return attached(stream, f"{name}-{current().today().isoformat()}.{format}", format)


def attached(stream: Any, name: str, format: str) -> FileResponse:
    """A file that leaves as an attachment, never to be run by the browser (law L19)."""
    answer = FileResponse(stream, as_attachment=True, filename=name, content_type=exporting.FORMATS[format][1])
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def show(request: HttpRequest, organization: str, register: str, run: UUID) -> HttpResponse:
    """How far a large export has come."""
    shown = found_register(register)
    found = _own(shown, run)
    here = f"{addresses.of_register(shown)}export/{found.pk}/"
    context = {
        "title": shown.label,
        "eyebrow": [(shown.label, addresses.of_register(shown))],
        "run": {
            "state": found.state,
            "percent": min(100, 100 * found.done // max(found.total, 1)),
            "text": _("%(done)s of %(total)s rows") % {"done": found.done, "total": found.total},
            "message": found.said,
            "counts": [],
        },
        "refused": [],
        "refused_url": "",
        "refresh_url": here,
        "list_url": f"{here}file/",
        "list_label": _("Download the file"),
        "resume_url": "",
    }
    return render(request, "registers/export_run.html", context)


def fetch(request: HttpRequest, organization: str, register: str, run: UUID) -> HttpResponseBase:
    shown = found_register(register)
    found = _own(shown, run)
    path = exporting.place(found)
    if found.state != RunState.FINISHED or not path.exists():
        raise Http404
    day = found.made_at.date().isoformat()
    return attached(path.open("rb"), f"{shown.key}-{day}.{found.format}", found.format)


def _own(register: Register, run: UUID) -> ExportRun:
    """A run of the acting person: what it holds was narrowed to what they may see. 404 for others'."""
    found = ExportRun.objects.filter(pk=run, register=register.key, person=current().actor.id).first()
    if found is None:
        raise Http404
    return found
