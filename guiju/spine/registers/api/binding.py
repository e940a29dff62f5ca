"""JSON laid over the one form that pages and API share; every refusal at once, in one shape."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_noop as _

from guiju.spine.attachments.forms import AttachmentField
from guiju.spine.registers.api.kinds import kind_of_field
from guiju.spine.registers.api.problems import Problem, error
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.forms import ReasonForm, bound_fields, form_class
from guiju.spine.workflow.table import Transition

Errors = dict[str, dict[str, Any]]


def new_values(register: Register, given: Mapping[str, Any]) -> dict[str, Any]:
    """Cleaned values of a new record; what is not given has the form's own default. Problem 422."""
    return plain_values(form_class(register)(data={}), given)


def changed(form: forms.BaseForm, given: Mapping[str, Any]) -> dict[str, Any]:
    """Cleaned values of the given fields that differ from what the form's own row has. Problem 422.

    Absent keeps, null clears, an unknown name is refused. What stands in fields that are not given is not judged
    again: an owner who has left must not stand against a new title.
    """
    start = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values = _judged(form, start, given, kept=form.fields.keys() - given.keys())
    return {name: value for name, value in values.items() if name in given and _differs(form, name, start[name], given[name])}


def _differs(form: forms.BaseForm, name: str, before: Any, given: Any) -> bool:
    if given is None and isinstance(form.fields[name], AttachmentField):
        return True
    return form.fields[name].has_changed(before, form.data[name])


def step_values(door: Transition, given: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """What a transition asks for, and its reason. Problem 422."""
    values = _judged(step_form(door)(data={}), {}, given)
    return values, values.pop("reason", "")


def step_form(door: Transition) -> type[forms.Form]:
    """The form of a transition: its own fields, and the reason where one is asked."""
    parts = [part for part in (door.form, ReasonForm if door.asks_reason else None) if part]
    return type("StepForm", tuple(parts) or (forms.Form,), {})


def plain_values(form: forms.BaseForm, given: Mapping[str, Any]) -> dict[str, Any]:
    """Cleaned values of any form made with data={}; what is not given has the form's own default. Problem 422."""
    start = {name: value for name in form.fields if (value := form.get_initial_for_field(form.fields[name], name)) is not None}
    return _judged(form, start, given)


def _judged(
    form: forms.BaseForm, start: Mapping[str, Any], given: Mapping[str, Any], kept: frozenset[str] | set[str] = frozenset()
) -> dict[str, Any]:
    if not isinstance(form, forms.ModelForm):
        bound_fields(form)
    read, errors = _read(form, given)
    form.data = {**start, **read}
    errors = {**_errors(form, kept), **errors}
    if errors:
        sentence = _("Some of what was sent does not fit.")
        raise Problem(422, "invalid", sentence, errors=list(errors.values()))
    return form.cleaned_data


def _read(form: forms.BaseForm, given: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
    """The values in the form's own types, and what is wrong with names and types."""
    values: dict[str, Any] = {}
    errors: Errors = {}
    for name, value in given.items():
        if name not in form.fields:
            sentence = Problem(422, "unknown", _("There is no field “%(name)s” to be written here."), {"name": name[:80]})
            errors[name] = error(name, "unknown", sentence)
        elif value is None:
            values[name] = None
        else:
            kind = kind_of_field(form.fields[name])
            try:
                values[name] = kind.read(value)
            except ValueError:
                errors[name] = error(name, "type", kind.expected)
    return values, errors


def _errors(form: forms.BaseForm, kept: frozenset[str] | set[str]) -> Errors:
    """What the form refuses, the first reason of each field."""
    found: Errors = {}
    for name, reasons in form.errors.get_json_data().items():
        code = reasons[0]["code"] or "invalid"
        if name in kept and code == "invalid_choice":
            continue
        field = None if name == NON_FIELD_ERRORS else name
        found[name] = error(field, code, reasons[0]["message"])
    return found
