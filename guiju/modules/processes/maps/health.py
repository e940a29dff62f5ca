"""How each process stands: what of it is overdue, what will be soon, by the dates of all records that belong to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.modules.processes.models import Process
from guiju.spine.acts import current
from guiju.spine.acts.hooks import process_parts
from guiju.spine.registers import values
from guiju.spine.registers.declaration import Register, registers
from guiju.spine.registers.past import until
from guiju.spine.trail.past import as_of

SOON = timedelta(days=30)
MOST = 5000  # records of a register that are looked at in the past


@dataclass
class Health:
    """How many matters of a process are overdue and due soon, and what modules say of them in words."""

    late: int = 0
    soon: int = 0
    words: list[tuple[bool, str]] = field(default_factory=list)

    def add(self, late: int, soon: int, words: str = "") -> None:
        self.late, self.soon = self.late + late, self.soon + soon
        if late or soon:
            self.words.append((bool(late), words))

    @property
    def tone(self) -> str:
        return "late" if self.late else "due" if self.soon else "done"

    def __str__(self) -> str:
        """In words: those of the one who has any, else the count of what presses most."""
        said = [words for late, words in self.words if late or not self.late]
        if len(said) == 1 and said[0]:
            return said[0]
        if self.late:
            return ngettext("%(n)s overdue", "%(n)s overdue", self.late) % {"n": self.late}
        if self.soon:
            return ngettext("%(n)s due soon", "%(n)s due soon", self.soon) % {"n": self.soon}
        return _("In order")


def of(processes: Sequence[Process], root: Mapping[UUID, UUID] | None = None) -> dict[UUID, Health]:
    """The health of processes by id; with `root` that of their parts counts for the process on the map."""
    places = root or {process.pk: process.pk for process in processes}
    found = {process.pk: Health() for process in processes}
    today = current().today()
    for process in processes:
        found[process.pk].add(*_own_review(process, today))
    for pk, late, soon in _dated(today):
        if (place := places.get(pk)) in found:
            found[place].add(late, soon)
    for part in process_parts if current().as_of is None else ():
        for pk, (late, soon, words) in part(list(places)).items():
            if (place := places.get(pk)) in found:
                found[place].add(late, soon, words)
    return found


def _own_review(process: Process, today: date) -> tuple[int, int, str]:
    if process.due_on is None or process.due_on > today + SOON:
        return 0, 0, ""
    day = {"day": values.day(process.due_on)}
    return (1, 0, _("Its review was due on %(day)s") % day) if process.due_on < today else (0, 1, _("Review by %(day)s") % day)


def dated_registers() -> list[Register]:
    """The registers whose records belong to processes, have dates, and may be seen by whoever acts."""
    return [register for register in of_processes() if "due_on" in _columns(register)]


def of_processes() -> list[Register]:
    """The registers whose records belong to processes and may be seen by whoever acts."""
    return [r for r in registers() if "process" in _columns(r) and current().actor.may(f"{r.key}.view")]


def _columns(register: Register) -> set[str]:
    return {column.name for column in register.model._meta.concrete_fields}


def ended(register: Register) -> list[str]:
    """The states of a register in which nothing is due any more."""
    return [state.name for state in register.workflow.states.values() if state.final] if register.workflow else []


def _dated(today: date) -> Iterable[tuple[UUID, int, int]]:
    """(process, overdue, due soon) of each register, in one statement for all."""
    if current().as_of is not None:
        return [row for register in dated_registers() for row in _dated_then(register, today)]
    counts = [_counts(register, today) for register in dated_registers()]
    if not counts:
        return []
    rows: Any = counts[0].union(*counts[1:], all=True) if len(counts) > 1 else counts[0]
    return [(pk, late, due - late) for pk, late, due in rows]


def _counts(register: Register, today: date) -> QuerySet:
    rows = register.rows(current().actor).filter(due_on__lte=today + SOON, process__isnull=False)
    rows = rows.exclude(state__in=ended(register)).order_by().values("process")
    counted = rows.annotate(late=Count("pk", filter=Q(due_on__lt=today)), due=Count("pk"))
    return counted.values_list("process", "late", "due")


def _dated_then(register: Register, today: date) -> Iterable[tuple[UUID, int, int]]:
    over = ended(register)
    for row in islice(as_of(register.model, until()), MOST):
        if row.process_id and row.due_on and row.due_on <= today + SOON and row.state not in over:
            yield row.process_id, int(row.due_on < today), int(row.due_on >= today)
