"""Adding, changing and ending lines: the same for pages and API."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.db import IntegrityError
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Conflict, NotFound, NotPermitted, Stale, current, write
from guiju.spine.records.lines import Line
from guiju.spine.registers.forms import RecordForm
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.registers.past import until
from guiju.spine.registers.writing import clash
from guiju.spine.trail.past import as_of

STANDS_STILL = _("In its present state nothing is entered here any more.")


def form_class(lines: Lines) -> type[Any]:
    """The form by which a line is written."""
    return lines.form or forms.modelform_factory(lines.model, form=RecordForm, fields=list(lines.edits))


def rows(lines: Lines, record: Any, *, ended: bool = False) -> list[Any]:
    """The lines of a record in their order, as they are or were; with `ended` also those that no longer hold."""
    found = lines.model.objects.filter(**lines.model.under(record))
    if current().as_of is not None:
        then = [one for one in as_of(lines.model, until(), list(found.values_list("pk", flat=True))) if ended or not one.ended]
        return sorted(then, key=lambda one: (one.position, one.pk))
    if not ended:
        found = found.filter(ended=False)
    return list(found.select_related(*_references(lines)).order_by("position", "id"))


def _references(lines: Lines) -> list[str]:
    """References in the columns, except to people, whom every row would read anew with all that is kept of them."""
    named = [name for name in lines.columns if lines.model._meta.get_field(name).is_relation]
    return named or ([lines.model.below] if lines.model._meta.get_field(lines.model.below).is_relation else [])


def found(lines: Lines, record: Any, line: UUID) -> Any:
    """One line of a record that still holds; NotFound."""
    one = lines.model.objects.filter(**lines.model.under(record), pk=line, ended=False).first()
    if one is None:
        raise NotFound(_("There is no such line here."))
    return one


def may_write(lines: Lines, record: Any) -> bool:
    """Whether the acting member may add lines to a record as it is now."""
    acting = current()
    allowed = acting.as_of is None and acting.actor.may(lines.right, record)
    return allowed and (lines.editable is None or lines.editable(record))


def may_change(lines: Lines, line: Any) -> bool:
    return lines.changeable is None or lines.changeable(line)


def add(lines: Lines, record: Any, values: Mapping[str, Any]) -> Any:
    """A new line from cleaned values. NotPermitted, Conflict where none is taken now, and what `judge` refuses."""

    def adding() -> Any:
        row = _open(lines, record)
        given = {**values, **{n: v for n, v in _begins(lines, row).items() if values.get(n) in (None, "")}}
        _judge(lines, row, given, None)
        made = lines.model(**lines.model.under(row), **_own(lines, given, row, None))
        made.save(action="add_line")
        _after(lines, made)
        return made

    return _written(adding)


def change(lines: Lines, line: Any, values: Mapping[str, Any], version: int | None = None) -> Any:
    """Lay values over a line. Stale besides."""

    def changing() -> Any:
        _open(lines, line.record)
        row = _locked(lines, line, version)
        _judge(lines, row.record, values, row)
        for name, value in _own(lines, values, row.record, row).items() if values else ():
            setattr(row, name, value)
        if values:
            row.save(action="change_line")
            _after(lines, row)
        return row

    return _written(changing)


def end(lines: Lines, line: Any, version: int | None = None) -> Any:
    """Say that a line no longer holds; it stays in the history."""

    def ending() -> Any:
        if lines.kept:
            raise Conflict(_("What is entered here stays."))
        _open(lines, line.record)
        row = _locked(lines, line, version)
        row.ended = True
        row.save(action="end_line")
        _after(lines, row)
        return row

    return _written(ending)


def _begins(lines: Lines, record: Any) -> Mapping[str, Any]:
    return lines.begins(record) if lines.begins is not None else {}


def _open(lines: Lines, record: Any) -> Any:
    """The record, locked, so that what is judged of all its lines is judged by one after the other."""
    if not current().actor.may(lines.right, record):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))
    row = type(record).locked(record.pk)
    if lines.editable is not None and not lines.editable(row):
        raise Conflict(STANDS_STILL)
    return row


def _locked(lines: Lines, line: Any, version: int | None) -> Any:
    row = lines.model.locked(line.pk)
    if row.ended:
        raise NotFound(_("There is no such line here."))
    if version is not None and row.version != version:
        raise Stale(_("Someone else has changed this since you opened it."))
    if not may_change(lines, row):
        raise Conflict(_("This line is settled and stays as it is."))
    return row


def _judge(lines: Lines, record: Any, values: Mapping[str, Any], line: Line | None) -> None:
    if lines.judge is not None:
        lines.judge(record, values, line)


def _after(lines: Lines, line: Any) -> None:
    if lines.written is not None:
        lines.written(line)


def _own(lines: Lines, values: Mapping[str, Any], record: Any, line: Line | None) -> dict[str, Any]:
    """What is kept of the values: those that are fields of the line, since a form may ask for more for `judge`."""
    prepared = lines.prepare(values, record, line) if lines.prepare is not None else values
    names = {name for field in lines.model._meta.concrete_fields for name in (field.name, field.attname)}
    return {name: value for name, value in prepared.items() if name in names}


def _written(make: Any) -> Any:
    try:
        return write(make)
    except IntegrityError as error:
        raise clash(error) from error
