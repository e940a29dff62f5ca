"""The pages of printing: what will be printed and how, the PDF, and how far a long one has come."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from guiju.spine.jobs.runs import RunState
from guiju.spine.prints import files, making, office
from guiju.spine.prints.models import PrintRun
from guiju.spine.prints.sheets import Sheet
from guiju.spine.registers import addresses, printing, values
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.record_page import eyebrow

PERCENT = {RunState.WAITING: 0, RunState.RUNNING: 40, RunState.FINISHED: 100, RunState.FAILED: 0}


class PrintForm(printing.WhatForForm):
    """How a print is made, and what for."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of the labels"),
        choices=[("en", "English"), ("zh-hans", "中文")],
        help_text=gettext_lazy("The text stays as it was written."),
    )
    sealed = forms.BooleanField(
        label=gettext_lazy("Sign the PDF with the key of this installation"),
        required=False,
        widget=forms.CheckboxInput(attrs={"value": "1"}),
        help_text=gettext_lazy("Any PDF reader can then tell whether a byte of it was changed."),
    )
    field_order = ("language", "reason", "sealed")


def choose(request: HttpRequest, organization: str, register: str, number: str) -> HttpResponse:
    """What a print will be: of which part, in which language, what becomes of its file, what no font has."""
    shown = found_register(register)
    record = found_record(shown, number)
    parts = printing.parts(shown, record)
    part, of = _part(request.GET.get("part", ""), parts)
    ask = printing.asked(shown, record, part, request.GET.get("language", ""), "", of)
    return _page(request, ask, parts, PrintForm(initial={"language": ask.language}))


def _page(request: HttpRequest, ask: printing.Asked, parts: list[tuple[int, str]], form: PrintForm) -> HttpResponse:
    """What is asked before a print, and asked again with status 422 where the answer does not fit."""
    shown, record, part, of, sheet = ask.register, ask.record, ask.part, ask.of, ask.sheet()
    base = f"{addresses.of_record(record)}print/"
    context = {
        "title": _("Print %(what)s") % {"what": record.number},
        "eyebrow": eyebrow(shown, record, linked=True),
        "record": {"number": record.number, "title": values.title_of(record)},
        "action": f"{base}{printing.address_of(part, of)}.pdf",
        "others": [(words, f"{base}?part={one}") for one, words in parts if of or one != part],
        "part_words": _called_here(ask) if of else dict(parts)[part],
        "form": form,
        "mark": sheet.mark,
        "file_name": sheet.file.name if sheet.file else "",
        "way": _way(sheet),
        "cover_only": sheet.file is not None and files.way(sheet.file) == "cover",
        "original": _original(sheet),
        "boxed": [(one.code, one.name) for one in making.boxed(sheet)],
        "slow": making.is_slow(sheet),
    }
    return render(request, "registers/print.html", context, status=422 if form.is_bound else 200)


def _part(text: str, parts: list[tuple[int, str]]) -> tuple[int, str]:
    """What is to be printed: one of the record's own parts, the first when none is named, or what a module above brings."""
    known = [number for number, _words in parts]
    part, of = printing.part_of(text) if text else (known[0], "")
    if not of and part not in known:
        raise Http404
    return part, of


def _called_here(ask: printing.Asked) -> str:
    """What a module above prints, in the language of the page instead of that of the print."""
    sheet = replace(ask, language=get_language() or ask.language).sheet()
    return sheet.control or sheet.revision


def _original(sheet: Sheet) -> dict[str, str] | None:
    """The file as it is, to be laid beside its print."""
    file = sheet.file
    return {"url": file.address, "name": file.name, "digest": file.digest} if file is not None and file.address else None


def _way(sheet: Sheet) -> str:
    """What becomes of the file, in words."""
    if sheet.file is None:
        return _("The text is set on the sheet.")
    words = {
        "pages": _("Its pages follow the cover sheet, each between two strips that say what it is."),
        "office": _("LibreOffice sets its pages; they follow the cover sheet, each between two strips that say what it is."),
        "picture": _("The picture is set on the sheet."),
        "text": _("Its text is set on the sheet."),
    }
    found = words.get(files.way(sheet.file))
    if found is None and sheet.file.ending in office.ENDINGS:
        found = _("LibreOffice is not installed here, so that only a cover sheet with the file's name and digest can be printed.")
    elif found == words["office"] and not office.shut_off():
        found += " " + _("This system cannot take the network from it; it is told of none.")
    return found or _("This kind cannot be set on paper, so that only a cover sheet with its name and digest can be printed.")


def make(request: HttpRequest, organization: str, register: str, number: str, part: str) -> HttpResponseBase:
    """The PDF, or the page of the run that makes it. Each is an entry of the trail, so a HEAD makes none.

    What it is for is taken from the sent form alone: an address that somebody else made puts no words into a mouth.
    """
    shown = found_register(register)
    record = found_record(shown, number)
    parts = printing.parts(shown, record)
    wanted, of = _part(part, parts)
    says = request.POST if request.method == "POST" else request.GET
    ask = printing.asked(shown, record, wanted, says.get("language", ""), says.get("sealed", ""), of)
    if request.method == "POST":
        form = PrintForm(request.POST)
        if not form.is_valid():
            return _page(request, ask, parts, form)
        ask = replace(ask, reason=form.cleaned_data["reason"])
    if request.method == "HEAD":
        return HttpResponse(content_type="application/pdf")
    if printing.is_slow(ask):
        return HttpResponseRedirect(f"{addresses.of_record(record)}print/{printing.start(ask).pk}/")
    return printing.sent(printing.print_now(ask), ask.name)


def show(request: HttpRequest, organization: str, register: str, number: str, run: UUID) -> HttpResponse:
    """How far a long print has come."""
    shown = found_register(register)
    record = found_record(shown, number)
    found = printing.own_run(record, run)
    here = f"{addresses.of_record(record)}print/{found.pk}/"
    context = {
        "title": _("Print %(what)s") % {"what": record.number},
        "eyebrow": eyebrow(shown, record, linked=True),
        "run": _progress(found),
        "refused": [],
        "refused_url": "",
        "refresh_url": here,
        "list_url": f"{here}file/",
        "list_label": _("Download the PDF"),
        "original": _original(printing.sheet_of(shown, record, found)),
        "resume_url": "",
    }
    return render(request, "registers/print_run.html", context)


def _progress(run: PrintRun) -> dict[str, Any]:
    return {"state": run.state, "percent": PERCENT[RunState(run.state)], "text": "", "message": run.said, "counts": []}


def fetch(request: HttpRequest, organization: str, register: str, number: str, run: UUID) -> HttpResponseBase:
    shown = found_register(register)
    record = found_record(shown, number)
    found = printing.own_run(record, run)
    if found.state != RunState.FINISHED or not found.path.exists():
        raise Http404
    return printing.sent(found.path.read_bytes(), printing.name_of(record, found.part, found.of))
