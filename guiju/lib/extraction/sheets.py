"""Workbooks: the names of their sheets and their cells as text."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from guiju.lib.cells import cell_text
from guiju.lib.extraction.cover import cover_of
from guiju.lib.extraction.office import MOST_XML, core_properties, open_package, package_problems
from guiju.lib.extraction.result import MOST_TEXT, Block, Extracted, text_of
from guiju.lib.extraction.titles import looks_like_title, title_of
from guiju.lib.problems import Problem, Unreadable

MOST_CELLS = 500_000
_LONGEST_RATIO = 200


def read_sheets(path: Path, kind: str = "xlsx") -> Extracted:
    """The text of a workbook. Problems: `macros`, `external_links`, `text_cut`, `empty`; raises Unreadable."""
    problems: list[Problem] = []
    of_file = None
    if kind == "xlsx":
        problems, of_file = _package(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise Unreadable("encrypted") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("unreadable", {"reason": type(error).__name__}) from error
    blocks, cut = _rows(workbook)
    with_names = text_of(blocks)
    if cut:
        problems.append(Problem("text_cut", {"characters": len(with_names)}))
    rows = [block for block in blocks if block.level is None]
    if not rows:
        problems.append(Problem("empty"))
    cover = cover_of(rows)
    title = cover.get("title") or title_of(rows, of_file) or _only_cell(rows)
    return Extracted(kind, with_names, title, cover, tuple(problems))


def _package(path: Path) -> tuple[list[Problem], str | None]:
    with open_package(path) as archive:
        for member in archive.infolist():
            if member.file_size > MOST_XML or member.file_size > max(member.compress_size * _LONGEST_RATIO, 50_000_000):
                raise Unreadable("zip_bomb", {"bytes": member.file_size})
        problems = package_problems(archive)
        linked = sum(name.startswith("xl/externalLinks/externalLink") for name in archive.namelist())
        if linked and not any(problem.code == "external_links" for problem in problems):
            problems.append(Problem("external_links", {"count": linked, "kinds": "externalLink", "first": ""}))
        return problems, core_properties(archive).get("title")


def _rows(workbook: CalamineWorkbook) -> tuple[list[Block], bool]:
    blocks: list[Block] = []
    cells = length = 0
    for name, row in _raw_rows(workbook):
        if row is None:
            blocks.append(Block(name, level=9))
            continue
        values = tuple(" ".join(cell_text(value).split()) for value in row)
        cells += len(values)
        length += sum(map(len, values))
        if cells > MOST_CELLS or length > MOST_TEXT:
            return blocks, True
        if any(values):
            blocks.append(Block(cells=tuple(value for value in values if value)))
    return blocks, False


def _raw_rows(workbook: CalamineWorkbook) -> Iterator[tuple[str, Sequence[object] | None]]:
    """The name of each sheet people see, followed by its rows."""
    for metadata in workbook.sheets_metadata:
        if metadata.typ != SheetTypeEnum.WorkSheet or metadata.visible == SheetVisibleEnum.VeryHidden:
            continue
        yield metadata.name, None
        for row in workbook.get_sheet_by_name(metadata.name).iter_rows():
            yield metadata.name, row


def _only_cell(rows: list[Block]) -> str | None:
    """Forms kept as sheets carry their title in the first row, in a cell of its own."""
    for row in rows[:3]:
        if len(row.cells) == 1 and looks_like_title(row.cells[0]):
            return row.cells[0]
    return None
