"""What each operation does, for any register; called inside the act that the token opened."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import NotPermitted, Refused, current
from guiju.spine.attachments.services import keep
from guiju.spine.records import services as records
from guiju.spine.registers import addresses, files, listing, past, printing, record_page, writing
from guiju.spine.registers.api import binding, schema, shown
from guiju.spine.registers.api.answering import once_of, page_of, printed, refuse_unlisted, respond, run_said
from guiju.spine.registers.api.problems import Problem, error
from guiju.spine.registers.api.reading import json_object, one_file, version_asked
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.forms import CommentForm, form_class
from guiju.spine.registers.pages import found_record
from guiju.spine.trail import proofs
from guiju.spine.trail.states import kind_of
from guiju.spine.workflow.perform import open_or_refuse, perform
from guiju.spine.workflow.table import Transition


def list_records(register: Register, request: HttpRequest) -> HttpResponse:
    writing.permit(register, "view")
    ask = listing.asked(register, request.GET, strict=True)
    if current().as_of is None:
        rows, key = listing.found(register, ask)
    elif ask.sort:
        raise Refused(_("The past is listed newest first; it cannot be sorted."))
    else:
        rows, key = past.found(register, ask)
    return respond({"items": shown.many(register, rows), "next": key or None})


def create_record(register: Register, request: HttpRequest) -> HttpResponse:
    writing.permit(register, "create")
    given, once = json_object(request), once_of(request)
    try:
        record = writing.create(register, binding.new_values(register, given), once)
    except Problem:
        # Sent again, the same content may not fit any more: its file belongs to the record that came of it.
        if once is None or (found := writing.made_before(register, once)) is None:
            raise
        record = found
    return _record(shown.one(register, record), 201, Location=f"{request.path}{addresses.in_address(record.number or '')}/")


def show_record(register: Register, request: HttpRequest, number: str) -> HttpResponse:
    return _record(shown.with_doors(register, _found(register, number)))


def _found(register: Register, number: str) -> Any:
    writing.permit(register, "view")
    return found_record(register, number)


def _record(content: dict[str, Any], status: int = 200, **headers: str) -> HttpResponse:
    return respond(content, status, ETag=f'"{content["version"]}"', **headers)


def change_record(register: Register, request: HttpRequest, number: str) -> HttpResponse:
    record = _found(register, number)
    writing.permit(register, "change", record)
    version = version_asked(request, record.version, needed=True)
    given = json_object(request)
    writing.refuse_unless_editable(register, record)
    values = binding.changed(form_class(register)(data={}, instance=record), given)
    return _record(shown.with_doors(register, writing.change(register, record, values, version)))


def take_step(register: Register, door: Transition, request: HttpRequest, number: str) -> HttpResponse:
    """A transition. A token never signs; right and doors are asked before what the step asks for."""
    record = _found(register, number)
    workflow = register.workflow
    assert workflow is not None
    version = version_asked(request, record.version, needed=False)
    if door.signs is not None and current().actor.by_token:
        raise NotPermitted(_("This step is signed and needs a person: a token cannot sign."))
    if not current().actor.may(f"{workflow.subject}.{door.name}", record):
        raise NotPermitted(_("You do not have the right to this step. Ask who administers roles."))
    open_or_refuse(workflow, door, record)
    inputs, reason = binding.step_values(door, json_object(request, empty=True))
    done = perform(workflow, record, door.name, inputs=inputs, reason=reason, version=version)
    return _record(shown.with_doors(register, done))


def show_history(register: Register, request: HttpRequest, number: str) -> HttpResponse:
    told = shown.history(register, _found(register, number))
    return respond(_page(request, told, "sequence"))


def show_proof(register: Register, request: HttpRequest, number: str, sequence: int) -> HttpResponse:
    """That an entry of the record's history is under a signed head; the same right as for the history."""
    rows = record_page.rows_of(register, _found(register, number))
    proof = proofs.of_record({row.pk: kind_of(type(row)) for row in rows}, sequence)
    return respond(proof.as_json())


def show_comments(register: Register, request: HttpRequest, number: str) -> HttpResponse:
    rows = records.comments(_found(register, number))
    if (instant := current().as_of) is not None:
        rows = rows.filter(made_at__lte=instant)
    return respond(_page(request, [shown.comment(row) for row in reversed(rows)], "id"))


def _page(request: HttpRequest, items: Sequence[dict[str, Any]], key: str) -> dict[str, Any]:
    """Items, newest first, from the key `after` on, with the key of the next page."""
    words = listing.words_of(request.GET, ("after", "limit", "as_of"))
    return page_of(items, key, words.get("after", ""), listing.limit(words.get("limit", "")))


def add_comment(register: Register, request: HttpRequest, number: str) -> HttpResponse:
    record = _found(register, number)
    writing.permit(register, "comment", record)
    values = binding.plain_values(CommentForm(data={}), json_object(request))
    return respond(shown.comment(writing.comment(register, record, values["text"])), 201)


def send_file(register: Register, request: HttpRequest, number: str, attachment: UUID) -> FileResponse:
    return files.sent(files.found(_found(register, number), attachment))


def print_record(register: Register, request: HttpRequest, number: str) -> HttpResponseBase:
    """The PDF, or 202 and where to ask for it; what can be asked for is said when it is not."""
    record = _found(register, number)
    words = listing.words_of(request.GET, ("part", "language", "sealed", "reason", "as_of"))
    refuse_unlisted(words, {one["name"]: one["schema"] for one in schema.printing()})
    parts = printing.parts(register, record)
    wanted = request.GET.get("part", "")
    if wanted and wanted not in (str(part) for part, _words in parts):
        raise Problem(422, "part", _("There is no such part to print."))
    part = int(wanted) if wanted else parts[0][0]
    reason = binding.plain_values(printing.WhatForForm(data={}), {"reason": request.GET.get("reason", "")})["reason"]
    ask = printing.asked(register, record, part, request.GET.get("language", ""), request.GET.get("sealed", ""), reason=reason)
    return printed(ask)


def send_print(register: Register, request: HttpRequest, number: str, attachment: UUID) -> HttpResponseBase:
    record = _found(register, number)
    run = printing.own_run(record, attachment)
    if run.state == "failed":
        raise Problem(409, "print", run.message, run.params)
    if run.state != "finished" or not run.path.exists():
        return respond(run_said(run), 202)
    return printing.sent(run.path.read_bytes(), printing.name_of(record, run.part, run.of))


def add_file(request: HttpRequest) -> HttpResponse:
    """Keep a file that a record will refer to; for whoever may write in some register."""
    writing.permit_somewhere()
    sent = one_file(request, settings.MAX_UPLOAD_BYTES)
    try:
        kept = keep(sent.file, sent.name or "file")
    except Refused as refused:
        if refused.errors:
            raise
        errors = [error("file", refused.code, refused)]
        raise Problem(refused.status, refused.code, refused.key, refused.params, errors=errors) from refused
    return respond({"id": str(kept.pk), "name": kept.name, "size": kept.size, "digest": kept.digest}, 201)
