"""An import's way: checked, then brought in by the worker in short writes, from wherever it has stopped."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from guiju.lib.spreadsheets import Table, Unreadable, read_rows
from guiju.spine.acts import Conflict, Refused, current, write
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment
from guiju.spine.jobs.job import enqueue, job
from guiju.spine.jobs.runs import RunState
from guiju.spine.records import bulk
from guiju.spine.registers.declaration import Register, by_key
from guiju.spine.registers.forms import form_class
from guiju.spine.registers.importing import TOGETHER, Judge, Judged, guessed, heading, labels
from guiju.spine.registers.models import ImportRun
from guiju.spine.registers.writing import check_number, clash, permit
from guiju.spine.trail.append import changed

AT_ONCE = 2000  # rows of an all-or-nothing import that are written in one transaction
KEPT_REASONS = 5000
CHECKED_HERE = 500_000  # bytes of a file that is checked while the person waits; a larger one by the worker
SAMPLE = 60

UNREADABLE = {
    "empty": _("The file holds nothing."),
    "unsupported": _("This is not a spreadsheet: bring Excel (xlsx, xls), ods or csv."),
    "encrypted": _("The file is protected by a password; save it without one."),
    "wrong_encoding": _("The characters cannot be read; save it as CSV UTF-8."),
    "too_large": _("The file is too large for a spreadsheet; split it."),
    "too_many_columns": _("Line %(line)s has more columns than are taken here (%(limit)s)."),
    "too_many_rows": _("There are more rows than a sheet can hold (%(limit)s)."),
    "cell_too_long": _("A cell on line %(line)s is longer than %(limit)s characters."),
    "broken_quotes": _("On line %(line)s a quotation mark is opened and not closed."),
    "zip_bomb": _("Refused: it unpacks to far more than it should."),
    "timeout": _("Reading took too long; split the file."),
}


def unreadable(why: Unreadable) -> Refused:
    """Why a file cannot be read, in words."""
    params = {name: str(value) for name, value in why.params.items()}
    key = UNREADABLE.get(why.code, _("The file cannot be read; is it damaged?"))
    try:
        key % params
    except KeyError:
        key = _("The file cannot be read; is it damaged?")
    return Refused(key, params)


class Elsewhere(Exception):
    """Another worker has gone on with this run; this one leaves it alone."""


@contextmanager
def opened(file: Attachment) -> Iterator[Table]:
    """The rows of an uploaded file. Refused when it cannot be read, at once or on the way."""
    try:
        table = read_rows(attachments.path(file), file.name)
        with closing(table.rows):  # type: ignore[type-var]
            yield table
    except Unreadable as why:
        raise unreadable(why) from why


def begin(register: Register, file: Attachment) -> ImportRun:
    """A run for an uploaded file, columns guessed, and checked at once when it is small.

    Refused when the file cannot be read or holds no row.
    """
    permit(register, "import")
    acting = current()
    with opened(file) as table:
        first = next(table.rows, None)
    if first is None:
        raise Refused(_("Below the first row, which names the columns, there is nothing."))
    names = guessed(register, table.header)
    columns = [{"heading": text[:200], "sample": first[1][at][:SAMPLE], "to": names[at]} for at, text in enumerate(table.header)]
    assert acting.actor.id is not None
    run = ImportRun(
        organization_id=acting.organization_id,
        person_id=acting.actor.id,
        register=register.key,
        file=file,
        columns=columns,
        state=RunState.CHECKING,
        made_at=acting.now(),
    )
    write(run.save)
    look(run)
    return run


def look(run: ImportRun) -> None:
    """Check a run anew: now when its file is small, else by the worker."""
    run.state, run.message = RunState.CHECKING, ""
    if run.file.size <= CHECKED_HERE:
        check(run)
        return

    def asking() -> None:
        run.save()
        enqueue(check_later, str(run.pk))

    write(asking)


@job(name=_("check of an import"))
def check_later(run: str) -> None:
    found = ImportRun.objects.filter(pk=UUID(run), state=RunState.CHECKING).select_related("file").first()
    if found is not None:
        check(found)


def check(run: ImportRun) -> None:
    """Count what would become of each row, and keep every reason against one; nothing is brought in."""
    run.total = run.new = run.same = run.refused = run.line = 0
    run.reasons = []
    try:
        for row in _judged(run):
            run.total += 1
            count(run, row)
        run.state = RunState.CHECKED
    except Refused as refused:
        run.failed(refused.key, refused.params)
    write(run.save)


def count(run: ImportRun, row: Judged) -> None:
    if row.reasons:
        run.refused += 1
        run.reasons += [reason.kept() for reason in row.reasons[: KEPT_REASONS - len(run.reasons)]]
    elif row.new:
        run.new += 1
    else:
        run.same += 1


def _judged(run: ImportRun) -> Iterator[Judged]:
    """Every row after the last that is done. Refused when the file cannot be read to its end."""
    register = by_key(run.register)
    assert register is not None
    judge, begun = Judge(register, [column["to"] for column in run.columns]), run.line
    with opened(run.file) as table:
        yield from judge.judge((line, cells) for line, cells in table.rows if line > begun)


def start(run: ImportRun, mode: str) -> None:
    """Let the worker bring a checked run in, once however often it is asked.

    Conflict when a row is refused and it is all or nothing.
    """
    if mode == ImportRun.ALL and run.refused:
        raise Conflict(_("Not all rows fit, so nothing is brought in. Mend the file, or choose the good rows only."))

    def starting() -> None:
        row = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if row.state not in (RunState.CHECKED, RunState.FAILED):
            return
        if row.state == RunState.CHECKED:
            row.new = row.same = row.refused = 0
            row.reasons, row.mode = [], mode
        row.state, row.message = RunState.WAITING, ""
        row.save()
        enqueue(bring, str(row.pk))

    write(starting)


@job(name=_("import"))
def bring(run: str) -> None:
    """Bring a run in, from the line after the last that is done. Asked twice, it does nothing twice."""
    found = ImportRun.objects.filter(pk=UUID(run), state__in=(RunState.WAITING, RunState.RUNNING)).select_related("file").first()
    if found is None:
        return
    register = by_key(found.register)
    assert register is not None
    try:
        permit(register, "import")
        found.state = RunState.RUNNING
        write(found.save)
        if found.mode == ImportRun.ALL:
            _all_or_nothing(register, found)
        else:
            _in_portions(register, found)
        found.state = RunState.FINISHED
    except Elsewhere:
        return
    except Refused as refused:
        found.refresh_from_db()
        found.failed(refused.key, refused.params)
    write(found.save)


def _all_or_nothing(register: Register, run: ImportRun) -> None:
    """Every row or none: in one transaction, or for many rows in portions once all have been found to fit."""
    rows: list[Judged] = []
    for row in _judged(run):
        if row.reasons:
            run.reasons = [reason.kept() for reason in row.reasons]
            write(run.save)
            raise Conflict(_("Line %(line)s does not fit any more; nothing more was brought in."), {"line": row.line})
        if len(rows) <= AT_ONCE:
            rows.append(row)
    if len(rows) <= AT_ONCE:
        _advance(register, run, rows)
    else:
        _in_portions(register, run)


def _in_portions(register: Register, run: ImportRun) -> None:
    """A short write for each portion, so that others can write in between; the line is kept in the same one."""
    rows = _judged(run)
    while portion := list(islice(rows, TOGETHER)):
        try:
            _advance(register, run, portion)
        except (Refused, IntegrityError):
            run.refresh_from_db()
            _one_by_one(register, run, portion)


def _one_by_one(register: Register, run: ImportRun, portion: Sequence[Judged]) -> None:
    """A portion in which something stood against a row, perhaps a number that another has just used."""
    for row in portion:
        try:
            _advance(register, run, [row])
        except (Refused, IntegrityError) as error:
            run.refresh_from_db()
            refused = clash(error) if isinstance(error, IntegrityError) else error
            if run.mode == ImportRun.ALL:
                raise refused from error
            reason = {"line": row.line, "column": "", "value": "", "key": refused.key, "params": refused.params}
            run.refused, run.line = run.refused + 1, row.line
            run.reasons = [*run.reasons, reason][:KEPT_REASONS]
            write(run.save)


def _advance(register: Register, run: ImportRun, rows: Sequence[Judged]) -> None:
    """Write rows and how far the run is; the run in hand follows once that is committed. Elsewhere."""
    stands = write(lambda: _written(register, run, rows))
    for name in ("line", "new", "same", "refused", "reasons"):
        setattr(run, name, getattr(stands, name))


def _written(register: Register, run: ImportRun, rows: Sequence[Judged]) -> ImportRun:
    """The new ones among rows, and how far the run is, in the present write."""
    stands = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if stands.line != run.line or stands.state != RunState.RUNNING:
        raise Elsewhere
    for row in rows:
        count(stands, row)
    stands.line = rows[-1].line if rows else stands.line
    stands.save()
    says: dict[str, str | None] = {"source": run.file.name}
    new = [row.values for row in rows if row.new]
    if register.create is not None:
        for values in new:
            check_number(register, values.get("number"))
            given = {name: value for name, value in values.items() if name != "number" or value}  # none is no number
            record = register.create({**given, "brought_in": True} if register.marks_imports else given)
            changed(record, "import", chain=record.trail_chain(), says=says)
    else:
        _many(register, new, says)
    return stands


def _many(register: Register, new: Sequence[dict], says: Mapping[str, str | None]) -> None:
    records = [register.model(**{**values, "number": values.get("number") or None}) for values in new]
    for record in records:
        if register.workflow:
            record.state = register.workflow.initial
    bulk.create(records, action="import", says=says)


def told(run: ImportRun, most: int = 100) -> list[dict[str, str]]:
    """The reasons against rows, in the reader's words."""
    register = by_key(run.register)
    assert register is not None
    fields = form_class(register).base_fields
    names = {name: field.label for name, field in fields.items() if field.label} | labels(register)
    return [
        {
            "line": str(one["line"]),
            "column": heading(names.get(one["column"], one["column"])),
            "value": one["value"],
            "reason": gettext(one["key"]) % one["params"] if one["params"] else gettext(one["key"]),
        }
        for one in run.reasons[:most]
    ]
