"""The empty cells of the tables in a form's text: where something is to be filled in."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
LONGEST = 60  # characters of a cell's name
MOST = 200  # cells that are offered


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
    taken: Counter[str] = Counter()
    for line, header, cells in _rows(text.splitlines()):
        for place, content in enumerate(cells[: len(header)]):
            if not content:
                label = _label(header, cells, place)[:LONGEST]
                taken[label] += 1
                found.append(Blank(line, place, f"{label}/{taken[label]}", label))
    return found


def filled_in(text: str, values: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with values in its empty cells, and the names of those that have no such cell."""
    lines = text.splitlines()
    by_key = {blank.key: blank for blank in blanks(text)}
    rows = {line: cells for line, _header, cells in _rows(lines)}
    for key, value in values.items():
        if key in by_key:
            blank = by_key[key]
            rows[blank.line][blank.cell] = re.sub(r"(?<!\\)\|", r"\\|", " ".join(value.split()))
            lines[blank.line] = f"| {' | '.join(rows[blank.line])} |"
    return "\n".join(lines), [key for key in values if key not in by_key]


def _rows(lines: list[str]) -> Iterator[tuple[int, list[str], list[str]]]:
    """(line, header, cells) of each row below a table's rule; what stands in a block of code is no table."""
    header: list[str] = []
    fenced = False
    for number, line in enumerate(lines):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or not line.strip():
            header = []
        elif header:
            cells = _cells(line)
            yield number, header, cells + [""] * (len(header) - len(cells))
        elif number and "|" in lines[number - 1] and "|" in line and _RULE.fullmatch(line):
            header = _cells(lines[number - 1])


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
