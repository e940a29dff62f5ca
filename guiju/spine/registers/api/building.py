"""One builder makes the operations of every register. Their words are lazy: they speak the language of each reader."""

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from guiju.spine.registers.api import operations, schema
from guiju.spine.registers.api.brought import carry_out
from guiju.spine.registers.api.declaration import Operation as Brought
from guiju.spine.registers.api.declaration import operations as declared
from guiju.spine.registers.api.opening import BearerToken, opened
from guiju.spine.registers.declaration import Register
from guiju.spine.workflow.table import Transition

Operation = Callable[..., HttpResponseBase]
Shape = Callable[[Operation, Register | None], Operation]
TYPES: dict[str, type] = {"str": str, "slug": str, "int": int, "uuid": UUID}


def routes(register: Register) -> Router:
    """The operations of one register, below /{organization}/{register}/."""
    made = Router(auth=BearerToken(), tags=[register.key])
    name = register.model.__name__
    base, one = f"/{{organization}}/{register.key}/", f"/{{organization}}/{register.key}/{{number}}/"
    read = schema.responses(200, schema.reference(name))

    def add(method: str, path: str, verb: str, summary: Any, operation: Operation, shape: Shape, **described: Any) -> None:
        made.add_api_operation(
            path,
            [method],
            shape(operation, register),
            operation_id=f"{register.key}_{verb}",
            response={next(iter(described["responses"])): None},
            openapi_extra={"summary": summary, **described},
        )

    add("GET", base, "list", _listed(register), operations.list_records, _plain,
        parameters=schema.list_parameters(register), responses=schema.responses(200, schema.page_of(name)))  # fmt: skip
    add("POST", base, "create", register.label_new, operations.create_record, _plain, parameters=[schema.key_parameter()],
        requestBody=schema.body(schema.reference(f"{name}New")),
        responses=schema.responses(201, schema.reference(name), 400, 409, 413, 415))  # fmt: skip
    add("GET", one, "show", register.label_one, operations.show_record, _numbered, parameters=[schema.as_of()], responses=read)
    add("PATCH", one, "change", _("Change"), operations.change_record, _numbered,
        parameters=[schema.version_parameter(required=True)], requestBody=schema.body(schema.reference(f"{name}Change")),
        responses=schema.responses(200, schema.reference(name), 400, 409, 412, 413, 415, 428))  # fmt: skip
    add("GET", f"{one}history/", "history", _("History"), operations.show_history, _numbered,
        parameters=schema.paging(), responses=schema.responses(200, schema.page_of("Entry")))  # fmt: skip
    add("GET", f"{one}history/{{int:sequence}}/proof/", "proof", _("Proof of an entry"), operations.show_proof, _sequenced,
        description=_("That an entry of the history is under the last signed head of the audit trail (RFC 6962)."),
        responses=schema.responses(200, schema.reference("Proof")))  # fmt: skip
    add("GET", f"{one}comments/", "comments", _("Comments"), operations.show_comments, _numbered,
        parameters=schema.paging(), responses=schema.responses(200, schema.page_of("Comment")))  # fmt: skip
    add("POST", f"{one}comments/", "comment", _("Comment"), operations.add_comment, _numbered,
        requestBody=schema.body(schema.reference("CommentNew")),
        responses=schema.responses(201, schema.reference("Comment"), 400, 409, 413, 415))  # fmt: skip
    add("GET", f"{one}files/{{uuid:attachment}}/", "file", _("A file"), operations.send_file, _filed,
        responses=schema.responses(200, None))  # fmt: skip
    if register.prints:
        add("GET", f"{one}print/", "print", _("Print"), operations.print_record, _numbered,
            description=_("A PDF; 202 with a Location while the worker makes one that takes long."),
            parameters=schema.printing(), responses=schema.printed(409))  # fmt: skip
        add("GET", f"{one}print/{{uuid:attachment}}/", "print_file", _("A print that took long"), operations.send_print, _filed,
            responses=schema.printed(409))  # fmt: skip
    for door in register.workflow.steps if register.workflow else ():
        add("POST", f"{one}{door.name}/", door.name, door.label, _step(door), _numbered,
            parameters=[schema.version_parameter(required=False)], description=door.explains,
            requestBody=schema.body(schema.step(door), required=False),
            responses=schema.responses(200, schema.reference(name), 400, 409, 412, 413, 415))  # fmt: skip
    return made


def _list_of(register: Register) -> str:
    return gettext("List: %(register)s") % {"register": register.label}


_listed = lazy(_list_of, str)  # the reader's language, and not that of who came first


def brought() -> Router:
    """What modules bring beside the registers. To be added before these: a word below a register is no number."""
    made = Router(auth=BearerToken())
    # What names a word stands before what takes anything in its place.
    for one in sorted(declared(), key=lambda one: len(one.places)):
        made.add_api_operation(
            f"/{{organization}}/{one.address}",
            [one.method],
            _placed(one),
            operation_id=one.name,
            tags=[one.segments[0]],
            response={one.status: None},
            openapi_extra={"summary": one.summary, **schema.brought(one)},
        )
    return made


def attachments() -> Router:
    """Where files are sent before a record refers to them."""
    made = Router(auth=BearerToken(), tags=["attachments"])
    one_file = schema.of_object({"file": {"type": "string", "format": "binary"}}, ["file"])
    made.add_api_operation(
        "/{organization}/attachments/",
        ["POST"],
        _plain(lambda register, request: operations.add_file(request), None),
        operation_id="attachments_create",
        response={201: None},
        openapi_extra={
            "summary": _("Send a file"),
            "description": _("A record refers to it by its id."),
            "requestBody": schema.body(one_file, media_type="multipart/form-data"),
            "responses": schema.responses(201, schema.reference("Attachment"), 400, 413, 415),
        },
    )
    return made


# The shapes of an address; ninja reads the names of its parts from the signatures.


def _plain(operation: Operation, register: Register | None) -> Operation:
    def view(request: HttpRequest, organization: str) -> HttpResponseBase:
        with opened(request):
            return operation(register, request)

    return view


def _numbered(operation: Operation, register: Register | None) -> Operation:
    def view(request: HttpRequest, organization: str, number: str) -> HttpResponseBase:
        with opened(request):
            return operation(register, request, number)

    return view


def _sequenced(operation: Operation, register: Register | None) -> Operation:
    def view(request: HttpRequest, organization: str, number: str, sequence: int) -> HttpResponseBase:
        with opened(request):
            return operation(register, request, number, sequence)

    return view


def _filed(operation: Operation, register: Register | None) -> Operation:
    def view(request: HttpRequest, organization: str, number: str, attachment: UUID) -> HttpResponseBase:
        with opened(request):
            return operation(register, request, number, attachment)

    return view


def _placed(one: Brought) -> Operation:
    """The view of what a module brings: its signature has the places of its address."""

    def view(request: HttpRequest, organization: str, **parts: Any) -> HttpResponseBase:
        with opened(request):
            return carry_out(one, request, parts)

    places = [("request", HttpRequest), ("organization", str), *((name, TYPES[kind]) for kind, name in one.places)]
    signature = Signature([Parameter(name, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind) for name, kind in places])
    view.__signature__ = signature  # type: ignore[attr-defined]
    return view


def _step(door: Transition) -> Operation:
    def step(register: Register, request: HttpRequest, number: str) -> HttpResponse:
        return operations.take_step(register, door, request, number)

    return step
