"""The parts of the OpenAPI description that come from the registers' own forms, fields and workflows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BooleanField
from django.utils.translation import gettext_lazy as _

from guiju.spine.prints.sheets import LANGUAGES
from guiju.spine.registers.api.binding import step_form
from guiju.spine.registers.api.declaration import Operation, operations
from guiju.spine.registers.api.kinds import Schema, schema_of_field, schema_of_model_field
from guiju.spine.registers.api.problems import MEDIA_TYPE
from guiju.spine.registers.api.shown import ALWAYS, stored_fields
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.forms import LONGEST, CommentForm, form_class
from guiju.spine.registers.listing import MOST, PAGE
from guiju.spine.registers.printing import LONGEST_REASON
from guiju.spine.workflow.table import Transition

TEXT: Schema = {"type": "string"}
ID: Schema = {"type": "string", "format": "uuid"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": "string", "format": "date"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
NAMED: Schema = {"$ref": "#/components/schemas/Named"}  # see shown.named


def reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def list_of(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]} if "type" in schema else {"anyOf": [schema, {"type": "null"}]}


def one_of(values: Iterable[str]) -> Schema:
    return {**TEXT, "enum": [str(value) for value in values]}


def of_object(properties: Mapping[str, Schema], required: list[str] | None = None, *, closed: bool = False) -> Schema:
    made: Schema = {"type": "object", "properties": dict(properties)}
    if required:
        made["required"] = required
    if closed:
        made["additionalProperties"] = False
    return made


CHANGED = of_object(
    {
        "name": {**TEXT, "description": _("The name of the field.")},
        "field": {**TEXT, "description": _("What people call the field.")},
        "before": {**or_null(TEXT), "description": _("Null of a long text.")},
        "after": {**or_null(TEXT), "description": _("Null of a long text.")},
        "extent": {**TEXT, "description": _("How much of a long text changed, in words.")},
        "lengths": {
            **or_null(of_object({"before": WHOLE, "after": WHOLE})),
            "description": _("Of a long text: how many characters it had and has."),
        },
    }
)


def page_of(name: str) -> Schema:
    """Items and the key of the next page, to be passed back as `after`."""
    items = {"type": "array", "items": reference(name)}
    return of_object({"items": items, "next": {"type": ["string", "null"]}}, ["items", "next"])


def written(form: type[Any], *, change: bool = False, whole: bool = False) -> Schema:
    """What may be written through a form; for a change, nothing is required and what is given once is left out.

    Where the whole is set, yes or no is to be said.
    """
    fields = form.base_fields
    once = getattr(form, "given_once", ())
    names = [name for name in fields if not (change and name in once)]
    properties = {name: schema_of_field(fields[name], longest=LONGEST) for name in names}
    if change:
        properties = {name: {k: v for k, v in schema.items() if k != "default"} for name, schema in properties.items()}
    required = [name for name in names if fields[name].required and "default" not in properties[name]]
    said = [name for name in names if whole and isinstance(fields[name], BooleanField)]
    properties |= {name: {**properties[name], "type": "boolean"} for name in said}
    required += [name for name in said if name not in required]
    return of_object(properties, [] if change else required, closed=True)


def record(register: Register) -> Schema:
    """A record as it is answered."""
    properties = {name: schema_of_model_field(register.column(name)) for name in (*ALWAYS, *stored_fields(register))}
    if register.workflow:
        properties["state"] = {"type": "string", "enum": list(register.workflow.states)}
    else:
        properties["state"] = {"type": "null"}
    properties |= {name: dict(schema) for name, schema in register.shown_as.items()}
    properties["doors"] = {"type": "array", "items": reference("Door"), "description": _("Only on a record alone.")}
    return of_object(properties)


def components(registers: list[Register]) -> dict[str, Schema]:
    """All named schemas."""
    made: dict[str, Schema] = {
        "Problem": of_object(
            {
                "type": TEXT,
                "title": TEXT,
                "status": {"type": "integer"},
                "detail": TEXT,
                "errors": {
                    "type": "array",
                    "items": of_object({"field": {"type": ["string", "null"]}, "code": TEXT, "message": TEXT}),
                },
                "missing": {"type": "array", "items": TEXT},
            },
            ["type", "title", "status", "detail", "errors", "missing"],
        ),
        "Door": of_object(
            {
                "name": TEXT,
                "open": {"type": "boolean"},
                "signed": {"type": "boolean", "description": _("Signed: only a person can do it, not a token.")},
                "missing": {"type": "array", "items": TEXT},
            }
        ),
        "Named": of_object({"id": ID, "name": TEXT}, ["id", "name"]),
        "Attachment": of_object({"id": ID, "name": TEXT, "size": {"type": "integer"}, "digest": TEXT}),
        "Comment": of_object({"id": ID, "text": TEXT, "made_at": INSTANT, "made_by": ID}),
        "CommentNew": written(CommentForm),
        "Entry": of_object(
            {
                "sequence": {"type": "integer"},
                "at": INSTANT,
                "actor": {**ID, "type": ["string", "null"]},
                "action": TEXT,
                "sentence": TEXT,
                "reason": TEXT,
                "changes": {"type": "array", "items": CHANGED},
            }
        ),
        "Proof": of_object(
            {
                "entry": {**TEXT, "description": _("The entry as it was hashed.")},
                "index": {"type": "integer", "description": _("Its place in the tree, from 0.")},
                "leaf": {**TEXT, "description": _("SHA-256 of a zero byte and the entry.")},
                "path": {"type": "array", "items": TEXT, "description": _("The hashes from the leaf up to the root.")},
                "size": {"type": "integer", "description": _("How many entries were signed.")},
                "root": TEXT,
                "head": {**TEXT, "description": _("The signed head: statement, and signature beside the public key.")},
            }
        ),
    }
    for shape in (one.shape for one in operations() if one.shape):
        made[shape.name] = of_object({**shape.properties, **shape.alone}, list(shape.properties))
    for register in registers:
        name = register.model.__name__
        made[name] = record(register)
        made[f"{name}New"] = written(form_class(register))
        made[f"{name}Change"] = written(form_class(register), change=True)
    return made


def step(door: Transition) -> Schema:
    return written(step_form(door))


def brought(one: Operation) -> dict[str, Any]:
    """What an operation that a module brings is sent and answers."""
    answered = None if one.shape is None else page_of(one.shape.name) if one.lists else reference(one.shape.name)
    reads, versioned = one.method == "GET", one.version is not None and one.method != "GET"
    if reads:
        refused = [409] * one.file
    else:
        needed = versioned and one.method != "POST"
        refused = [400, 409, *([412] * versioned), 413, 415, 422, *([428] * needed)]
    said = printed(*refused) if one.file else responses(one.status, answered, *refused, empty=one.shape is None)
    made: dict[str, Any] = {"responses": said}
    asks = one.asks.items()
    # Empty is as if it were not there, since the form of a page sends it so.
    made["parameters"] = [
        parameter(name, "query", asked.get("title", ""), or_words(_untitled(asked), "")) for name, asked in asks
    ]
    if reads:
        made["parameters"] += paging()[:2] if one.lists else []
    else:
        made["parameters"] += [version_parameter(required=False)] * versioned + [key_parameter()] * bool(one.again)
        if one.form.base_fields:
            sent = written(one.form, change=one.method == "PATCH", whole=one.method == "PUT")
            made["requestBody"] = body(sent, required=bool(sent.get("required")))
    return made | ({"description": one.explains} if one.explains else {})


def _untitled(schema: Schema) -> Schema:
    return {name: value for name, value in schema.items() if name != "title"}


def key_parameter() -> dict[str, Any]:
    described = _("A text of your own: the same request sent again under it makes nothing twice.")
    return parameter("Idempotency-Key", "header", described)


def version_parameter(*, required: bool) -> dict[str, Any]:
    described = _("The ETag that was read: the change is refused when someone else was faster.")
    return parameter("If-Match", "header", described, required=required)


def responses(status: int, schema: Schema | None, *problems: int, empty: bool = False) -> dict[int | str, Any]:
    """What an operation answers: its own schema (None: a file, or nothing where it is `empty`), and problems.

    422 is everywhere: a word in the query that is not known, or a day that is none, is refused and not passed over.
    """
    content = {"application/json": {"schema": schema}} if schema else {"*/*": {"schema": {}}}
    content = {} if empty else content
    trouble = {MEDIA_TYPE: {"schema": reference("Problem")}}
    made: dict[int | str, Any] = {status: {"description": _("Done"), "content": content}}
    for other in sorted({*problems, 401, 403, 404, 422}):
        made[other] = {"description": _("Not done; the problem says why."), "content": trouble}
    return made


def printed(*problems: int) -> dict[int | str, Any]:
    """What an operation answers that prints: the PDF, or where it will be."""
    made = responses(200, None, *problems)
    made[200]["content"] = {"application/pdf": {"schema": {}}}
    waits = of_object({"id": ID, "state": TEXT}, ["id", "state"])
    made[202] = {"description": _("The worker makes it; ask at Location."), "content": {"application/json": {"schema": waits}}}
    return made


def or_words(schema: Schema, *words: str) -> Schema:
    """A value of the query, or one of these words in its place."""
    if "enum" in schema:
        return {**schema, "enum": list(dict.fromkeys((*words, *schema["enum"])))}
    return {"anyOf": [{**TEXT, "enum": list(words)}, schema]} if "format" in schema else schema


def body(schema: Schema, *, required: bool = True, media_type: str = "application/json") -> dict[str, Any]:
    return {"required": required, "content": {media_type: {"schema": schema}}}


def parameter(name: str, place: str, description: Any, schema: Schema | None = None, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": place, "required": required, "schema": schema or TEXT, "description": description}


def list_parameters(register: Register) -> list[dict[str, Any]]:
    """Filters by field name, view, order, words, page."""
    made = [_filter(register, name) for name in register.filters]
    if register.views:
        names = [view.name for view in register.views]
        made.append(parameter("view", "query", _("A view that is saved for all."), {"type": "string", "enum": names}))
    if register.sorts:
        names = [f"{sign}{name}" for name in register.sorts for sign in ("", "-")]
        made.append(
            parameter("sort", "query", _("A minus before the name begins with the last."), {"type": "string", "enum": names})
        )
    made.append(parameter("q", "query", _("Words in number or title.")))
    return made + paging()


def paging() -> list[dict[str, Any]]:
    most = {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE}
    return [
        parameter("limit", "query", _("How many at most."), most),
        parameter("after", "query", _("The key that the page before gave as `next`.")),
        as_of(),
    ]


def as_of() -> dict[str, Any]:
    return parameter("as_of", "query", _("An instant or a day of the past: everything as it was then."))


def printing() -> list[dict[str, Any]]:
    return [
        parameter("part", "query", _("Which part, as a revision's position; without it the one in force."), {"type": "integer"}),
        parameter("language", "query", _("The language of the labels; without it the record's own."), one_of(["", *LANGUAGES])),
        parameter("sealed", "query", _("1: signed with the key of this installation."), one_of(["", "1"])),
        parameter("reason", "query", _("What the print is for; it stands in the history."), TEXT | {"maxLength": LONGEST_REASON}),
    ]


def _filter(register: Register, name: str) -> dict[str, Any]:
    if name == "state" and register.workflow:
        schema = or_words(one_of(register.workflow.states), "")
    else:
        field = register.column(name)
        schema = {k: v for k, v in schema_of_model_field(field).items() if k != "type"} | TEXT
        if field.choices:
            schema["enum"] = [str(value) for value, label in field.flatchoices]
        schema = or_words(schema, "", "-")
    return parameter(name, "query", _("Only those with this value; “-” for those without one."), schema)
