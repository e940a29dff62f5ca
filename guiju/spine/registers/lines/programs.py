"""Lines for programs: operations made from the declaration, below each record of the register."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.spine.records.lines import Line
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value, schema_of_model_field
from guiju.spine.registers.declaration import Register, registers
from guiju.spine.registers.lines import writing
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.trail.states import field_of


def operations(register: Register) -> Iterator[Operation]:
    """List, add, change and end, of each kind of lines."""
    for lines in register.lines:
        yield from _of(register, lines)


def _of(register: Register, lines: Lines) -> Iterator[Operation]:
    base, name = f"{register.key}/{{number}}/{lines.key}/", f"{register.key}_{lines.key}"
    one, shape, form = f"{base}{{uuid:line}}/", _shape(lines), writing.form_class(lines)

    def row(call: Call) -> Any:
        return writing.found(lines, call.record, call.parts["line"])

    def version(call: Call) -> int:
        return int(row(call).version)

    def said(line: Any) -> dict[str, Any]:
        return _said(lines, line)

    def listed(call: Call) -> list[Any]:
        return writing.rows(lines, call.record)

    yield Operation("GET", base, name, lines.label, does=listed,
        says=lambda rows: [said(line) for line in rows], shape=shape, lists="id")  # fmt: skip
    yield Operation("POST", base, f"{name}_add", lines.label_add, does=lambda call: writing.add(lines, call.record, call.values),
        says=said, shape=shape, right=lines.right, form=form, status=201,
        again=lambda pk: lines.model.objects.filter(pk=pk).first(), explains=lines.explains)  # fmt: skip
    yield Operation("PATCH", one, f"{name}_change", lines.label_one,
        does=lambda call: writing.change(lines, row(call), call.values, call.version),
        says=said, shape=shape, right=lines.right, form=form, changes=row, version=version)  # fmt: skip
    if not lines.kept:
        yield Operation("POST", f"{one}end/", f"{name}_end", _("No longer holds"),
            does=lambda call: writing.end(lines, row(call)), right=lines.right)  # fmt: skip


def _names(lines: Lines) -> list[str]:
    own = [name for name in writing.form_class(lines).base_fields if name in _fields(lines)]
    return list(dict.fromkeys((*own, *lines.columns)))


def _fields(lines: Lines) -> set[str]:
    return {field.name for field in lines.model._meta.concrete_fields}


def _shape(lines: Lines) -> Shape:
    return _shape_of(lines.model, tuple(_names(lines)))


@cache
def _shape_of(model: type[Line], names: tuple[str, ...]) -> Shape:
    """One shape for a model, however many registers have lines of it."""
    own = {name: schema_of_model_field(field_of(model, name)) for name in names}
    return Shape(model.__name__, {"id": schema.ID, "version": schema.WHOLE, **own})


def _said(lines: Lines, line: Any) -> dict[str, Any]:
    own = {name: json_value(getattr(line, (field := field_of(lines.model, name)).attname), field) for name in _names(lines)}
    return {"id": str(line.pk), "version": line.version, **own}


for _register in registers():
    declare(*operations(_register))
