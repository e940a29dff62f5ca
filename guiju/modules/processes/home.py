"""The process map as the home page shows it."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.modules.processes.models import Kind, Process
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import Register, registers
from guiju.spine.registers.past import until
from guiju.spine.trail.past import as_of

SOON = timedelta(days=30)
ENDED = ("withdrawn", "disposed")  # states of a record in which nothing is due any more
MOST = 5000  # records that are looked at


def part() -> dict[str, Any]:
    """The bands of the map, each process with its health: what of its records is overdue, what will be soon."""
    looking_back = current().as_of is not None
    rows = as_of(Process, until()) if looking_back else Process.objects.all()
    processes = sorted(rows, key=lambda process: (process.position, process.pk))
    health = _health()
    bands = []
    for kind in Kind:
        nodes = [_node(p, health.get(p.pk, (0, 0))) for p in processes if p.kind == kind.value]
        if nodes:
            bands.append({"name": kind.label, "flow": kind == Kind.CORE, "nodes": nodes})
    return {"bands": bands, "map_url": f"{addresses.home()}processes/new/" if current().actor.may("processes.create") else ""}


def _node(process: Process, waiting: tuple[int, int]) -> dict[str, str]:
    late, soon = waiting
    if late:
        tone, word = "late", ngettext("%(n)s overdue", "%(n)s overdue", late) % {"n": late}
    elif soon:
        tone, word = "due", ngettext("%(n)s due soon", "%(n)s due soon", soon) % {"n": soon}
    else:
        tone, word = "done", _("In order")
    return {"name": str(process), "url": addresses.of_record(process), "tone": tone, "word": word}


def _health() -> dict[Any, tuple[int, int]]:
    """Per process how many records of all registers are overdue and due soon, by their dates."""
    today = current().today()
    found: dict[Any, tuple[int, int]] = {}
    for register in registers():
        names = {field.name for field in register.model._meta.concrete_fields}
        if "process" not in names or not current().actor.may(f"{register.key}.view"):
            continue
        for process, due_on in _dated(register, today + SOON):
            late, soon = found.get(process, (0, 0))
            found[process] = (late + 1, soon) if due_on < today else (late, soon + 1)
    return found


def _dated(register: Register, until_on: date) -> list[tuple[Any, date]]:
    """(process, date) of a register's records that are due until a day, as they are or as they were."""
    if current().as_of is not None:
        rows = islice(as_of(register.model, until()), MOST)
        return [
            (r.process_id, r.due_on) for r in rows if r.process_id and r.due_on and r.due_on <= until_on and r.state not in ENDED
        ]
    found = register.rows(current().actor).filter(due_on__lte=until_on).exclude(process=None).exclude(state__in=ENDED)
    return list(found.values_list("process", "due_on")[:MOST])
