"""The empty cells of the tables in a form's text: where something is to be filled in."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_MARK = re.compile(r"[\\`*_\[\]<>&|~!#]")  # what Markdown would take for a mark within a cell
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
LONGEST = 60  # characters of a cell's name
MOST = 600  # cells that are offered


@dataclass(frozen=True)
class Table:
    """A table: the line of its header, what stands in that, and its rows with their lines."""

    line: int
    header: list[str]
    rows: list[tuple[int, list[str]]]


@dataclass(frozen=True)
class Blank:
    """An empty cell: its place in the text, its name, which no other has, and what people call it."""

    line: int
    cell: int
    key: str
    label: str


def blanks(text: str) -> list[Blank]:
    """The empty cells in the order of the text."""
    found: list[Blank] = []
    for number, table in enumerate(tables(text)):
        taken: Counter[str] = Counter()
        apart = f" {number + 1}" if number else ""  # so that a row more in one table renames nothing in the next
        for line, cells in table.rows:
            for place, content in enumerate(cells[: len(table.header)]):
                if not content:
                    label = _label(table.header, cells, place)[:LONGEST]
                    taken[label] += 1
                    found.append(Blank(line, place, f"{label}/{taken[label]}{apart}", label))
    return found


def filled_in(text: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with values in its empty cells, and the names of those that have no such cell."""
    lines = text.splitlines()
    by_key = {blank.key: blank for blank in blanks(text)}
    rows = {line: cells for table in tables(text) for line, cells in table.rows}
    for key, value in values.items():
        if key in by_key:
            blank = by_key[key]
            rows[blank.line][blank.cell] = as_typed(" ".join(value.split()))
            lines[blank.line] = line_of(rows[blank.line])
    return "\n".join(lines), [key for key in values if key not in by_key]


def as_typed(value: str) -> str:
    """A value in Markdown that is shown exactly as it was entered: no star or underscore of it is a mark."""
    return _MARK.sub(lambda mark: f"\\{mark[0]}", value)


def typed(cell: str) -> str:
    """What was entered in a cell, as it stands in the text."""
    return _ESCAPED.sub(r"\1", cell)


def tables(text: str) -> list[Table]:
    """The tables in the order of the text; what stands in a block of code is none."""
    lines, fenced, inside = text.splitlines(), False, False
    found: list[Table] = []
    for number, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or not line.strip():
            inside = False
        elif inside:
            cells = _cells(line)
            found[-1].rows.append((number, cells + [""] * (len(found[-1].header) - len(cells))))
        elif number and "|" in lines[number - 1] and "|" in line and _RULE.fullmatch(line):
            found.append(Table(number - 1, _cells(lines[number - 1]), []))
            inside = True
    return found


def line_of(cells: Sequence[str]) -> str:
    """A row of a table as it is written."""
    return f"| {' | '.join(cells)} |"


def grows(table: Table) -> bool:
    """Whether rows may be added: a table that names its rows has as many as it names."""
    return not table.rows or not any(table.rows[-1][1])


def with_row(text: str, place: int | None = None) -> str:
    """The text with one more empty row in the table at a place, from 0; without a place in each that has no row at all."""
    lines, added = text.splitlines(), 0
    for number, table in enumerate(tables(text)):
        if grows(table) and (number == place or (place is None and not table.rows)):
            last = table.rows[-1][0] if table.rows else table.line + 1
            added += 1
            lines.insert(last + added, line_of([""] * len(table.header)))
    return "\n".join(lines)


def without_empty_rows(text: str, form: str = "") -> str:
    """The text without the empty rows at the end of its tables, but for those that the form itself has."""
    lines, own = text.splitlines(), {tuple(table.header): len(table.rows) for table in tables(form)}
    for table in reversed(tables(text)):
        rows = list(table.rows)
        while len(rows) > own.get(tuple(table.header), 0) and not any(rows[-1][1]):
            del lines[rows.pop()[0]]
    return "\n".join(lines)


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip() for cell in _PIPE.split(inner)]


def _label(header: list[str], cells: list[str], place: int) -> str:
    """A cell is called by the beginning of its row; where there are several, and where there is none, by its column, too."""
    row = cells[0] if place else ""
    if row and len(header) == 2:
        return row
    return " ".join(part for part in (row, header[place]) if part)
