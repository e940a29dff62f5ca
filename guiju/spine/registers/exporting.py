"""A list as a spreadsheet: first the columns that can be brought in again, every value exactly, then what a reader wants."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.conf import settings
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_noop as _

from guiju.lib.spreadsheets import Unwritable, write_csv, write_xlsx
from guiju.spine.acts import Refused, current, write
from guiju.spine.jobs.job import enqueue, job
from guiju.spine.jobs.runs import RunState, leaving
from guiju.spine.registers import listing, past
from guiju.spine.registers.declaration import Custom, Register, by_key
from guiju.spine.registers.importing import heading, labels
from guiju.spine.registers.models import ExportRun
from guiju.spine.registers.spreadsheet_cells import cell, in_cells
from guiju.spine.registers.writing import permit

FORMATS = {
    "xlsx": (write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (write_csv, "text/csv; charset=utf-8"),
}
AT_ONCE = 20_000  # rows that are written while the person waits; more are written by the worker
TOGETHER = 1000
KEPT_FOR = timedelta(days=7)


def columns(register: Register) -> list[str]:
    """Those of an import, then the list's others."""
    return [*register.imports, *(name for name in register.columns if name not in register.imports)]


def header(register: Register, names: Sequence[str]) -> list[str]:
    said = labels(register)
    return [heading(said[name] if name in said else register.column(name).verbose_name) for name in names]


def is_large(register: Register, ask: listing.Asked) -> bool:
    """Whether a list is too long to be written while the person waits. Refused for a long one of the past."""
    return current().as_of is None and listing.narrowed(register, ask).order_by()[: AT_ONCE + 1].count() > AT_ONCE


def write_file(stream: BinaryIO, register: Register, ask: listing.Asked, format: str, run: ExportRun | None = None) -> None:
    """Write the list as it is asked for; an act must be open as long as this runs (law L17).

    Refused when the format cannot hold a value, or a list of the past is too long.
    """
    names, customs = columns(register), register.own_columns()
    heads = [*header(register, names), *(custom.label for custom in customs)]
    write_rows(stream, format, heads, _rows(register, names, customs, ask, run))


def write_rows(stream: BinaryIO, format: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write any table. Refused when the format cannot hold a value or as many rows."""
    try:
        FORMATS[format][0](stream, heads, rows)
    except Unwritable as why:
        if why.code == "too_many_rows":
            raise Refused(_("A sheet holds at most %(limit)s rows; narrow the list, or take csv."), why.params) from why
        raise Refused(_("A text on line %(line)s is too long for a cell of Excel; take csv."), why.params) from why


def template(stream: BinaryIO, register: Register, format: str) -> None:
    """The same columns without rows."""
    FORMATS[format][0](stream, [*header(register, register.imports), *(one.label for one in register.taken_columns())], [])


def _rows(
    register: Register, names: Sequence[str], customs: Sequence[Custom], ask: listing.Asked, run: ExportRun | None
) -> Iterator[list[str]]:
    fields = {name: register.column(name) for name in names}
    rows = _records(register, {*fields, *(name for custom in customs for name in custom.needs)}, ask)
    done = 0
    while together := list(islice(rows, TOGETHER)):
        known = {name: in_cells(f.related_model, (row[name] for row in together)) for name, f in fields.items() if f.is_relation}
        for row in together:
            own = [custom.read(row) for custom in customs]
            yield [cell(field, row[name], known.get(name, {})) for name, field in fields.items()] + own
        done += len(together)
        if run is not None:
            _progress(run, done)


def _records(register: Register, fields: set[str], ask: listing.Asked) -> Iterator[dict[str, Any]]:
    """Rows in the order that is asked for, else the oldest first, so that brought in they get the same order again."""
    workflow, today = register.workflow, current().today()
    wanted = {*fields, *(state.follows[1] for state in workflow.states.values() if state.follows)} if workflow else {*fields}
    if current().as_of is not None:
        found: Iterator[dict[str, Any]] = _then(register, wanted, ask)
    else:
        down = "-" if ask.sort.startswith("-") else ""
        order = (f"{down}{ask.column}", f"{down}id") if ask.sort else ("id",)
        found = listing.narrowed(register, ask).order_by(*order).values(*wanted).iterator(chunk_size=TOGETHER)
    for row in found:
        if workflow and "state" in row:
            row["state"] = str(workflow.state_on(row["state"], row.__getitem__, today).label)
        yield row


def _then(register: Register, wanted: set[str], ask: listing.Asked) -> Iterator[dict[str, Any]]:
    rows = list(islice(past.every(register, ask), AT_ONCE + 1))
    if len(rows) > AT_ONCE:
        raise Refused(_("A list of the past has at most %(most)s rows in a file; narrow it."), {"most": AT_ONCE})
    for row in reversed(rows):
        yield {name: getattr(row, register.column(name).attname) for name in wanted}


def _progress(run: ExportRun, done: int) -> None:
    run.done = done
    write(run.save)


# --- Large lists --------------------------------------------------------------------------------------------------


def place(run: ExportRun) -> Path:
    """Where a run's file lies: beside the organization's files, but none of them; it is a copy, and goes after some days."""
    return Path(settings.FILES) / run.organization_id.hex / "exports" / f"{run.pk}.{run.format}"


def start(register: Register, ask: listing.Asked, format: str, query: str) -> ExportRun:
    """Let the worker write a file; those of the organization that are old are taken away."""
    permit(register, "view")
    acting = current()
    assert acting.actor.id is not None
    run = ExportRun(
        organization_id=acting.organization_id,
        person_id=acting.actor.id,
        register=register.key,
        state=RunState.WAITING,
        total=listing.narrowed(register, ask).order_by().count(),
        made_at=acting.now(),
        format=format,
        query=query,
        language=translation.get_language() or settings.LANGUAGE_CODE,
    )

    def starting() -> None:
        run.save()
        enqueue(write_later, str(run.pk))

    write(starting)
    for old in ExportRun.objects.filter(made_at__lt=acting.now() - KEPT_FOR):
        place(old).unlink(missing_ok=True)
    return run


def forget(register: Register) -> None:
    """Remove the lists of a register that are kept here as files: what they copied is being erased. They can be made again."""
    runs = ExportRun.objects.filter(register=register.key)
    for run in runs:
        place(run).unlink(missing_ok=True)
    runs.delete()


@job(name=_("export"))
def write_later(run: str) -> None:
    """Write a run's file, whole or not at all; run twice it is written twice."""
    found = ExportRun.objects.filter(pk=UUID(run), state__in=(RunState.WAITING, RunState.RUNNING)).first()
    register = by_key(found.register) if found else None
    if found is None or register is None:
        return
    found.state = RunState.RUNNING
    write(found.save)
    with leaving(found, place(found)) as half:
        permit(register, "view")
        with translation.override(found.language), half.open("wb") as stream:
            write_file(stream, register, listing.asked(register, QueryDict(found.query), strict=False), found.format, found)
    write(found.save)
