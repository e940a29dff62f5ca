"""The page on which a form is filled in: what it asks, ready to be written, and nothing else in the way."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext

from guiju.modules.documents.filling import blanks, columns, making
from guiju.modules.documents.filling.controls import LONGEST, control
from guiju.modules.documents.filling.filled import revision_to_fill
from guiju.modules.documents.forms import FileOfDocument
from guiju.modules.documents.models import Document
from guiju.modules.documents.page import LANG, written
from guiju.modules.kinds import services as kinds
from guiju.modules.kinds.custom import MoreField, judged
from guiju.modules.kinds.models import Kind
from guiju.modules.processes.models import Process
from guiju.organizations.members import require
from guiju.organizations.models import Department
from guiju.spine.acts import Refused
from guiju.spine.attachments.forms import AttachmentField
from guiju.spine.registers import addresses, writing
from guiju.spine.registers.editing import bad
from guiju.spine.registers.editor.field import MarkdownInput
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.forms import Bounded
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.registers.present import present
from guiju.spine.registers.record_page import eyebrow

FOLDED = ("number", "process", "department")
CELL = "cell-"  # before the name of a cell's control
EMPTY = re.compile(r'<td( class="[^"]*")?></td>')


class FillForm(FileOfDocument, Bounded):
    """What is filled in. All of it may be left as the form says it."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Empty: that of the form, and the day."),
    )
    more = MoreField()
    text = forms.CharField(label=gettext_lazy("Text"), required=False, widget=MarkdownInput(pictures=True))
    file = AttachmentField(label=gettext_lazy("Filled-in file"), required=False)
    number = forms.CharField(
        label=gettext_lazy("Number"), max_length=60, required=False, help_text=gettext_lazy("Empty: the next of this kind.")
    )
    process = forms.ModelChoiceField(Process.objects.all(), label=gettext_lazy("Process"), required=False)
    department = forms.ModelChoiceField(Department.objects.filter(closed=False), label=gettext_lazy("Department"), required=False)

    field_order = ("title", "more", "text", "file", *FOLDED)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        try:
            cleaned["more"] = judged(kinds.fields(Kind.RECORD), cleaned.get("more") or {})
        except forms.ValidationError as error:
            self.add_error("more", error)
        return cleaned


@present
@get_or_post
def fill(request: HttpRequest, organization: str, number: str) -> HttpResponse:
    """Filling in a form that is in force."""
    require(making.RIGHT)
    register = found_register("documents")
    document: Document = found_record(register, number)
    if request.method == "POST":
        once = writing.OnceOnly.of(request.POST["token"]) if request.POST.get("token") else None
        if once is not None and (before := writing.made_before(register, once)):
            return HttpResponseRedirect(addresses.of_record(before))
        form = FillForm(request.POST, request.FILES)
        if "add_row" in request.POST:
            return _with_row(request, document, form)
        if form.is_valid():
            try:
                values = form.cleaned_data | {"text": _with_cells(request, form.cleaned_data["text"])}
                made = writing.made_once(lambda: making.fill(document, values), once, None)
                messages.success(request, _("%(number)s is kept.") % {"number": made.number})
                return HttpResponseRedirect(addresses.of_record(made))
            except Refused as refused:
                bad(form, refused)
    else:
        form = FillForm(initial=making.begun(document))
    return _page(request, document, form)


def _with_row(request: HttpRequest, document: Document, form: FillForm) -> HttpResponse:
    """The page once more, with all that was entered and one row more in a table; nothing is judged yet."""
    text, place = request.POST.get("text", "").replace("\x00", ""), request.POST["add_row"]
    form.full_clean()  # so that a file that was sent is kept
    form.errors.clear()
    longer = blanks.with_row(text, int(place)) if place.isascii() and place.isdigit() and len(place) < 4 else text
    if len(blanks.blanks(longer)) > blanks.MOST:
        form.add_error(None, _("A form has at most %(most)s cells to be filled in here.") % {"most": blanks.MOST})
        longer = text
    form.data = {**form.data.dict(), "text": longer}  # type: ignore[attr-defined]
    return _page(request, document, form, added=True)


def _given(request: HttpRequest) -> dict[str, str]:
    """What was entered in the empty cells of the form's tables, by their names."""
    given = {name.removeprefix(CELL): value for name, value in request.POST.items() if name.startswith(CELL)}
    return {key: str(value).replace("\x00", "")[:LONGEST] for key, value in given.items() if str(value).strip()}


def _with_cells(request: HttpRequest, text: str) -> str:
    """The text with what was entered in its cells. Refused where the text was changed so that a cell is gone."""
    made, lost = blanks.filled_in(columns.plain(text), given) if (given := _given(request)) else (text, [])
    if lost:
        sentence = gettext_noop("What you filled in has no place in the text any more: %(cells)s")
        names = pgettext("list", ", ").join(key.rpartition("/")[0] for key in lost)
        raise Refused(sentence, {"cells": names}, errors={"text": [sentence]})
    return made


def _fillable(document: Document, asking: str, text: str, given: Mapping[str, str], judged: bool) -> SafeString | str:
    """The form as it looks, with a control in each empty cell; empty where it has none, or they cannot be told apart.

    `asking` is the form's own text, which says what is asked of each cell; with `judged` what does not fit is marked.
    """
    text = columns.plain(text)
    html, found = str(written(document, text)), blanks.blanks(text)
    if not found or len(found) > blanks.MOST or len(EMPTY.findall(html)) != len(found):
        return ""
    asked = columns.by_cell(asking, text)
    begun = {one.line for one in found if given.get(one.key)} | {line for t in blanks.tables(text) for line, c in t.rows if c[0]}
    controls = iter(
        control(
            f"{CELL}{one.key}",
            one.label,
            given.get(one.key, ""),
            asked.get((one.line, one.cell)),
            document.language,
            judged and one.line in begun,
        )
        for one in found
    )
    html = EMPTY.sub(lambda cell: f"<td{cell[1] or ''}>{next(controls)}</td>", html)
    return mark_safe(_with_buttons(html, blanks.tables(text)))


def _with_buttons(html: str, tables: list[blanks.Table]) -> str:
    """Below each table that may grow, the way to a row more."""
    parts = html.split("</table>")
    if len(parts) != len(tables) + 1:
        return html
    button = '<button class="btn gj-btn-sm gj-add-row" name="add_row" value="{}" formnovalidate>{}</button>'
    made = [parts[0]]
    for number, table in enumerate(tables):
        made.append("</table>" + (format_html(button, number, _("Add a row")) if blanks.grows(table) else "") + parts[number + 1])
    return "".join(made)


def _page(request: HttpRequest, document: Document, form: FillForm, added: bool = False) -> HttpResponse:
    revision = revision_to_fill(document)
    form.fields["more"].offer(kinds.fields(Kind.RECORD))  # type: ignore[attr-defined]
    form.fields["text"].widget.write_for(document)  # the pictures of the form are shown beside the text
    in_file = bool(revision.file_digest)
    if not in_file:
        form.fields["file"].label = _("File")
    if in_file and not revision.text.strip():
        del form.fields["text"]
        form.fields["file"].required = True  # said beside it; the service asks for it
    words = _("%(number)s, revision %(label)s") % {"number": document.number, "label": revision.label}
    base = addresses.of_record(document)
    # What was sent, and not what was asked: whoever wrote in the text meanwhile finds it so.
    text = form.data.get("text", revision.text) if request.method == "POST" else blanks.with_row(revision.text)
    if request.method != "POST":
        form.initial["text"] = text
    entered, judged = _given(request), request.method == "POST" and not added
    fillable = _fillable(document, revision.text, text.replace("\x00", ""), entered, judged) if "text" in form.fields else ""
    apart = (*FOLDED, "text") if fillable else FOLDED
    return page_of(
        request,
        form,
        document.title,
        base,
        eyebrow=[*eyebrow(found_register("documents"), document, linked=True), (_("Fill in"), "")],
        lead=words,
        template="documents/fill.html",
        shown=[form[name] for name in ("title", "more") if not form[name].is_hidden],
        fillable=fillable,
        lang=LANG.get(document.language, ""),
        whole=form["text"] if fillable else None,
        rest=[field for field in form if field.name not in ("title", "more", *apart)],
        folded=[form[name] for name in FOLDED],
        file_url=f"{base}files/{revision.file_id}/" if in_file else "",
        file_name=revision.file_name,
        token=request.POST.get("token") or str(uuid4()),
        status=200 if added and not form.errors else 0,
        save_label=_("Keep the record"),
    )
