"""What a form's field is in JSON: its schema, which values fit, and what the form is given for one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from guiju.spine.attachments.forms import AttachmentField
from guiju.spine.trail.states import as_text

Schema = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One way in which values are written; `read` gives the form's value or raises ValueError."""

    schema: Schema
    read: Callable[[Any], Any]
    expected: Any


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value


def _id(value: Any) -> str:
    return str(UUID(_text(value)))


def _choice(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise ValueError
    return str(value)


def _several(value: Any) -> list[str]:
    if not isinstance(value, list):
        raise ValueError
    return [_choice(one) for one in value]


def _wholes(value: Any) -> list[int]:
    if not isinstance(value, list):
        raise ValueError
    return [_whole(one) for one in value]


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError
    return str(value) if isinstance(value, str) else repr(value)


def _day(value: Any) -> date:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        raise ValueError
    return date.fromisoformat(value)


def _instant(value: Any) -> datetime:
    found = parse_datetime(value) if isinstance(value, str) else None
    if found is None or found.tzinfo is None:
        raise ValueError
    return found


def _time(value: Any) -> time:
    return time.fromisoformat(_text(value))


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError
    return value


TEXT = Kind({"type": "string"}, _text, _("A text is expected here."))
UUID_TEXT = Kind({"type": "string", "format": "uuid"}, _id, _("An id is expected here, as text."))
FILE = Kind({"type": "string", "format": "uuid"}, _id, _("A file is named by the id of its upload, as text."))
UUIDS = Kind({"type": "array", "items": {"type": "string", "format": "uuid"}}, _several, _("A list of ids is expected here."))
CHOICE = Kind({"type": "string"}, _choice, _("One of the choices is expected here."))
CHOICES = Kind({"type": "array", "items": {"type": "string"}}, _several, _("A list of choices is expected here."))
WHOLES = Kind({"type": "array", "items": {"type": "integer"}}, _wholes, _("A list of whole numbers is expected here."))
TRUTH = Kind({"type": "boolean"}, _truth, _("true or false is expected here."))
WHOLE = Kind({"type": "integer"}, _whole, _("A whole number is expected here."))
DECIMAL = Kind({"type": ["string", "number"]}, _number, _("A number is expected here."))
NUMBER = Kind({"type": "number"}, _number, _("A number is expected here."))
DAY = Kind({"type": "string", "format": "date"}, _day, _("A date is written like 2026-03-01."))
INSTANT = Kind({"type": "string", "format": "date-time"}, _instant, _("An instant is written like 2026-03-01T12:00:00+08:00."))
OBJECT = Kind({"type": "object"}, _object, _("An object is expected here."))
TIME = Kind({"type": "string", "format": "time"}, _time, _("A time is written like 12:30."))

# The first that a field is an instance of: the special before the general.
OF_FIELDS: tuple[tuple[type[forms.Field], Kind], ...] = (
    (AttachmentField, FILE),
    (forms.ModelMultipleChoiceField, UUIDS),
    (forms.ModelChoiceField, UUID_TEXT),
    (forms.TypedMultipleChoiceField, WHOLES),  # the only type that is chosen so
    (forms.MultipleChoiceField, CHOICES),
    (forms.ChoiceField, CHOICE),
    (forms.BooleanField, TRUTH),
    (forms.FloatField, NUMBER),
    (forms.DecimalField, DECIMAL),
    (forms.IntegerField, WHOLE),
    (forms.DateTimeField, INSTANT),
    (forms.DateField, DAY),
    (forms.TimeField, TIME),
    (forms.UUIDField, UUID_TEXT),
    (forms.JSONField, OBJECT),
    (forms.CharField, TEXT),
)


def kind_of_field(field: forms.Field) -> Kind:
    """How a field's values are written. TypeError for a field that the API has no way to write yet."""
    for cls, kind in OF_FIELDS:
        if isinstance(field, cls):
            return kind
    raise TypeError(f"{type(field).__name__} has no form in JSON: give it one in registers/api/kinds.py")


def schema_of_field(field: forms.Field, *, longest: int | None = None) -> Schema:
    """The JSON schema of a field, from its own choices, limits, label and help."""
    kind = kind_of_field(field)
    made = {**kind.schema}
    if kind in (CHOICE, CHOICES) and not isinstance(field, forms.ModelChoiceField):
        values = [str(value) for value, label in _flat(field.choices) if value not in ("", None)]  # type: ignore[attr-defined]
        made = {"type": "array", "items": {"type": "string", "enum": values}} if kind is CHOICES else {**made, "enum": values}
    if kind is not OBJECT and isinstance(field, forms.CharField) and (most := field.max_length or longest):
        made["maxLength"] = most
    if kind is TEXT and field.required:
        made["minLength"] = 1
    if kind is WHOLE:
        limits = {"minimum": getattr(field, "min_value", None), "maximum": getattr(field, "max_value", None)}
        made |= {name: limit for name, limit in limits.items() if limit is not None}
    if field.label:
        made["title"] = field.label
    if field.help_text:
        made["description"] = field.help_text
    initial = field.initial() if callable(field.initial) else field.initial
    if initial not in (None, ""):
        made["default"] = json_value(initial)
    if not field.required:
        made = _or_null(made)
    return made


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    made: list[tuple[Any, Any]] = []
    for value, label in choices:
        made += _flat(label) if isinstance(label, list | tuple) else [(value, label)]
    return made


def _or_null(schema: Schema) -> Schema:
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    made = {**schema, "type": [*types, "null"]}
    if "enum" in made:
        made["enum"] = [*made["enum"], None]
    return made


def json_value(value: Any, field: models.Field | None = None) -> Any:
    """A value as JSON has it: dates ISO 8601, instants RFC 3339 in UTC, ids and decimals as text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal) and field is not None:
        return as_text(field, value)
    if isinstance(value, dict):
        return {name: json_value(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(inner) for inner in value]
    return str(value)


def schema_of_model_field(field: models.Field) -> Schema:
    """The JSON schema of a stored value."""
    match field:
        case models.ForeignKey() | models.UUIDField():
            made: Schema = {"type": "string", "format": "uuid"}
        case models.BooleanField():
            made = {"type": "boolean"}
        case models.IntegerField():
            made = {"type": "integer"}
        case models.FloatField():
            made = {"type": "number"}
        case models.DateTimeField():
            made = {"type": "string", "format": "date-time"}
        case models.JSONField():
            made = {**OBJECT.schema}
        case models.DateField():
            made = {"type": "string", "format": "date"}
        case _:
            made = {"type": "string"}
    return _or_null(made) if field.null else made
