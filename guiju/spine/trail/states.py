"""A row's full state as text, field by field, and back (law L2: numbers and dates as strings by field type)."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date, parse_datetime, parse_time

# What stands for a secret on the trail. A row that was restored elsewhere has this in place of the secret, which opens nothing.
LEFT_BEHIND = "sha256:"
SECRET_LENGTH = len(LEFT_BEHIND) + 64  # what the column of a secret holds at least


def personal(field: models.Field) -> models.Field:
    """Declare that a model's field holds personal data: its values lie in a payload of their own, which can be erased."""
    field.holds_personal_data = True  # type: ignore[attr-defined]
    return field


def secret(field: models.Field) -> models.Field:
    """Declare that a field's value is never kept on the trail: only its SHA-256 is, so that a change shows."""
    field.holds_secret = True  # type: ignore[attr-defined]
    return field


def untrailed(field: models.Field, why: str) -> models.Field:
    """Declare that a field is not evidence; `why` is listed with the exceptions in the docs."""
    field.not_on_trail = why  # type: ignore[attr-defined]
    return field


def trailed_fields(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not getattr(declared(field), "not_on_trail", "")]


def declared(field: models.Field) -> models.Field:
    """The field as the product's code declares it: a migration's historical model has lost what was declared here."""
    if field.model.__module__ != "__fake__":
        return field
    try:
        return field_of(apps.get_model(field.model._meta.label), field.name)
    except (LookupError, FieldDoesNotExist):
        return field


def as_text(field: models.Field, value: Any) -> str | None:
    """The one text of a field's value; equal before it is saved and after it is read from either database."""
    if value is None:
        return None
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if isinstance(field, models.ForeignKey):
        return as_text(field.target_field, value)
    value = field.to_python(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        # Not strftime, which writes a year before 1000 with three digits on some systems.
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal) and isinstance(field, models.DecimalField):
        return f"{value:.{field.decimal_places}f}"
    return str(value)


def from_text(field: models.Field, text: str | None) -> Any:
    """The value that `as_text` wrote."""
    if text is None:
        return None
    if isinstance(field, models.JSONField):
        return json.loads(text)
    if isinstance(field, models.ForeignKey):
        return from_text(field.target_field, text)
    match field:
        case models.BooleanField():
            return text == "true"
        case models.DateTimeField():
            return parse_datetime(text)
        case models.DateField():
            return parse_date(text)
        case models.TimeField():
            return parse_time(text)
        case models.UUIDField():
            return UUID(text)
    return field.to_python(text)


def state_of(row: models.Model, fields: Iterable[models.Field] | None = None) -> tuple[dict, dict]:
    """The full state of `row` as (ordinary, personal), each {field name: text or None}."""
    ordinary: dict[str, str | None] = {}
    private: dict[str, str | None] = {}
    for field in trailed_fields(type(row)) if fields is None else fields:
        text = as_text(field, getattr(row, field.attname))
        marks = declared(field)
        if text is not None and getattr(marks, "holds_secret", False) and not text.startswith(LEFT_BEHIND):
            text = LEFT_BEHIND + sha256(text.encode()).hexdigest()
        (private if getattr(marks, "holds_personal_data", False) else ordinary)[field.name] = text
    return ordinary, private


def field_of(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """A concrete field by name."""
    found = model._meta.get_field(name)
    assert isinstance(found, models.Field)
    return found


def target_of(field: models.Field[Any, Any]) -> type[models.Model]:
    """The model that a reference points to."""
    target = field.related_model
    assert isinstance(target, type)
    return target


def kind_of(model: type[models.Model]) -> str:
    """How entries, signatures and links name a model: "documents.document"."""
    return model._meta.label_lower
