"""Remarks on a document's page, and the pages on which they are made and answered."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.lib.names import initials
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.models import Document, Remark
from guiju.modules.documents.standing.readers import read_revision
from guiju.spine.acts import Refused, current
from guiju.spine.registers import addresses, values
from guiju.spine.registers.declaration import Included
from guiju.spine.registers.editing import bad
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import Bounded
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.record_page import eyebrow


class RemarkForm(Bounded):
    """A remark; `before` and `after` are filled in by the page when a passage is marked in the text."""

    quote = forms.CharField(
        label=gettext_lazy("Passage"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Mark the words in the text, or copy them here. Empty: the whole document."),
    )
    text = forms.CharField(label=gettext_lazy("Remark"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))
    before = forms.CharField(
        label=gettext_lazy("Words before the passage"), required=False, max_length=500, widget=forms.HiddenInput
    )
    after = forms.CharField(
        label=gettext_lazy("Words after the passage"), required=False, max_length=500, widget=forms.HiddenInput
    )


class AnswerForm(Bounded):
    """What became of a remark."""

    answer = forms.CharField(label=gettext_lazy("Answer"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))


def panel(document: Document) -> SafeString | Included:
    """The remarks on the newest revision, and the form for another while it is being worked on."""
    revision = document.newest()
    if current().as_of is not None or read_revision(document).label != revision.label:
        return mark_safe("")
    found = remarks.of(revision) if remarks.on(document) else []
    may = document.state in ("draft", "in_review") and current().actor.may("documents.comment", document)
    if not found and not may:
        return mark_safe("")
    text = remarks.plain(revision) if any(one.quote for one in found) else ""
    base = addresses.of_record(document)
    context = {
        "remarks": [_shown(document, one, remarks.stands(one, text), base) for one in found],
        "form": RemarkForm() if may else None,
        "url": f"{base}remark/",
        "answered": any(one.resolved_at is not None and one.quote and remarks.stands(one, text) for one in found),
        "open": sum(one.resolved_at is None for one in found),
    }
    return Included("documents/remarks.html", context)


def _shown(document: Document, remark: Remark, stands: bool, base: str) -> dict[str, Any]:
    answerable = (
        remark.resolved_at is None and document.state != "disposed" and remarks.may_answer(document, remark.revision, remark)
    )
    return {
        "id": str(remark.pk),
        "name": str(remark.made_by),
        "initials": initials(str(remark.made_by)),
        "when": values.when(remark.made_at),
        "quote": remark.quote,
        "before": remark.before,
        "after": remark.after,
        "stands": stands,
        "text": remark.text,
        "answer": remark.answer,
        "answered": _("%(who)s, %(when)s") % {"who": remark.resolved_by, "when": values.when(remark.resolved_at)}
        if remark.resolved_at
        else "",
        "answer_url": f"{base}remarks/{remark.pk}/" if answerable else "",
    }


@get_or_post
def make(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """A remark on a passage."""
    register = found_register("documents")
    document = found_record(register, number)
    form = (
        RemarkForm(request.POST)
        if request.method == "POST"
        else RemarkForm(initial={"quote": request.GET.get("quote", "")[:2000]})
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = remarks.make(document, **form.cleaned_data)
            return HttpResponseRedirect(f"{addresses.of_record(document)}#remark-{made.pk}")
        except Refused as refused:
            if refused.status == 403:
                raise
            bad(form, refused)
    above, back = eyebrow(register, document, linked=True), addresses.of_record(document)
    return page_of(request, form, _("Remark on a passage"), back, eyebrow=above, lead=document.title)


@get_or_post
def answer(request: HttpRequest, organization: str, number: str, remark: UUID) -> HttpResponse:
    """What became of a remark."""
    register = found_register("documents")
    document = found_record(register, number)
    found = Remark.objects.filter(pk=remark, revision__document=document.pk).first()
    if found is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remarks.answer(document, remark, form.cleaned_data["answer"])
            messages.success(request, _("The remark is answered."))
            return HttpResponseRedirect(f"{addresses.of_record(document)}#remark-{remark}")
        except Refused as refused:
            if refused.status in (403, 404):
                raise
            bad(form, refused)
    above, back = eyebrow(register, document, linked=True), addresses.of_record(document)
    return page_of(request, form, _("Answer a remark"), back, eyebrow=above, lead=found.text)
