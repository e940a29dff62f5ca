"""What modules bring to the API, carried out: the same order of questions and the same answers as for records."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.forms import BooleanField, ModelForm
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import NotPermitted, Stale, current
from guiju.spine.registers import listing, writing
from guiju.spine.registers.api import binding
from guiju.spine.registers.api.answering import once_of, page_of, refuse_unlisted, respond
from guiju.spine.registers.api.declaration import Call, Listed, Operation
from guiju.spine.registers.api.problems import Problem, error
from guiju.spine.registers.api.reading import json_object, version_asked
from guiju.spine.registers.pages import found_record

ANY: Any = object()  # whatever the version is: If-Match: *


def carry_out(operation: Operation, request: HttpRequest, parts: Mapping[str, Any]) -> HttpResponseBase:
    """The answer to a request; to be called inside the act that its token opened. Raises Refused, Problem, Http404."""
    record = _record(operation, parts)
    call = Call(record, {name: value for name, value in parts.items() if name != "number"})
    if operation.right and not current().actor.may(operation.right, call.record):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))
    return _read(operation, request, call) if operation.method == "GET" else _written(operation, request, call)


def _record(operation: Operation, parts: Mapping[str, Any]) -> Any:
    """The record of the address, which the acting member may see."""
    register = operation.register
    if register is None:
        return None
    writing.permit(register, "view")
    return found_record(register, parts["number"]) if operation.of_record else None


def _read(operation: Operation, request: HttpRequest, call: Call) -> HttpResponseBase:
    words = listing.words_of(request.GET, (*operation.asks, *(("after", "limit") if operation.lists else ())))
    refuse_unlisted(words, operation.asks)
    call = replace(call, query=words, after=words.get("after", ""), limit=listing.limit(words.get("limit", "")))
    found = operation.does(call)
    if operation.file:
        return found
    if not operation.lists or operation.says is None:
        return _answered(operation, call, found)
    if isinstance(found, Listed):
        return respond({"items": operation.says(found.rows), "next": found.next or None})
    return respond(page_of(operation.says(found), operation.lists, call.after, call.limit))


def _written(operation: Operation, request: HttpRequest, call: Call) -> HttpResponse:
    once = once_of(request) if operation.again else None
    if operation.version is not None and not (once is not None and writing.was_done(once)):
        call = replace(call, version=_version_read(operation, request, call))
    given = json_object(request, empty=not operation.form.base_fields)
    call = replace(call, values=_judged(operation, call, given))
    if operation.version is None and operation.again is None:
        made = operation.does(call)
    else:  # one write with the look at its version, or at the key under which it was sent
        made = writing.made_once(lambda: _done(operation, call), once, operation.again)
    if operation.version is not None and call.record is not None:
        call = replace(call, record=type(call.record).objects.get(pk=call.record.pk))
    return _answered(operation, call, made, operation.status)


def _version_read(operation: Operation, request: HttpRequest, call: Call) -> Any:
    """The present version, which is the one that was read; ANY for "*", and where a POST names none."""
    assert operation.version is not None
    version, may_be_any = operation.version(call), operation.method == "POST"
    version_asked(request, version, needed=version is not None and not may_be_any)
    named = request.headers.get("If-Match", "").strip()
    return ANY if named == "*" or (may_be_any and not named) else version


def _done(operation: Operation, call: Call) -> Any:
    """Do it, and before, with the record locked, see that its version is still the one that was read."""
    if operation.version is None:
        return operation.does(call)
    if call.record is not None:
        call = replace(call, record=type(call.record).locked(call.record.pk))
    if call.version is not ANY and operation.version(call) != call.version:
        raise Stale(_("Someone else has changed this since you opened it."))
    return operation.does(replace(call, version=None) if call.version is ANY else call)


def _judged(operation: Operation, call: Call, given: Mapping[str, Any]) -> dict[str, Any]:
    form = operation.form
    if operation.method == "PATCH":
        assert issubclass(form, ModelForm) and operation.changes is not None  # see declaration
        return binding.changed(form(data={}, instance=operation.changes(call)), given)
    if operation.method == "PUT" and (silent := _not_said(operation, given)):
        sentence = _("Say true or false: all of it is set, and what is not said would be taken for no.")
        raise Problem(422, "invalid", sentence, errors=[error(name, "required", sentence) for name in silent])
    return binding.plain_values(form(data={}), given)


def _not_said(operation: Operation, given: Mapping[str, Any]) -> list[str]:
    fields = operation.form.base_fields
    return [name for name, field in fields.items() if isinstance(field, BooleanField) and given.get(name) is None]


def _answered(operation: Operation, call: Call, made: Any, status: int = 200) -> HttpResponse:
    if operation.says is None:
        return HttpResponse(status=204)
    said = operation.says(made)
    if operation.lists:
        return respond({"items": said, "next": None}, status)
    tag = {"ETag": f'"{operation.version(call)}"'} if operation.version is not None else {}
    return respond(said, status, **tag)
