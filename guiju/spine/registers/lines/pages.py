"""Pages of lines: add one, change one, end one."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guiju.spine.acts import Conflict, NotPermitted, Refused
from guiju.spine.registers import addresses, record_page, values
from guiju.spine.registers import writing as records
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.editing import bad, shown_version
from guiju.spine.registers.form_page import get_or_post, page_of
from guiju.spine.registers.lines import writing
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.registers.pages import found_record, found_register


def _asked(register: str, number: str, key: str) -> tuple[Register, Any, Lines]:
    """What an address names. 404 for what is not there, NotPermitted or Conflict where nothing can be written now."""
    shown = found_register(register)
    lines = next((one for one in shown.lines if one.key == key), None)
    if lines is None:
        raise Http404
    record = found_record(shown, number)
    if not records.current().actor.may(lines.right, record):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))
    if lines.editable is not None and not lines.editable(record):
        raise Conflict(writing.STANDS_STILL)
    return shown, record, lines


def _form(lines: Lines, record: Any, request: HttpRequest, line: Any = None) -> Any:
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = writing.form_class(lines)(*posted, instance=line)
    if hasattr(form, "fit"):
        form.fit(record)
    return form


@get_or_post
def add(request: HttpRequest, organization: str, register: str, number: str, key: str) -> HttpResponse:
    shown, record, lines = _asked(register, number, key)
    base, form = addresses.of_record(record), _form(lines, record, request)
    token = request.POST.get("token") or str(uuid4())
    if request.method == "POST" and form.is_valid():
        try:
            once = records.OnceOnly.of(f"line-{token}")
            cleaned = form.cleaned_data
            records.made_once(lambda: writing.add(lines, record, cleaned), once, lambda pk: lines.model.objects.get(pk=pk))
            messages.success(request, _("It is entered."))
            return HttpResponseRedirect(f"{base}#{lines.key}")
        except Refused as refused:
            bad(form, refused)
    above = record_page.eyebrow(shown, record, linked=True)
    return page_of(request, form, lines.label_add, base, eyebrow=above, lead=values.title_of(record), token=token)


@get_or_post
def change(request: HttpRequest, organization: str, register: str, number: str, key: str, line: UUID) -> HttpResponse:
    shown, record, lines = _asked(register, number, key)
    row = writing.found(lines, record, line)
    if not writing.may_change(lines, row):
        raise Conflict(_("This line is settled and stays as it is."))
    base, form = addresses.of_record(record), _form(lines, record, request, row)
    if request.method == "POST" and form.is_valid():
        try:
            changed = {n: v for n, v in form.cleaned_data.items() if n in form.changed_data}
            writing.change(lines, row, changed, shown_version(request))
            messages.success(request, _("Your change is kept."))
            return HttpResponseRedirect(f"{base}#{lines.key}")
        except Refused as refused:
            bad(form, refused)
    version = request.POST.get("version", "") if request.method == "POST" else row.version
    further: dict[str, Any] = {"version": version, "end_url": "" if lines.kept else "end/"}
    above = record_page.eyebrow(shown, record, linked=True)
    return page_of(request, form, lines.label_one, base, eyebrow=above, lead=str(row), template="registers/line.html", **further)


@require_POST
def end(request: HttpRequest, organization: str, register: str, number: str, key: str, line: UUID) -> HttpResponse:
    _shown, record, lines = _asked(register, number, key)
    writing.end(lines, writing.found(lines, record, line), shown_version(request))
    messages.success(request, _("It no longer holds; it stays in the history."))
    return HttpResponseRedirect(f"{addresses.of_record(record)}#{lines.key}")
