"""A document in another language: read, written, checked."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from guiju.modules.documents.forms import FileOfDocument
from guiju.modules.documents.models import Document, Language
from guiju.modules.documents.page import written
from guiju.modules.translations import parts, prints, services
from guiju.modules.translations.models import Translation
from guiju.organizations.members import require
from guiju.spine.acts import Refused, current
from guiju.spine.attachments.forms import AttachmentField
from guiju.spine.registers import addresses, values
from guiju.spine.registers.editing import bad
from guiju.spine.registers.editor.field import MarkdownInput
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import Bounded
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow
from guiju.spine.workflow.perform import acting_people


class TranslationForm(FileOfDocument, Bounded):
    """A document's title and text in another language."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    text = forms.CharField(
        label=gettext_lazy("Text"),
        required=False,
        widget=MarkdownInput(pictures=True),
        help_text=gettext_lazy("Written in Markdown; or add a file below."),
    )
    file = AttachmentField(
        label=gettext_lazy("File"), required=False, help_text=gettext_lazy("Word, PDF, Excel, Markdown or a picture.")
    )


def _found(number: str, language: str) -> tuple[Any, Document, Translation | None]:
    register = found_register("documents")
    document: Document = found_record(register, number)
    if language not in Language.values or language == Language.OTHER:
        raise Http404
    return register, document, next((one for one in services.of(document) if one.language == language), None)


@present
@require_safe
def read(request: HttpRequest, organization: str, number: str, language: str) -> HttpResponse:
    """A translation like a page; who may write one and finds none is led to writing it."""
    register, document, found = _found(number, language)
    may = current().actor.may("documents.change", document) and language != document.language
    if found is None:
        if not may:
            raise Http404
        return HttpResponseRedirect(f"{parts.address(document, language)}change/")
    context = {
        "document": document,
        "translation": found,
        "eyebrow": eyebrow(register, document, linked=True),
        "html": written(document, found.text),
        "file_url": f"{addresses.of_record(document)}files/{found.file_id}/" if found.file_id else "",
        "standing": parts.standing(found, document),
        "stale": services.is_stale(found, document),
        "lang": "zh-CN" if found.language == Language.CHINESE else found.language,
        "made": _("Translated by %(who)s, %(when)s") % {"who": found.made_by, "when": values.when(found.made_at)},
        "checked": _("Checked by %(who)s, %(when)s") % {"who": found.checked_by, "when": values.when(found.checked_at)}
        if found.checked_at
        else "",
        "change_url": f"{parts.address(document, language)}change/" if may else "",
        "check_url": f"{parts.address(document, language)}check/" if _may_check(found, document) else "",
        "source_url": addresses.of_record(document),
        "print_url": prints.address(document, found),
    }
    return render(request, "translations/read.html", context)


def _may_check(found: Translation, document: Document) -> bool:
    may = current().actor.may("documents.review", document)
    return may and found.checked_at is None and found.made_by_id not in acting_people() and not services.is_stale(found, document)


@present
@get_or_post
def change(request: HttpRequest, organization: str, number: str, language: str) -> HttpResponse:
    """Writing or changing a translation, beside the text that is translated."""
    register, document, found = _found(number, language)
    require("documents.change", document)
    source = document.newest()
    initial = {"title": found.title, "text": found.text} if found else {"title": "", "text": ""}
    form = TranslationForm(request.POST, request.FILES) if request.method == "POST" else TranslationForm(initial=initial)
    form.fields["text"].widget.write_for(document)
    if request.method == "POST" and form.is_valid():
        try:
            services.translate(document, language, form.cleaned_data)
            messages.success(request, _("The translation is kept. Another person should compare it with its source."))
            return HttpResponseRedirect(parts.address(document, language))
        except Refused as refused:
            bad(form, refused)
    return page_of(
        request,
        form,
        _("Translation into %(language)s") % {"language": Language(language).label},
        addresses.of_record(document),
        eyebrow=eyebrow(register, document, linked=True),
        lead=_("Of revision %(label)s, %(title)s") % {"label": source.label, "title": source.title},
        template="translations/change.html",
        source=written(document, source.text),
    )


@require_POST
def check(request: HttpRequest, organization: str, number: str, language: str) -> HttpResponse:
    """Another person has compared it with its source."""
    _register, document, found = _found(number, language)
    if found is None:
        raise Http404
    services.check(found, document)
    messages.success(request, _("That you compared it with its source is kept."))
    return HttpResponseRedirect(parts.address(document, language))
