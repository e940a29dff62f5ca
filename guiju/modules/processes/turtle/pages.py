"""One revision of a process, to be read whatever stands now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guiju.modules.processes import content, revisions
from guiju.modules.processes.turtle import boxes, page
from guiju.spine.acts import current
from guiju.spine.registers.markup import state_badge
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.record_page import eyebrow


@require_safe
def revision(request: HttpRequest, organization: str, number: str, position: int) -> HttpResponse:
    """A revision as it was approved, or what is being worked on now. It leads out of the past."""
    register = found_register("processes")
    process = found_record(register, number)
    rows = [row for row in revisions.of(process) if row.given_up_on is None] if current().as_of is None else []
    shown = next((row for row in rows if row.position == position), None)
    drafted = process.revision == position and process.state == "draft"
    if (shown is None and not drafted) or current().as_of is not None:
        raise Http404
    said = content.live([process])[process.pk] if drafted or shown is None else content.of_revision(process, shown)
    standing = revisions.in_force_position(process, rows, current().today())
    words = _("draft") if drafted or shown is None else page.revision_words(shown, standing)
    context = {
        "process": process,
        "eyebrow": eyebrow(register, process, linked=True),
        "title": _("%(title)s, revision %(label)s") % {"title": said.process, "label": position},
        "badge": state_badge("done" if position == standing else "none", words),
        "reason": shown.reason if shown is not None else process.reason,
        "in_force": position == standing,
        "turtle": boxes.drawn(said, alone=True),
        "flow": page.lanes(said.steps, _("How it flows")),
        "seals": page.seals_of(process, shown) if shown is not None else mark_safe(""),
    }
    return render(request, "processes/revision.html", context)
