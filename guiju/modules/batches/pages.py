"""The pages of a batch: what is chosen from a list, what is done, and what became of each."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from guiju.modules.batches import services
from guiju.modules.batches.forms import FORMS
from guiju.modules.batches.titles import TITLES
from guiju.modules.documents.models import ENDED, Document
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, listing
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.forms import bound_fields
from guiju.spine.registers.markup import state_badge
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.present import present


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
        "steps": steps(request, step),
        "rows": [(row, str(row.pk) in chosen, _state(row)) for row in rows],
        **outcome_rows(outcomes),
        "back_url": back_to(register),
    }
    failed = form.is_bound and bool(form.errors)
    return render(request, "batches/batch.html", context, status=422 if failed else 200)


def steps(request: HttpRequest, present_one: str) -> list[tuple[Any, str, bool]]:
    """The steps that whoever acts may take for many, with where each is."""
    query = request.GET.urlencode()
    return [(title, f"{base()}{name}/?{query}", name == present_one) for name, title in TITLES.items() if _may(name)]


def outcome_rows(outcomes: list[services.Outcome]) -> dict[str, Any]:
    """What became of each, for the page."""
    return {
        "outcomes": [(one, addresses.of_record(one.document)) for one in outcomes],
        "done": sum(not one.refused for one in outcomes),
    }


def back_to(register: Register) -> str:
    return addresses.of_register(register)


def _state(document: Document) -> SafeString:
    state = document_workflow.state_of(document)
    return state_badge(state.tone, str(state.label))


def _may(step: str) -> bool:
    return current().actor.may(services.RIGHTS[step])
