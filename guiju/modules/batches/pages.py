"""The pages of a batch: what is chosen from a list, what is done, and what became of each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from guiju.modules.batches import services
from guiju.modules.batches.forms import FORMS
from guiju.modules.documents.models import ENDED, Document
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, listing
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.forms import bound_fields
from guiju.spine.registers.markup import state_badge
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.present import present

TITLES = {
    "owner": gettext_lazy("Give to another owner"),
    "distribution": gettext_lazy("Distribute"),
    "review": gettext_lazy("Send to review"),
}


def base() -> str:
    return f"{addresses.home()}batches/documents/"


@present
@get_or_post
def batch(request: HttpRequest, organization: str, step: str) -> HttpResponse:
    """A step for the documents of a list: those are ticked that the list showed, as it was filtered."""
    if step not in FORMS:
        raise Http404
    register = found_register("documents", services.RIGHTS[step].partition(".")[2])
    ask = listing.asked(register, request.GET, strict=False)
    found = listing.narrowed(register, ask).exclude(state__in=ENDED)
    found = found.filter(state="draft") if step == "review" else found
    rows = list(found.order_by("number")[: services.MOST])
    # Ticked from the beginning is only what somebody has narrowed the list to.
    narrowed = bool(ask.filters or ask.q or ask.view)
    chosen = set(request.POST.getlist("document")) if request.method == "POST" else {str(row.pk) for row in rows if narrowed}
    form = FORMS[step](request.POST) if request.method == "POST" else FORMS[step]()
    bound_fields(form)
    outcomes: list[services.Outcome] = []
    if request.method == "POST" and form.is_valid():
        try:
            outcomes = services.each([row for row in rows if str(row.pk) in chosen], services.step(step, form.cleaned_data))
        except Refused as refused:
            bad(form, refused)
    context = {
        "title": TITLES[step],
        "eyebrow": [(register.label, addresses.of_register(register))],
        "form": form,
        "query": request.GET.urlencode(),
        "steps": [(TITLES[name], f"{base()}{name}/?{request.GET.urlencode()}", name == step) for name in FORMS if _may(name)],
        "rows": [(row, str(row.pk) in chosen, _state(row)) for row in rows],
        "outcomes": [(one, addresses.of_record(one.document)) for one in outcomes],
        "done": sum(not one.refused for one in outcomes),
        "back_url": addresses.of_register(register),
    }
    failed = form.is_bound and bool(form.errors)
    return render(request, "batches/batch.html", context, status=422 if failed else 200)


def _state(document: Document) -> SafeString:
    state = document_workflow.state_of(document)
    return state_badge(state.tone, str(state.label))


def _may(step: str) -> bool:
    return current().actor.may(services.RIGHTS[step])
