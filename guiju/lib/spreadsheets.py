"""Tables from and to spreadsheets, without change of a value on the way there and back."""

import csv
import io
import re
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from guiju.lib.extraction.reader import Reader
from guiju.lib.extraction.rows import Row, guarded
from guiju.lib.problems import Unreadable

__all__ = ["Table", "Unreadable", "Unwritable", "read_rows", "write_csv", "write_xlsx"]

LONGEST_CELL = 32_767  # characters, by the file format
MOST_ROWS = 1_048_576
# What XML cannot hold, white space that it would change, and what looks like the escape itself.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f]|^[\n\t ]+$|^[\n\t]+|[\n\t]+$|_(?=x[0-9A-Fa-f]{4}_)")
_NO_CHARACTERS = str.maketrans("\ufffe\uffff", "\ufffd\ufffd")  # the format has no way to hold these two


class Unwritable(Exception):
    """The format cannot hold a value: `code` cell_too_long or too_many_rows, with `params`."""

    def __init__(self, code: str, params: dict[str, int]) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Table:
    """`rows` gives the line in the file (from 1) and the values, at least as many as the header has.

    Lines without anything, and empty columns before the first of a workbook, are passed over; values are as a person
    sees them. `sheet` is empty for CSV, `encoding` for workbooks. The rows come from a child process as they are asked
    for; it ends with them.
    """

    header: list[str]
    rows: Iterator[Row]
    sheet: str
    encoding: str


def read_rows(path: Path, name: str, *, seconds: float = 60, megabytes: int = 1024) -> Table:
    """The first sheet of a workbook, or a CSV file (UTF-8, UTF-16, GB18030; comma, semicolon or tab).

    Raises Unreadable at once, or between rows: empty, unreadable, unsupported, encrypted, wrong_encoding, too_large,
    too_many_columns, too_many_rows, cell_too_long, broken_quotes (with `line`), zip_bomb, timeout.
    """
    frames = _frames(path, name, seconds, megabytes)
    head = next(frames)
    return Table(head["header"], _rows(frames), head["sheet"], head["encoding"])


def write_xlsx(stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A workbook with one sheet; every cell is text, so that none is ever a formula.

    Raises Unwritable before anything is written. U+FFFE and U+FFFF, which are no characters, become U+FFFD.
    """
    # Not above: that is a good part of what every process takes to start, for what few requests ask.
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    try:
        for line, row in enumerate(_with_header(header, rows), start=1):
            if line > MOST_ROWS:
                raise Unwritable("too_many_rows", {"limit": MOST_ROWS})
            texts = (_text(value, line, column) for column, value in enumerate(row, start=1))
            sheet.append([_of_text(WriteOnlyCell(sheet), text) for text in texts])
    except BaseException:
        sheet.close()
        raise
    workbook.save(stream)


def write_csv(stream: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """UTF-8 with a mark (Excel needs it), commas; what a spreadsheet would take for a formula has an apostrophe before it."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    writer = csv.writer(text)
    for row in _with_header(header, rows):
        writer.writerow([guarded(value) for value in row])
    text.flush()
    text.detach()


def _frames(path: Path, name: str, seconds: float, megabytes: int) -> Generator[dict, None, None]:
    with Reader(seconds=seconds, megabytes=megabytes) as reader:
        yield from reader.table(path, name)


def _rows(frames: Generator[dict, None, None]) -> Iterator[Row]:
    try:
        for portion in frames:
            yield from ((number, values) for number, values in portion)
    finally:
        frames.close()


def _with_header(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield header
    yield from rows


def _text(value: str, line: int, column: int) -> str:
    """A value as the file holds it; Unwritable where it is too long."""
    if len(value) > LONGEST_CELL:
        raise Unwritable("cell_too_long", {"line": line, "column": column, "limit": LONGEST_CELL})
    escaped = _ESCAPED.sub(lambda match: "".join(f"_x{ord(character):04X}_" for character in match[0]), value)
    return escaped.translate(_NO_CHARACTERS)


def _of_text(cell: Any, text: str) -> Any:
    """An empty cell made to hold a text and nothing else."""
    cell._value, cell.data_type = text, "s"
    return cell
