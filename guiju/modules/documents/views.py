"""A revision of a document, to be read whatever stands above it now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.modules.documents import page
from guiju.modules.documents.models import Revision
from guiju.spine.acts import current
from guiju.spine.registers.markup import state_badge
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.record_page import eyebrow


def revision(request: HttpRequest, organization: str, number: str, position: int) -> HttpResponse:
    """One revision as it stands, marked when it is not the one in force. It leads out of the past."""
    register = found_register("documents")
    document = found_record(register, number)
    shown = Revision.objects.filter(document=document.pk, position=position).first() if current().as_of is None else None
    if shown is None:
        raise Http404
    today = current().today()
    standing = document.in_force(today)
    words = page.revision_words(shown, standing, today)
    badge = state_badge("done" if shown.label == standing else "none", words)
    context = {
        "document": document,
        "revision": shown,
        "eyebrow": eyebrow(register, document, linked=True),
        "title": _("%(title)s, revision %(label)s") % {"title": shown.title, "label": shown.label},
        "in_force": shown.label == standing,
        "standing": page.standing_link(document),
        "sheet": page.drawn(document, shown, badge),
        "seals": page.seals_of(document, shown),
    }
    return render(request, "documents/revision.html", context)
