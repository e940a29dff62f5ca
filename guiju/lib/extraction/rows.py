"""Rows out of workbooks and CSV files, as the child process reads them; the rest of the program uses `spreadsheets`."""

import codecs
import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from guiju.lib.cells import cell_text
from guiju.lib.extraction.kinds import kind_of
from guiju.lib.extraction.office import open_package
from guiju.lib.extraction.plain import decode
from guiju.lib.problems import Unreadable

LARGEST_FILE = 100_000_000  # bytes
MOST_UNPACKED = 500_000_000
LARGEST_OPENED = 2_000_000  # bytes of a workbook of which every sheet is opened
MOST_COLUMNS = 300
MOST_ROWS = 1_048_576  # what a sheet can hold
LONGEST_CELL = 100_000  # characters
SAMPLE = 1 << 20
ROWS_TOGETHER = 500
Row = tuple[int, list[str]]
Send = Callable[[dict[str, Any], Any], None]

# A cell that a spreadsheet would take for a formula is written with an apostrophe before it, and so is one that
# begins with apostrophes before such a character; on reading one apostrophe is taken off exactly there.
FORMULA = re.compile("'*(?!-[0-9]+(?:\\.[0-9]+)?$)[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile("'('*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")


def guarded(value: str) -> str:
    """A value as it is safe in a CSV file. Plain negative numbers stay numbers."""
    return f"'{value}" if FORMULA.match(value) or _GUARDED.match(value) else value


def unguarded(value: str) -> str:
    """The value that was guarded."""
    return value[1:] if _GUARDED.match(value) else value


def send_table(path: Path, name: str, send: Send) -> None:
    """Sends header, sheet and encoding, then the rows in portions; raises Unreadable before or between."""
    if path.stat().st_size > LARGEST_FILE:
        raise Unreadable("too_large", {"bytes": path.stat().st_size, "limit": LARGEST_FILE})
    kind = kind_of(path, name)
    if kind in {"xlsx", "xls", "ods"}:
        sheet, raw = _sheet_rows(path, kind)
        encoding = ""
    elif kind in {"csv", "txt", "md"}:
        sheet, encoding = "", _encoding_of(path)
        raw = _csv_rows(path, encoding)
    else:
        raise Unreadable("unsupported", {"kind": kind})
    rows = _bounded(raw)
    header = next(rows, None)
    if header is None:
        raise Unreadable("empty")
    names = [value.strip() for value in _without_empty_end(header[1])]
    send({"table": True}, {"header": names, "sheet": sheet, "encoding": encoding})
    _send_rows(rows, len(names), send)


def _send_rows(rows: Iterator[Row], width: int, send: Send) -> None:
    portion: list[Row] = []
    weight = 0
    for number, values in rows:
        values = _without_empty_end(values)
        values += [""] * (width - len(values))
        portion.append((number, values))
        weight += sum(map(len, values))
        if len(portion) >= ROWS_TOGETHER or weight > 1_000_000:
            send({"rows": True}, portion)
            portion, weight = [], 0
    send({"rows": True}, portion)


def _bounded(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows that hold anything, within limits."""
    for number, values in rows:
        if len(values) > MOST_COLUMNS and len(_without_empty_end(values)) > MOST_COLUMNS:
            raise Unreadable("too_many_columns", {"line": number, "columns": len(values), "limit": MOST_COLUMNS})
        if number > MOST_ROWS:
            raise Unreadable("too_many_rows", {"limit": MOST_ROWS})
        for column, value in enumerate(values, start=1):
            if len(value) > LONGEST_CELL:
                raise Unreadable("cell_too_long", {"line": number, "column": column, "limit": LONGEST_CELL})
        if any(value.strip() for value in values):
            yield number, values


def _without_empty_end(values: Sequence[str]) -> list[str]:
    end = len(values)
    while end and not values[end - 1]:
        end -= 1
    return list(values[:end])


def sheet_names(path: Path) -> bytes:
    """The names of the sheets that people see and that hold anything, as JSON; raises Unreadable.

    In a large workbook sheets are not opened to see whether they are empty: that may take longer than a file is given.
    """
    small = path.stat().st_size <= LARGEST_OPENED
    with _workbook(path, kind_of(path, "")) as workbook:
        names = [
            metadata.name
            for metadata in workbook.sheets_metadata
            if metadata.visible == SheetVisibleEnum.Visible
            and (metadata.typ != SheetTypeEnum.WorkSheet or not small or workbook.get_sheet_by_name(metadata.name).height)
        ]
    return json.dumps(names).encode()


def _sheet_rows(path: Path, kind: str) -> tuple[str, Iterator[Row]]:
    """The first sheet that people see and that holds anything."""
    with _workbook(path, kind) as workbook:
        for metadata in workbook.sheets_metadata:
            if metadata.typ != SheetTypeEnum.WorkSheet or metadata.visible != SheetVisibleEnum.Visible:
                continue
            sheet = workbook.get_sheet_by_name(metadata.name)
            if sheet.height:
                rows = enumerate(sheet.iter_rows(), start=1)
                return metadata.name, ((number, [cell_text(value) for value in row]) for number, row in rows)
    raise Unreadable("empty")


@contextmanager
def _workbook(path: Path, kind: str) -> Iterator[CalamineWorkbook]:
    """An opened workbook; what is wrong with it is Unreadable."""
    if kind != "xls":
        with open_package(path) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise Unreadable("zip_bomb", {"bytes": MOST_UNPACKED})
    try:
        yield CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("unreadable", {"reason": type(error).__name__}) from error


def _encoding_of(path: Path) -> str:
    """The encoding in which the whole file can be read, told by its beginning; raises Unreadable("wrong_encoding")."""
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
        _, encoding, certain = decode(sample, cut=len(sample) == SAMPLE)
        for candidate in (encoding, "gb18030") if encoding == "utf-8" else (encoding,):
            if certain and _decodes(stream, candidate):
                return "utf-8-sig" if candidate == "utf-8" else candidate
    raise Unreadable("wrong_encoding", {"encoding": encoding})


def _decodes(stream: io.BufferedReader, encoding: str) -> bool:
    stream.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while piece := stream.read(SAMPLE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(path: Path, encoding: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL * 2)
    with path.open(encoding=encoding, newline="") as stream:
        first = stream.readline(SAMPLE)
        declared = re.match(r"^\ufeff?sep=(.)\r?\n?$", first)
        delimiter = declared[1] if declared else _delimiter(first + stream.read(4000))
        skipped = 1 if declared else 0
        stream.seek(0)
        if declared:
            stream.readline()
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        number = skipped + 1
        try:
            for values in reader:
                yield number, [unguarded(value.removeprefix("\ufeff") if number == 1 else value) for value in values]
                number = skipped + reader.line_num + 1
        except csv.Error as error:
            code = "cell_too_long" if "field larger" in str(error) else "broken_quotes"
            raise Unreadable(code, {"line": number}) from error


def _delimiter(beginning: str) -> str:
    """What parts the first record, outside quotation marks: comma, semicolon or tab."""
    record = ""
    for line in re.sub(r'"(?:[^"]|"")*"', '""', beginning).splitlines():
        record = line
        if line.strip():
            break
    return max(",;\t", key=record.count)
