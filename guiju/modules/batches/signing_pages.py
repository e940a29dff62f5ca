"""The page of a signature for many documents: the list with its digests, one confirmation, what became of each."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.batches import services, signing
from guiju.modules.batches.pages import back_to, base, outcome_rows, steps
from guiju.modules.batches.titles import TITLES
from guiju.modules.documents.approval.references import mentions
from guiju.modules.documents.before import closing
from guiju.modules.documents.before import words as before
from guiju.modules.documents.models import Document
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds.services import RIGHT as RULES
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, listing, values
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post
from guiju.spine.registers.forms import ProofForm, ReasonForm, bound_fields
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.present import present


class ApproveManyForm(forms.Form):
    """From when they are in force."""

    effective_on = forms.DateField(
        label=gettext_lazy("Effective on"),
        required=False,
        help_text=gettext_lazy("Empty: each on its planned day, or as soon as its kind allows."),
    )


ASKS: dict[str, type[forms.Form]] = {"approve": ApproveManyForm, "take_over": ReasonForm}


def begin(request: HttpRequest, organization: str) -> HttpResponse:
    """The step that fits the list one comes from, of those one has the right to."""
    register = found_register("documents")
    ask = listing.asked(register, request.GET, strict=False)
    first = {"before": "take_over", "mine": "approve"}.get(ask.view, "")
    may = [name for name in TITLES if current().actor.may(services.RIGHTS[name])]
    if not may:
        raise Http404
    step = first if first in may else may[0]
    return HttpResponseRedirect(f"{base()}{step}/?{request.GET.urlencode()}")


@present
@get_or_post
def sign(request: HttpRequest, organization: str, step: str) -> HttpResponse:
    """A signed step for the documents of a list."""
    register = found_register("documents", step)
    posted = request.method == "POST"
    seen = signing.chosen(request.POST.getlist("document")) if posted else {}
    form = ASKS[step](request.POST) if posted else ASKS[step]()
    bound_fields(form)
    proof_form = ProofForm.asked(request)
    if posted and form.is_valid() & proof_form.is_valid():
        outcomes = _signed(request, register, step, seen, form, proof_form)
        if outcomes:
            return render(request, "batches/batch.html", _outcome_context(request, register, step, outcomes))
    context = _list_context(request, register, step, seen if posted else None)
    context |= {"form": form, "signature": {"meaning": document_workflow.transition(step).meaning, "form": proof_form}}
    return render(request, "batches/sign.html", context, status=422 if posted else 200)


def _signed(
    request: HttpRequest,
    register: Register,
    step: str,
    seen: dict[str, signing.Chosen],
    form: forms.Form,
    proof_form: ProofForm,
) -> list[services.Outcome]:
    """What became of each that was chosen; nothing, with the reasons on the forms, where nothing was begun."""
    inputs = dict(form.cleaned_data)
    reason = inputs.pop("reason", "")
    rows = list(register.rows(current().actor).filter(pk__in=_ids(seen)).order_by("number"))
    try:
        if not rows:
            raise Refused(_("Choose at least one document."))
        if len(rows) > services.MOST:
            raise Refused(_("A batch has at most %(most)s documents.") % {"most": services.MOST})
    except Refused as refused:
        bad(form, refused)
        return []
    try:
        proof = proof_form.prove(request.session)
    except Refused as refused:
        bad(proof_form, refused)
        return []
    return signing.sign_each(step, rows, seen, inputs, reason, proof)


def _ids(seen: dict[str, signing.Chosen]) -> list[str]:
    field = Document._meta.pk
    found = []
    for key in seen:
        try:
            field.to_python(key)
        except forms.ValidationError:
            continue
        found.append(key)
    return found


def _list_context(request: HttpRequest, register: Register, step: str, seen: dict[str, Any] | None) -> dict[str, Any]:
    ask = listing.asked(register, request.GET, strict=False)
    rows = listing.narrowed(register, ask).filter(signing.STEPS[step]).order_by("number")[: services.MOST]
    found = signing.lines(step, rows)
    narrowed = bool(ask.filters or ask.q or ask.view)
    open_ones = [line for line in found if not line.missing]
    return {
        "title": TITLES[step],
        "eyebrow": [(register.label, addresses.of_register(register))],
        "query": request.GET.urlencode(),
        "steps": steps(request, step),
        "rows": [(line, _ticked(line, seen, narrowed), _facts(step, line), _address(line)) for line in open_ones],
        "left": [(line, _address(line)) for line in found if line.missing],
        "back_url": back_to(register),
        **(_closing() if step == "take_over" else {}),
    }


def _closing() -> dict[str, Any]:
    """That nothing is taken over any more, or where that is said."""
    found = closing.closed()
    if found is not None:
        words = {"day": values.day(found.on), "why": found.reason}
        return {"closed": _("The taking over was closed on %(day)s: %(why)s") % words}
    return {"close_url": f"{base()}take_over/close/" if current().actor.may(RULES) else ""}


def _ticked(line: signing.Line, seen: dict[str, Any] | None, narrowed: bool) -> bool:
    """After a refusal: what was chosen and is as it was shown then."""
    if seen is None:
        return narrowed
    before_it = seen.get(str(line.document.pk))
    return before_it == signing.Chosen(line.document.version, line.digest)


def _address(line: signing.Line) -> str:
    return addresses.of_record(line.document)


def _facts(step: str, line: signing.Line) -> list[str]:
    """What somebody has to know of a document before they sign."""
    if step == "take_over":
        return before.statements(line.document)
    revision, made = line.revision, []
    if revision.changes.strip():
        made.append(_("What changed: %(what)s") % {"what": revision.changes.strip()[:300]})
    if revision.planned_on:
        made.append(_("Planned to be effective on %(day)s.") % {"day": values.day(revision.planned_on)})
    made.append(_("Written by %(name)s.") % {"name": revision.author})
    if reached := [words for words, _url in mentions(line.document)]:
        made.append(_("What speaks of it: %(names)s") % {"names": "; ".join(reached[:10])})
    return made


def _outcome_context(request: HttpRequest, register: Register, step: str, outcomes: list[services.Outcome]) -> dict[str, Any]:
    return {
        "title": TITLES[step],
        "eyebrow": [(register.label, addresses.of_register(register))],
        "query": request.GET.urlencode(),
        "steps": steps(request, step),
        "back_url": back_to(register),
        **outcome_rows(outcomes),
    }
