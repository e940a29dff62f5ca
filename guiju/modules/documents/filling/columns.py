"""What a form asks of the cells of its tables: behind the name of a column, or of a row, stands {number, required}.

The words are those of people: {text}, {number}, {date}, {yes/no}, {choice: passed / failed}, and required; or {数字，必填}. They
are read from the form in force, never from what was sent, and do not stand in the record that is made.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from guiju.modules.documents.filling.blanks import Table, line_of, tables, typed
from guiju.modules.kinds.custom import CustomField, Type, read
from guiju.spine.acts import Refused
from guiju.spine.registers.spreadsheet_cells import DAY, NO, YES, folded

HELP = gettext_lazy(
    "Written in Markdown; or add a file below. The empty cells of its tables are filled in. Behind the name of a column or a row"
    " may stand what is asked: {number, required}, {date}, {yes/no}, {choice: passed / failed}. A table that ends with an empty"
    " row gets as many rows as are needed."
)
MOST_FAULTS = 50  # cells that are named at once
_ASKED = re.compile(r"\s*\{([^{}]*)\}$")
_CHOICE = re.compile(r"(?:choice|one of|选择|选项)\s*[:：]\s*(.+)", re.IGNORECASE)
_TYPES = {
    **dict.fromkeys(("text", "文本", "文字"), Type.TEXT),
    **dict.fromkeys(("number", "数字", "数值"), Type.NUMBER),
    **dict.fromkeys(("date", "日期"), Type.DATE),
    **dict.fromkeys(("yes/no", "yes or no", "是/否", "是否"), Type.YES_NO),
}
_REQUIRED = ("required", "必填")


@dataclass(frozen=True)
class Fault:
    """Why a cell does not fit: the row of its table (from 1, and what it is called), the column, a reason in words."""

    row: int
    called: str
    column: str
    reason: str


def asked(cell: str) -> CustomField | None:
    """What the cell with a name asks of those it names; None where it asks nothing, or in words that are not known."""
    found = _ASKED.search(cell)
    if found is None:
        return None
    kind, required = Type.TEXT, False
    choices: tuple[str, ...] = ()
    for part in re.split(r"[,，;；]", found[1]):
        word = folded(part)
        if word in _REQUIRED:
            required = True
        elif choice := _CHOICE.fullmatch(part.strip()):
            kind, choices = Type.CHOICE, tuple(one.strip() for one in re.split(r"[/／、]", choice[1]) if one.strip())
        elif word in _TYPES:
            kind = _TYPES[word]
        else:
            return None
    return CustomField("", name(cell), type=kind, choices=choices, required=required)


def name(cell: str) -> str:
    """The cell without what it asks."""
    found = _ASKED.search(cell)
    return cell[: found.start()].strip() if found and asked_words(found[1]) else cell


def asked_words(words: str) -> bool:
    """Whether what stands in braces is what a form asks, and not a text of its own."""
    parts = [part.strip() for part in re.split(r"[,，;；]", words)]
    return all(folded(part) in (*_REQUIRED, *_TYPES) or _CHOICE.fullmatch(part) for part in parts)


def plain(text: str) -> str:
    """The text as it is shown and kept: without what the names of columns and rows ask."""
    lines = text.splitlines()
    for table in tables(text):
        _rename(lines, table.line, table.header)
        for line, cells in table.rows:
            if cells and name(cells[0]) != cells[0]:
                lines[line] = line_of([name(cells[0]), *cells[1:]])
    return "\n".join(lines)


def _rename(lines: list[str], line: int, header: list[str]) -> None:
    if [name(cell) for cell in header] != header:
        lines[line] = line_of([name(cell) for cell in header])


def field_of(table: Table, cells: list[str], place: int) -> CustomField | None:
    """What is asked of a cell: by its column, or else by the name of its row."""
    of_column = asked(table.header[place]) if place < len(table.header) else None
    return of_column or (asked(cells[0]) if place and cells else None)


def faults(form: str, text: str) -> list[Fault]:
    """What does not fit of a text that was made with a form's."""
    return [fault for table, same in _matched(form, text) for fault in _of_table(table, same.rows if same is not None else [])]


def _matched(form: str, text: str) -> Iterator[tuple[Table, Table | None]]:
    """The tables of a form, each with the one of the text that has the same columns; None where that was taken out."""
    left = tables(text)
    for table in tables(form):
        names = [name(cell) for cell in table.header]
        same = next((one for one in left if [name(cell) for cell in one.header] == names), None)
        if same is not None:
            left = left[left.index(same) + 1 :]
        yield table, same


def _of_table(table: Table, rows: list[tuple[int, list[str]]]) -> Iterator[Fault]:
    """Rows that the form names are judged whether anybody began them or not; of free ones, those that were, or the first."""
    named = {name(cells[0]): cells for _line, cells in table.rows if cells and cells[0]}
    begun = any(any(cells) for _line, cells in rows)
    for number, (_line, cells) in enumerate(rows, 1):
        own = named.pop(name(cells[0]), None) if cells and cells[0] else None
        judged = own is not None or any(cells) or (not begun and number == 1)
        if judged:
            yield from _of_row(table, number, cells, own)
    for own in named.values():  # rows that were taken out of the text
        yield from _of_row(table, 0, [own[0]], own)
    if not rows and not table.rows:
        yield from _of_row(table, 1, [], None)


def _of_row(table: Table, number: int, cells: list[str], own: list[str] | None) -> Iterator[Fault]:
    for place, head in enumerate(table.header):
        before = own[place] if own is not None and place < len(own) else ""
        field = field_of(table, own or cells, place)
        if before or field is None:
            continue
        value = cells[place] if place < len(cells) else ""
        if (reason := fault_of(field, typed(value))) is not None:
            called = name((own or cells or [""])[0]) if place else ""
            yield Fault(number, called, name(head), reason)


def by_cell(form: str, text: str) -> dict[tuple[int, int], CustomField]:
    """What is asked of the empty cells of a text by their places (line, cell), as its form says it."""
    found = {}
    for table, same in _matched(form, text):
        named = {name(cells[0]): cells for _line, cells in table.rows if cells and cells[0]}
        for line, cells in same.rows if same is not None else ():
            for place in range(len(table.header)):
                if (field := field_of(table, named.get(name(cells[0]), cells), place)) is not None:
                    found[line, place] = field
    return found


def refuse_unfit(form: str, text: str) -> None:
    """Refused with each cell that does not fit what the form asks: row, column, reason."""
    said = []
    for fault in faults(form, text)[:MOST_FAULTS]:
        params = {"row": fault.row or "–", "called": fault.called, "column": fault.column, "why": gettext(fault.reason)}
        named = fault.called and fault.called != fault.column
        pattern = (
            gettext("Row %(row)s (%(called)s), %(column)s: %(why)s") if named else gettext("Row %(row)s, %(column)s: %(why)s")
        )
        said.append(pattern % params)
    if said:
        raise Refused(_("Some cells do not fit what the form asks; all you entered is still here."), errors={"cells": said})


def fault_of(field: CustomField, text: str) -> str | None:
    """Why a cell does not fit, in words; None where it does."""
    word = folded(text)
    if not word:
        return _("this cell must be filled in") if field.required else None
    if field.type == Type.YES_NO and word in (YES | NO):
        return None
    if field.type == Type.DATE and (day := DAY.fullmatch(text.strip())):
        text = f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}"
    try:
        read(field, text)
    except ValueError as fault:
        return str(fault)
    return None
