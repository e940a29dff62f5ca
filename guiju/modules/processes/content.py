"""What a process says, whole: its fields with all its lines, as they are or as a revision keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from guiju.modules.processes.models import Flow, Participant, Place, Process, ProcessRevision, ResourceNeed, Step
from guiju.spine.acts import current
from guiju.spine.records.lines import Line
from guiju.spine.registers.past import until
from guiju.spine.trail.past import as_of
from guiju.spine.trail.states import as_text, field_of, from_text

FIELDS = (
    *("title", "title_zh", "kind", "purpose", "purpose_zh", "criteria", "criteria_zh", "owner_authority", "outsourced"),
    *("outsourced_part", "outsourced_control", "parent", "clauses"),
)
LINES: Mapping[str, type[Line]] = {
    "flows": Flow,
    "needs": ResourceNeed,
    "participants": Participant,
    "places": Place,
    "steps": Step,
}
NOT_SAID = {"version", "organization", "process", "ended"}  # columns of a line that are no content of a revision


@dataclass
class Content:
    """A process with its lines; `process` bears the fields of the revision that is meant."""

    process: Process
    flows: Sequence[Flow] = ()
    needs: Sequence[ResourceNeed] = ()
    participants: Sequence[Participant] = ()
    places: Sequence[Place] = ()
    steps: Sequence[Step] = ()
    frozen: bool = field(default=False)


def live(processes: Iterable[Process], *names: str) -> dict[UUID, Content]:
    """Processes with their lines as they are now or were, by id; `names` are the lines that are asked for, or all."""
    made = {process.pk: Content(process) for process in processes}
    for name in names or LINES:
        found = by_process(LINES[name], made)
        for pk, content in made.items():
            setattr(content, name, found.get(pk, []))
    return made


def by_process(model: type[Line], processes: Iterable[UUID]) -> dict[UUID, list[Any]]:
    """The lines of a kind of several processes, those of each in their order."""
    ids = set(processes)
    rows: Iterable[Any] = model.objects.filter(process__in=ids, ended=False) if ids else ()
    if current().as_of is not None and ids:
        rows = (row for row in as_of(model, until()) if row.process_id in ids and not row.ended)
    found: dict[UUID, list[Any]] = {}
    for row in sorted(rows, key=lambda row: (row.position, row.pk)):
        found.setdefault(row.process_id, []).append(row)
    return found


def kept(process: Process) -> dict[str, Any]:
    """What a revision keeps of a process: its fields and lines as texts, read as they are now."""
    content = live([process])[process.pk]
    made: dict[str, Any] = {"fields": {name: _text(process, name) for name in FIELDS}}
    for name, model in LINES.items():
        columns = _columns(model)
        made[name] = [{column: _text(line, column) for column in columns} for line in getattr(content, name)]
    return made


def _columns(model: type[Line]) -> list[str]:
    return [column.name for column in model._meta.concrete_fields if column.name not in NOT_SAID]


def _text(row: Any, name: str) -> str | None:
    column = field_of(type(row), name)
    return as_text(column, getattr(row, column.attname))


def of_revision(process: Process, revision: ProcessRevision) -> Content:
    """A process as one of its revisions says it; only to be read."""
    said = copy(process)
    said._state = copy(process._state)
    said._state.fields_cache = dict(process._state.fields_cache)
    _lay(said, {name: text for name, text in revision.content["fields"].items() if name in FIELDS})
    said.revision, said.effective_on = revision.position, revision.effective_on
    lines = {name: [_line(model, process, texts) for texts in revision.content.get(name, ())] for name, model in LINES.items()}
    return Content(said, **cast(Any, lines), frozen=True)


def _line(model: type[Line], process: Process, texts: Mapping[str, str | None]) -> Any:
    line = model(**{model.below: process})
    _lay(line, {name: text for name, text in texts.items() if name in _columns(model)})
    return line


def _lay(row: Any, texts: Mapping[str, str | None]) -> None:
    for name, text in texts.items():
        column = field_of(type(row), name)
        setattr(row, column.attname, from_text(column, text))


def restore(process: Process, revision: ProcessRevision) -> None:
    """Let a locked process and its lines say again what a revision says. The process is saved by whoever calls."""
    _lay(process, {name: text for name, text in revision.content["fields"].items() if name in FIELDS})
    for name, model in LINES.items():
        wanted = {texts["id"]: texts for texts in revision.content.get(name, ())}
        for line in model.objects.select_for_update(of=("self",)).filter(process=process):
            texts = wanted.get(str(line.pk))
            if texts is None and not line.ended:
                line.ended = True
                line.save(action="end_line")
            elif texts is not None and (line.ended or any(_text(line, column) != text for column, text in texts.items())):
                line.ended = False
                _lay(line, texts)
                line.save(action="change_line")


def in_force(processes: Iterable[Process], today: date) -> dict[UUID, ProcessRevision]:
    """The revision that is in force on a date, of each process that has one, by the process's id."""
    ids = {process.pk for process in processes if process.state != "withdrawn"}
    if not ids:
        return {}
    if current().as_of is not None:
        rows: Iterable[ProcessRevision] = as_of(ProcessRevision, until())
    else:
        rows = ProcessRevision.objects.filter(process__in=ids, effective_on__lte=today, given_up_on=None)
    found: dict[UUID, ProcessRevision] = {}
    for row in sorted(rows, key=lambda row: row.position):
        if row.process_id in ids and row.given_up_on is None and row.effective_on is not None and row.effective_on <= today:
            found[row.process_id] = row
    return found


def stands_as_it_is(process: Process, today: date) -> bool:
    """Whether what a process says now is what is in force: it was approved, and its day has come."""
    return process.state == "approved" and process.effective_on is not None and process.effective_on <= today


def people_go_by(process: Process) -> tuple[Content, ProcessRevision | None]:
    """What people go by of one process: the revision in force where another is being worked on; else the process as it is."""
    today = current().today()
    if not stands_as_it_is(process, today):
        revision = in_force([process], today).get(process.pk)
        if revision is not None:
            return of_revision(process, revision), revision
    return live([process])[process.pk], None
