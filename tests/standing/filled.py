"""A record of any register and its lines, with a word in every text: what holds for all registers is tried on these."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from guiju.spine.acts import current
from guiju.spine.records.models import Record
from guiju.spine.registers.declaration import Register, by_kind
from guiju.spine.trail.states import kind_of

TEXTS = (models.CharField, models.TextField)
OWN = {"id", "version", "organization", "number", "state", "created_at", "created_by", "ended", "position"}


def record(register: Register, word: str) -> Record:
    """A saved record in the first state."""
    made = _row(register.model, word)
    made.save()
    for lines in register.lines:
        line = _row(lines.model, word, lines.model.under(made))
        line.save()
    assert isinstance(made, Record)
    return made


def _row(model: type[models.Model], word: str, given: Mapping[str, Any] = {}) -> Any:
    fields = [field for field in model._meta.concrete_fields if field.name not in {*OWN, *given}]
    made = model(**given, **{field.name: value for field in fields if (value := _value(field, word)) is not None})
    register = by_kind(kind_of(model))
    if register is not None and register.workflow is not None:
        made.state = register.workflow.initial  # type: ignore[attr-defined]
    return made


def _value(field: models.Field, word: str) -> Any:
    """What a field is filled with; None: nothing, or what it has by default."""
    if field.choices:
        return None if field.has_default() or field.blank else field.flatchoices[0][0]
    if isinstance(field, TEXTS):
        return word[: field.max_length] if field.max_length else word
    if field.null or field.has_default():
        return None
    if isinstance(field, models.DateTimeField):
        return current().now()
    if isinstance(field, models.DateField):
        return current().today()
    if isinstance(field, models.DecimalField):
        return 1
    if isinstance(field, models.ForeignKey) and field.related_model is get_user_model():
        return current().actor.person  # type: ignore[attr-defined]
    if isinstance(field, models.ForeignKey):
        other = _row(field.related_model, word)  # type: ignore[arg-type]
        other.save()
        return other
    return None
