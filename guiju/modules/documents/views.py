"""A revision of a document, to be read whatever stands above it now; and the declaration of one who works alone."""

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from guiju.modules.documents import page
from guiju.modules.documents.approval import one_person, seals
from guiju.modules.documents.models import Revision
from guiju.modules.documents.revisions import named
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.forms import ProofForm
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
    in_force = shown.label == standing and shown.given_up_on is None
    badge = state_badge("done" if in_force else "none", words)
    context = {
        "document": document,
        "revision": shown,
        "eyebrow": eyebrow(register, document, linked=True),
        "title": _("%(title)s, revision %(label)s") % {"title": values.title_of(shown), "label": named(shown)},
        "in_force": in_force,
        "standing": page.standing_link(document),
        "sheet": page.drawn(document, shown, badge),
        "seals": seals.seals_of(document, shown),
    }
    return render(request, "documents/revision.html", context)


def alone(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Saying with a signature that one person alone works here, and taking it back."""
    register = found_register("documents")
    document = found_record(register, number)
    base = addresses.of_record(document)
    form = ProofForm.asked(request)
    if request.method == "POST" and form.is_valid():
        try:
            one_person.declare(form.prove(request.session))
            messages.success(request, _("You may review and approve alone as long as nobody else may write here."))
            return HttpResponseRedirect(base)
        except Refused as refused:
            bad(form, refused)
    context = {
        "title": _("One person alone"),
        "record": {"number": document.number, "title": document.title, "url": base},
        "eyebrow": eyebrow(register, document, linked=True),
        "explanation": _(
            "Where one person alone has had the right to write for 30 days, nobody else can review. "
            "Say so with your signature; it ends by itself when a second person may write, and every page says so."
        ),
        "form": Form(),
        "submit_label": _("Sign"),
        "signature": {
            "meaning": _("I alone write in this organization, and review and approve what I write myself."),
            "signs": [(_("Organization"), str(current().organization))],
            "digest": "",
            "form": form,
        },
    }
    return render(request, "registers/perform.html", context, status=422 if form.is_bound else 200)
