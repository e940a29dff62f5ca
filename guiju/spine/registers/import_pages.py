"""The pages of an import: choose a file, see what would happen, bring it in, see how far it is."""

import tempfile
from itertools import islice
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from guiju.lib.spreadsheets import write_csv
from guiju.spine.acts import Refused
from guiju.spine.attachments.forms import AttachmentField
from guiju.spine.jobs.runs import RunState
from guiju.spine.registers import addresses, import_runs
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.editing import bad
from guiju.spine.registers.export_pages import attached
from guiju.spine.registers.forms import form_class
from guiju.spine.registers.importing import Judge, heading, labels
from guiju.spine.registers.models import ImportRun
from guiju.spine.registers.pages import found_register
from guiju.spine.registers.spreadsheet_cells import choices_of

FIRST = 8  # rows shown as they will be
SHOWN = 100  # reasons shown on the page; the file has all that are kept


class SpreadsheetForm(forms.Form):
    file = AttachmentField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("xlsx, or csv in UTF-8 or GB18030; the first row names the columns."),
    )


def choose(request: HttpRequest, organization: str, register: str) -> HttpResponse:
    shown = _importing(register)
    form = SpreadsheetForm(request.POST, request.FILES) if request.method == "POST" else SpreadsheetForm()
    if form.is_bound and form.is_valid():
        try:
            run = import_runs.begin(shown, form.cleaned_data["file"])
            return HttpResponseRedirect(_address(shown, run))
        except Refused as refused:
            form.fields["file"].kept = None  # type: ignore[attr-defined]
            bad(form, refused)
    fields = form_class(shown).base_fields
    said = labels(shown)
    base = addresses.of_register(shown)
    context = {
        "register": {"title": shown.label, "key": shown.key},
        "eyebrow": _eyebrow(shown),
        "form": form,
        "lead": "",
        "token": None,
        "template_urls": [(_("Empty sheet (%(kind)s)") % {"kind": kind}, f"{base}template.{kind}") for kind in ("xlsx", "csv")],
        "columns": [
            *((heading(said[name]), _help(fields.get(name)), _needed(fields.get(name))) for name in shown.imports),
            *((one.label, _("A field of one kind or of several."), False) for one in shown.taken_columns()),
        ],
        "cancel_url": base,
    }
    return render(request, "registers/import.html", context, status=422 if form.is_bound else 200)


def _importing(key: str) -> Register:
    """The register of the address. 404 when nothing can be brought into it; NotPermitted."""
    found = found_register(key, "import")
    if not found.imports:
        raise Http404
    return found


def _help(field: forms.Field | None) -> Any:
    if isinstance(field, forms.ModelChoiceField):
        return _("Number, user name or name.")
    if isinstance(field, forms.ChoiceField):
        return pgettext("list", ", ").join(str(label) for value, label in choices_of(field))
    if isinstance(field, forms.DateField):
        return _("A date like 2026-03-01.")
    return field.help_text if field is not None else _("Empty: the next one.")


def _needed(field: forms.Field | None) -> bool:
    return field is not None and field.required and field.initial in (None, "")


def show(request: HttpRequest, organization: str, register: str, run: UUID) -> HttpResponse:
    """What an import would do; once it is on its way, how far it has come."""
    shown = _importing(register)
    found = _run(shown, run)
    if request.method == "POST" and found.state in (RunState.CHECKED, RunState.FAILED):
        return _asked(request, shown, found)
    if found.state == RunState.CHECKED or (found.state == RunState.FAILED and not found.line and not found.said):
        return render(request, "registers/import_preview.html", _preview(shown, found))
    return render(request, "registers/import_run.html", _progress(shown, found))


def _run(register: Register, run: UUID) -> ImportRun:
    found = ImportRun.objects.filter(pk=run, register=register.key).select_related("file").first()
    if found is None:
        raise Http404
    return found


def _asked(request: HttpRequest, register: Register, run: ImportRun) -> HttpResponse:
    """Check again with other columns, or bring in; other columns are always checked first."""
    if run.state == RunState.FAILED:
        import_runs.start(run, run.mode)
        return HttpResponseRedirect(_address(register, run))
    chosen = request.POST.getlist("columns")
    if len(chosen) == len(run.columns) and chosen != [column["to"] for column in run.columns]:
        known = {*labels(register), ""}
        names = [name if name in known else "" for name in chosen]
        run.columns = [
            {**column, "to": "" if name in names[:at] else name}
            for at, (column, name) in enumerate(zip(run.columns, names, strict=True))
        ]
        import_runs.look(run)
        messages.info(request, _("Checked again with the columns you chose."))
    elif request.POST.get("do") == "run":
        mode = ImportRun.GOOD if request.POST.get("mode") == ImportRun.GOOD else ImportRun.ALL
        try:
            import_runs.start(run, mode)
        except Refused as refused:
            messages.error(request, str(refused))
            return render(request, "registers/import_preview.html", _preview(register, run), status=refused.status)
    else:
        import_runs.look(run)
    return HttpResponseRedirect(_address(register, run))


def _preview(register: Register, run: ImportRun) -> dict[str, Any]:
    said = labels(register)
    options = [("", _("not brought in")), *((name, heading(label)) for name, label in said.items())]
    names, rows = _first_rows(register, run)
    return {
        "register": {"title": register.label},
        "eyebrow": _eyebrow(register),
        "file": {"name": run.file.name, "text": ngettext("%(n)s row", "%(n)s rows", run.total) % {"n": run.total}},
        "counts": [(_("New"), run.new), (_("As they are"), run.same), (_("Do not fit"), run.refused)],
        "columns": [
            {
                "heading": column["heading"],
                "sample": column["sample"],
                "name": "columns",
                "options": [(value, label, value == column["to"]) for value, label in options],
            }
            for column in run.columns
        ],
        "first_headings": [heading(said[name]) for name in names],
        "first_rows": rows,
        "refused": import_runs.told(run, SHOWN),
        "refused_count": run.refused,
        "refused_url": f"{_address(register, run)}refused.csv" if run.refused else "",
        "choices": [
            (ImportRun.ALL, _("All or nothing"), _("Nothing is brought in while a row does not fit."), True),
            (ImportRun.GOOD, _("Good rows only"), _("The others are left out and listed."), False),
        ],
        "can_run": run.new > 0,
        "token": None,
        "cancel_url": addresses.of_register(register),
    }


def _first_rows(register: Register, run: ImportRun) -> tuple[list[str], list[list[str]]]:
    """The first new rows, as their records will say it."""
    names = [column["to"] for column in run.columns if column["to"]]
    judge = Judge(register, [column["to"] for column in run.columns])
    try:
        with import_runs.opened(run.file) as table:
            found = [row for row in judge.judge(islice(table.rows, 3 * FIRST)) if row.new][:FIRST]
    except Refused:
        found = []
    return names, [[_said(judge, name, row.values.get(name)) for name in names] for row in found]


def _said(judge: Judge, name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    return str(dict(choices_of(judge.form.fields[name])).get(value, value))[:200]


def _progress(register: Register, run: ImportRun) -> dict[str, Any]:
    done = run.new + run.same + run.refused
    here = _address(register, run)
    reading = run.state == RunState.CHECKING
    text = _("The file is being checked.") if reading else _("%(done)s of %(total)s rows") % {"done": done, "total": run.total}
    return {
        "register": {"title": register.label},
        "eyebrow": _eyebrow(register),
        "run": {
            "state": RunState.RUNNING if reading else run.state,
            "percent": min(100, 100 * done // max(run.total, 1)),
            "text": text,
            "message": run.said,
            "counts": [(_("Brought in"), run.new), (_("As they are"), run.same), (_("Do not fit"), run.refused)],
        },
        "refused": import_runs.told(run, SHOWN),
        "refused_url": f"{here}refused.csv" if run.refused else "",
        "after": register.after_import() if register.after_import and run.state == RunState.FINISHED else None,
        "refresh_url": here,
        "list_url": addresses.of_register(register),
        "list_label": "",
        "resume_url": here if run.state == RunState.FAILED else "",
    }


def refused_rows(request: HttpRequest, organization: str, register: str, run: UUID) -> HttpResponseBase:
    """All reasons that are kept, as a file."""
    shown = _importing(register)
    found = _run(shown, run)
    stream = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    rows = (
        [one["line"], one["column"], one["value"], one["reason"]] for one in import_runs.told(found, import_runs.KEPT_REASONS)
    )
    write_csv(stream, [_("Line"), _("Column"), _("It says"), _("Why not")], rows)
    stream.seek(0)
    return attached(stream, f"{shown.key}-refused.csv", "csv")


def _address(register: Register, run: ImportRun) -> str:
    return f"{addresses.of_register(register)}import/{run.pk}/"


def _eyebrow(register: Register) -> list[tuple[Any, str]]:
    return [(register.label, addresses.of_register(register)), (_("Import"), "")]
