"""The process map as the home page shows it."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.modules.processes.models import Kind, Process
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import registers

SOON = timedelta(days=30)


def part() -> dict[str, Any]:
    """The bands of the map, each process with its health: what of its records is overdue, what will be soon."""
    processes = list(Process.objects.order_by("position", "id"))
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
        rows = register.rows(current().actor).filter(due_on__lte=today + SOON).exclude(process=None).exclude(state="withdrawn")
        for process, due_on in rows.values_list("process", "due_on")[:5000]:
            late, soon = found.get(process, (0, 0))
            found[process] = (late + 1, soon) if due_on < today else (late, soon + 1)
    return found
