"""Rows of a list as HTML, written in Python since a template for each cell costs more than its content."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.safestring import SafeString, mark_safe

from guiju.spine.acts import current
from guiju.spine.registers import addresses, listing, values
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.markup import dash, escaped, state_badge, title_link
from guiju.spine.trail.states import field_of, target_of

Cell = Callable[[Mapping[str, Any]], str]


def needed(register: Register) -> tuple[str, ...]:
    """The fields a list reads: its columns, and what its states and links are made of."""
    dates = [state.follows[1] for state in register.workflow.states.values() if state.follows] if register.workflow else []
    named_by = getattr(register.model, "named_by", ())
    standing = register.standing.needs if register.standing else ()
    return tuple(
        dict.fromkeys(
            (*register.columns, "number", "title", *named_by, *(["state"] if register.workflow else []), *dates, *standing)
        )
    )


Names = Mapping[str, Mapping[UUID, str]]


def names(register: Register, rows: Iterable[Mapping[str, Any]]) -> Names:
    """For each reference that a list shows or filters by: names by id, of what may be chosen and of what stands in `rows`.

    Asked once per page. What may be chosen, not what is used: to find what is used would cost more with every record.
    """
    rows, found = list(rows), {}
    for name in dict.fromkeys((*register.columns, *register.filters)):
        field = field_of(register.model, name)
        if field.is_relation:
            known = values.offered(target_of(field)) if current().as_of is None else {}  # of then: only what stands there
            strangers = {row[name] for row in rows if name in row} - known.keys() - {None}
            found[name] = known | values.names_of(target_of(field), strangers)
    return found


def html(register: Register, rows: list[dict[str, Any]], names: Names) -> SafeString:
    """The <tr>s of a page."""
    cells = [cell(register, name, names) for name in register.columns]
    return mark_safe("".join(f"<tr>{''.join(make(row) for make in cells)}</tr>" for row in rows))


def headings(register: Register, ask: listing.Asked, url: Callable[..., str]) -> list[tuple[Any, str, str, str]]:
    """(label, address that sorts by it, direction now, css) of each column."""
    made = []
    for name in register.columns:
        address, direction = "", ""
        if name in register.sorts and current().as_of is None:
            direction = "" if ask.column != name else "descending" if ask.sort.startswith("-") else "ascending"
            address = url(sort=f"-{name}" if direction == "ascending" else name, after="")
        made.append((label(register, name), address, direction, _head_css(register, name)))
    return made


def label(register: Register, name: str) -> Any:
    text = str(field_of(register.model, name).verbose_name)
    return text[:1].upper() + text[1:]


def _head_css(register: Register, name: str) -> str:
    return "gj-right" if isinstance(field_of(register.model, name), models.DateField) or name == "revision" else ""


def cell(register: Register, name: str, names: Names) -> Cell:
    """What makes one column's <td> from a row."""
    if name == "number":
        return lambda row: '<td class="gj-num gj-second is-first">' + escaped(row["number"]) + "</td>"
    if name == "title":
        return _title(register)
    if name == "state" and register.workflow:
        return _state(register)
    field = field_of(register.model, name)
    if field.is_relation:
        own = names[name]
        return _simple(lambda row: own.get(row[name], ""), "gj-low" if name == "process" else "")
    if name == "due_on":
        return _due()
    if field.choices:
        labels = {value: str(text) for value, text in field.flatchoices}
        return _simple(lambda row: labels.get(row[name], row[name]), "is-hidden")
    css = "gj-num gj-right is-hidden" if _head_css(register, name) else "is-hidden"
    return _simple(lambda row: values.plain(field, row[name]), css)


def _title(register: Register) -> Cell:
    base = addresses.of_register(register)
    model, named_by = register.model, getattr(register.model, "named_by", ())

    def make(row: Mapping[str, Any]) -> str:
        url = f"{base}{addresses.in_address(row['number'])}/"
        title = str(model(**{name: row[name] for name in named_by})) if named_by else row["title"] or values.untitled()
        words = register.standing.says(row) if register.standing else ""
        beside = f' <span class="gj-second gj-sm gj-block">{escaped(words)}</span>' if words else ""
        return f'<td class="is-wide">{title_link(url, title)}{beside}</td>'

    return make


def _simple(text: Callable[[Mapping[str, Any]], str], css: str) -> Cell:
    begin, nothing = (f'<td class="{css}">' if css else "<td>"), dash()

    def make(row: Mapping[str, Any]) -> str:
        found = text(row)
        return f"{begin}{escaped(found) if found else nothing}</td>"

    return make


def _state(register: Register) -> Cell:
    workflow, today = register.workflow, current().today()
    assert workflow is not None
    drawn = {name: f'<td class="is-state">{state_badge(s.tone, str(s.label))}</td>' for name, s in workflow.states.items()}
    return lambda row: drawn[workflow.state_on(row["state"], row.__getitem__, today).name]


def _due() -> Cell:
    today, nothing = current().today(), f'<td class="gj-num gj-right">{dash()}</td>'

    def make(row: Mapping[str, Any]) -> str:
        on = row["due_on"]
        if on is None:
            return nothing
        tone = listing.due_tone(on, today)
        text = escaped(values.day(on))
        shown = f'<span class="gj-tone-{tone}">{text}</span>' if tone else text
        return f'<td class="gj-num gj-right">{shown}</td>'

    return make


def options(register: Register, name: str, names: Names) -> Iterable[tuple[str, str]]:
    """(value, label) a filter offers: the states, the choices, or the rows a reference may point to."""
    if name == "state" and register.workflow:
        return [(state.name, str(state.label)) for state in register.workflow.states.values()]
    field = field_of(register.model, name)
    if field.is_relation:
        return [(str(pk), text) for pk, text in names[name].items()]
    return [(str(value), str(text)) for value, text in field.flatchoices]
