"""The page of the process map: drawn, as a list on a phone, as a table of what flows; arranged, printed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guiju.modules.processes.maps import arranging, drawing, health, paper
from guiju.modules.processes.maps.network import Network, network
from guiju.modules.processes.models import Kind
from guiju.spine.acts import Refused, current
from guiju.spine.prints.sheets import LANGUAGES
from guiju.spine.registers import addresses
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.printing import sent


@require_safe
def show(request: HttpRequest, organization: str) -> HttpResponse:
    """The map of today, or of the day that is looked at."""
    register = found_register("processes")
    found = network()
    boxes = drawing.shown(found, health.of(found.processes, found.root))
    may = arranging.permitted()
    context = {
        "svg": drawing.svg(drawing.whole(found), boxes) if found.processes else "",
        "bands": bands(found, boxes),
        "flows": _flows(found),
        "drafts": len(found.drafts),
        "all_drafts": bool(found.drafts) and len(found.drafts) == len(found.processes) + sum(map(len, found.parts.values())),
        "list_url": addresses.of_register(register),
        "may_arrange": may and bool(found.processes),
        "arranging": may and "arrange" in request.GET,
        "create_url": f"{addresses.of_register(register)}new/"
        if current().actor.may("processes.create") and current().as_of is None
        else "",
    }
    return render(request, "processes/map.html", context)


def bands(found: Network, boxes: dict[str, drawing.Shown]) -> list[dict[str, Any]]:
    """The processes of each band for a list, in their order, with their parts."""
    made = []
    for band, processes in found.bands():
        nodes = [
            {
                "name": str(process),
                "number": process.number,
                "shown": boxes[str(process.pk)],
                "url": boxes[str(process.pk)].url,
                "tone": boxes[str(process.pk)].tone,
                "word": boxes[str(process.pk)].word,
                "parts": [(str(part), addresses.of_record(part)) for part in found.parts.get(process.pk, ())],
            }
            for process in processes
        ]
        made.append({"key": band, "name": Kind(band).label, "flow": band == Kind.CORE, "nodes": nodes})
    return made


def _flows(found: Network) -> list[tuple[str, str, str]]:
    """What flows, from whom, to whom, in words."""
    names = {str(process.pk): str(process) for process in found.processes}
    order = {key: place for place, key in enumerate(names)}
    streams = sorted(found.streams(), key=lambda one: (order.get(one.source, -1), order.get(one.target, len(order)), one.what))
    return [(one.what, names.get(one.source, one.party), names.get(one.target, one.party)) for one in streams]


@require_POST
def arrange(request: HttpRequest, organization: str) -> HttpResponse:
    """A new order of a band, sent whole by dragging, or one process moved by one place."""
    found_register("processes")
    said = request.POST
    try:
        if said.get("number"):
            arranging.move(said["number"], -1 if said.get("way") == "earlier" else 1)
        else:
            arranging.arrange(said.get("band", ""), [n for n in said.get("order", "").splitlines() if n])
        messages.success(request, _("The map is arranged."))
    except Refused as refused:
        if refused.status != 409:
            raise
        messages.error(request, str(refused))
    return HttpResponseRedirect(f"{addresses.home()}processes/map/?arrange=1")


@require_safe
def print_map(request: HttpRequest, organization: str, paper_size: str) -> HttpResponseBase:
    """The map as PDF, across an A4 or A3 sheet."""
    found_register("processes")
    if paper_size not in paper.PAPERS:
        raise Http404
    asked = request.GET.get("language", "")
    language = asked if asked in LANGUAGES else get_language() or "en"
    return sent(paper.made(paper_size, language), f"{_('process-map')}-{paper_size}.pdf")
