"""Taking a draft's file and bringing it back, on the document's page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from guiju.modules.documents.checkout import returning, taking
from guiju.modules.documents.forms import FileOfDocument
from guiju.modules.documents.models import Document
from guiju.organizations.members import require
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import Included
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import Bounded, ReasonForm
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow


class BringBackForm(FileOfDocument, Bounded):
    """The file one has worked on, and what changed in it."""

    changes = forms.CharField(
        label=gettext_lazy("What changed and why"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 2})
    )
    field_order = ("file", "changes")


def panel(document: Document) -> "Included | SafeString":
    """Who has the file of a draft; for those who may, taking it and bringing it back."""
    acting = current()
    if acting.as_of is not None or document.state != "draft" or not document.newest().file_id:
        return mark_safe("")
    held, base = taking.of(document), addresses.of_record(document)
    may = acting.actor.may("documents.change", document)
    if held is None and not may:
        return mark_safe("")
    mine = held is not None and held.taken_by_id == acting.actor.id
    context: dict[str, Any] = {
        "who": str(held.taken_by) if held else "",
        "since": values.when(held.taken_at) if held else "",
        "mine": mine,
        "take_url": f"{base}check-out/" if held is None else "",
        "file_url": f"{base}files/{document.newest().file_id}/",
        "back_url": f"{base}check-in/" if mine else "",
        "give_url": f"{base}give-back/" if mine else "",
        "end_url": f"{base}end-check-out/" if held is not None and not mine and taking.may_end(document) else "",
    }
    return Included("documents/checkout.html", context)


def _found(number: str) -> Document:
    document: Document = found_record(found_register("documents"), number)
    return document


@require_POST
def take(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    document = _found(number)
    taking.take(document)
    messages.success(request, _("You have the file now. Download it, work on it, and bring it back here."))
    return HttpResponseRedirect(f"{addresses.of_record(document)}#file")


@require_POST
def give_back(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    document = _found(number)
    taking.give_back(document)
    messages.success(request, _("The file is given back as it was."))
    return HttpResponseRedirect(f"{addresses.of_record(document)}#file")


@present
@get_or_post
def check_in(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Bringing the file back."""
    document = _found(number)
    require("documents.change", document)
    form = BringBackForm(request.POST, request.FILES) if request.method == "POST" else BringBackForm()
    if form.is_bound and form.is_valid():
        try:
            returning.bring_back(document, **form.cleaned_data)
            messages.success(request, _("The file is back, and others can take it again."))
            return HttpResponseRedirect(addresses.of_record(document))
        except Refused as refused:
            bad(form, refused)
    return _page(request, document, form, _("Bring the file back"))


@present
@get_or_post
def end(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Ending the check-out of somebody else."""
    document = _found(number)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            taking.end(document, reason=form.cleaned_data["reason"])
            messages.success(request, _("The check-out is ended, and who had the file is told."))
            return HttpResponseRedirect(addresses.of_record(document))
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    return _page(request, document, form, _("End the check-out"))


def _page(request: HttpRequest, document: Document, form: forms.Form, title: str) -> HttpResponse:
    above = eyebrow(found_register("documents"), document, linked=True)
    return page_of(request, form, title, addresses.of_record(document), eyebrow=above, lead=document.title)
