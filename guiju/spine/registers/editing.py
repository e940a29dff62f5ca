"""Pages that write: a new record, a change, a step, a comment. What is refused comes back as it was typed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.lib.canonical import canonical
from guiju.spine.acts import Refused, Stale, current
from guiju.spine.acts.hooks import touched_parts
from guiju.spine.registers import addresses, record_page, values, writing
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.form_page import page_of
from guiju.spine.registers.forms import CommentForm, ProofForm, ReasonForm, bound_fields, form_class
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.signatures.services import Proof, view_of
from guiju.spine.workflow.perform import open_or_refuse, perform
from guiju.spine.workflow.table import Touch, Transition

LONGEST_SAID = 300  # characters of a value that a link gives to a new record


def bad(form: forms.BaseForm, refused: Refused) -> None:
    """Lay a refusal over the form: at its fields where it names them, above all where not."""
    placed = False
    for name, sentences in refused.errors.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, refused.said(sentence))
            placed = True
    if not placed:
        form.add_error(None, str(refused))
    for missing in refused.missing:
        form.add_error(None, str(missing))
    if isinstance(refused, Stale):
        form.add_error(None, _("What you typed is still here. Open the record in another tab to see its newer state."))


def shown_version(request: HttpRequest) -> int:
    """The version that a page's form was made from; Refused without one, since it could write over anything."""
    text = request.POST.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Refused(
            gettext_noop("This form did not come from an open page of yours. Open the page again and send it once more.")
        )
    return int(text)


def _shown_version(request: HttpRequest, record: Any) -> Any:
    """What a form carries on: never a newer version than the one that was seen."""
    return request.POST.get("version", "") if request.method == "POST" else record.version


def create(request: HttpRequest, organization: str, register: str) -> HttpResponse:
    shown = found_register(register, "create")
    if request.method == "POST":
        once = writing.OnceOnly.of(request.POST["token"]) if request.POST.get("token") else None
        # A form that was sent twice is answered by what came of it, before it is judged: its file is taken by now.
        if once is not None and (before := writing.made_before(shown, once)):
            return HttpResponseRedirect(addresses.of_record(before))
        form = form_class(shown)(request.POST, request.FILES)
        if form.is_valid():
            try:
                record = writing.create(shown, form.cleaned_data, once)
                messages.success(request, _("%(number)s is kept.") % {"number": record.number})
                return HttpResponseRedirect(addresses.of_record(record))
            except Refused as refused:
                bad(form, refused)
    else:
        form = form_class(shown)(initial=_initial(shown, request.GET))
    above, token = [(shown.label, addresses.of_register(shown))], request.POST.get("token") or str(uuid4())
    return page_of(request, form, shown.label_new, addresses.of_register(shown), eyebrow=above, token=token)


def _initial(register: Register, asked: Mapping[str, str]) -> dict[str, Any]:
    """What a new record's form begins with: the person as owner, what another one gives to its copy, what a link says."""
    source = asked.get("from", "")
    copied = register.copied(found_record(register, source)) if source and register.copied else {}
    said = {name: asked[name][:LONGEST_SAID].replace("\x00", "") for name in form_class(register).base_fields if asked.get(name)}
    return {"owner": current().actor.id, **copied, **said}


def change(request: HttpRequest, organization: str, register: str, number: str) -> HttpResponse:
    shown = found_register(register)
    record = found_record(shown, number)
    writing.permit(shown, "change", record)
    base = addresses.of_record(record)
    if request.method == "POST":
        form = form_class(shown)(request.POST, request.FILES, instance=record)
        if form.is_valid():
            try:
                changed = {n: v for n, v in form.cleaned_data.items() if n in form.changed_data}
                writing.change(shown, record, changed, shown_version(request))
                messages.success(request, _("Your change is kept."))
                return HttpResponseRedirect(base)
            except Refused as refused:
                bad(form, refused)
    else:
        writing.refuse_unless_editable(shown, record)
        form = form_class(shown)(instance=record)
    above, version = record_page.eyebrow(shown, record, linked=True), _shown_version(request, record)
    return page_of(request, form, _("Edit"), base, eyebrow=above, lead=values.title_of(record), version=version)


def step(request: HttpRequest, organization: str, register: str, number: str, transition: str) -> HttpResponse:
    """A transition's page: what it asks, the reason, the signature."""
    shown = found_register(register)
    door = shown.workflow.transitions.get(transition) if shown.workflow is not None else None
    if shown.workflow is None or door is None or door.inner:
        raise Http404
    record = found_record(shown, number)
    writing.permit(shown, transition, record)
    form, proof_form = _step_form(door, request, record), _proof_form(door, request)
    if request.method == "POST":
        valid = form.is_valid() & (proof_form is None or proof_form.is_valid())  # both say what is wrong with them
        if valid and _perform(request, shown, record, door, form, proof_form):
            told = record_page.history(shown, record, most=8)
            messages.success(request, next(one["sentence"] for one in told if one["action"] == door.name))
            return HttpResponseRedirect(addresses.of_record(record))
    else:
        open_or_refuse(shown.workflow, door, record)
    status = 422 if request.method == "POST" else 200
    return render(request, "registers/perform.html", _step_context(request, shown, record, door, form, proof_form), status=status)


def _perform(
    request: HttpRequest,
    register: Register,
    record: Any,
    door: Transition,
    form: forms.Form,
    proof_form: ProofForm | None,
) -> bool:
    """Take the door; False where it is refused, with the reasons on the form."""
    assert register.workflow is not None
    inputs = dict(form.cleaned_data)
    reason = inputs.pop("reason", "")
    try:
        version = shown_version(request)
        proof: Proof | None = None
        if proof_form is not None:
            try:
                proof = proof_form.prove(request.session)
            except Refused as refused:
                bad(proof_form, refused)
                return False
        perform(register.workflow, record, door.name, inputs=inputs, reason=reason, proof=proof, version=version)
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        bad(form, refused)
        return False
    return True


def _step_form(door: Transition, request: HttpRequest, record: Any) -> forms.Form:
    parts = [part for part in (door.form, ReasonForm if door.asks_reason else None) if part]
    made = type("StepForm", tuple(parts) or (forms.Form,), {})
    form = made(request.POST) if request.method == "POST" else made()
    if fit := getattr(form, "fit", None):
        fit(record)
    bound_fields(form)
    return form


def _proof_form(door: Transition, request: HttpRequest) -> ProofForm | None:
    return ProofForm.asked(request) if door.signs is not None else None


def _step_context(
    request: HttpRequest, register: Register, record: Any, door: Transition, form: forms.Form, proof_form: ProofForm | None
) -> dict[str, Any]:
    base = addresses.of_record(record)
    return {
        "title": door.label,
        "record": {"number": record.number, "title": values.title_of(record), "url": base},
        "eyebrow": record_page.eyebrow(register, record, linked=True),
        "explanation": door.explains,
        "form": form,
        "version": _shown_version(request, record),
        "token": None,
        "submit_label": _("Sign: %(what)s") % {"what": door.label} if proof_form else door.label,
        "cancel_url": base,
        "signature": _signature(register, door, record, proof_form) if proof_form else None,
        "touches": _touched(door, record),
    }


def _touched(door: Transition, record: Any) -> list[Touch]:
    """What else the step reaches, so that it is seen before and not found out after."""
    if door.touches is None:
        return []
    return [*door.touches(record), *(touch for part in touched_parts for touch in part(record))]


def _signature(register: Register, door: Transition, record: Any, form: ProofForm) -> dict[str, Any]:
    """What is about to be signed, so that the person sees it before (21 CFR 11.50)."""
    assert door.signs is not None
    row = door.signs(record)
    text = canonical(view_of(row, row.schema_version))
    digest = sha256(text.encode()).hexdigest()
    signs = [(_("Number"), record.number), (_("Title"), getattr(row, "title", record.title))]
    further, drawn = register.signed(record, row) if register.signed else ([], "")
    return {"meaning": door.meaning, "signs": [*signs, *further], "digest": digest, "drawn": drawn, "form": form}


def add_comment(request: HttpRequest, organization: str, register: str, number: str) -> HttpResponse:
    shown = found_register(register)
    record = found_record(shown, number)
    writing.permit(shown, "comment", record)
    form = CommentForm(request.POST or None)
    if form.is_valid():
        writing.comment(shown, record, form.cleaned_data["text"])
        return HttpResponseRedirect(f"{addresses.of_record(record)}#comments")
    return render(request, "registers/detail.html", record_page.context(shown, record, form), status=422)
