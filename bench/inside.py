"""What the bench asks or has done inside an installation: python -m bench.inside VERB, in its environment; prints JSON.

Waiting is done outside: each verb answers at once with how far it is.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from django_tasks_db.models import DBTaskResult  # noqa: E402

from bench.fill import somebody  # noqa: E402
from guiju.modules.documents.models import Document  # noqa: E402
from guiju.organizations.trail import checks  # noqa: E402
from guiju.organizations.trail.models import TrailCheck  # noqa: E402
from guiju.spine.acts import act  # noqa: E402
from guiju.spine.attachments.services import keep  # noqa: E402
from guiju.spine.jobs.runs import RunState  # noqa: E402
from guiju.spine.registers import import_runs  # noqa: E402
from guiju.spine.registers.declaration import by_key  # noqa: E402
from guiju.spine.registers.models import ImportRun  # noqa: E402
from guiju.spine.trail.models import Entry  # noqa: E402

ROWS = 10_000


def begin_import() -> dict[str, Any]:
    """Ask for an import of many documents; the worker does it."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(["Title", "Kind", "Language"])
    rows.writerows([f"Imported {number}", "Work instruction", "English"] for number in range(ROWS))
    with act(*somebody()):
        register = by_key("documents")
        assert register is not None
        run = import_runs.begin(register, keep(io.BytesIO(text.getvalue().encode()), "documents.csv"))
        import_runs.check(run)
        import_runs.start(run, ImportRun.ALL)
    return {"refused": run.refused}


def imported() -> dict[str, Any]:
    """How the last import stands, and how long the worker was at it."""
    with act(*somebody()):
        run = ImportRun.objects.order_by("-id").first()
        titles = list(Document.objects.filter(title__startswith="Imported ").values_list("title", flat=True))
    ended = run is not None and run.state in (RunState.FINISHED, RunState.FAILED)
    work = DBTaskResult.objects.filter(task_path__contains="import", finished_at__isnull=False).order_by("-finished_at").first()
    took = (work.finished_at - work.started_at).total_seconds() if work and work.started_at and work.finished_at else 0
    there = {"there": len(titles), "different": len(set(titles))}
    return {"ended": ended and work is not None, "state": run.state if run else "", "seconds": took, **there}


def begin_check() -> dict[str, Any]:
    """Ask for a check of the whole trail, which keeps the worker busy for long."""
    with act(*somebody()):
        return {"check": str(checks.ask().pk)}


def checked() -> dict[str, Any]:
    """Whether the last check is still on its way."""
    with act(*somebody()):
        found = TrailCheck.objects.order_by("-id").first()
    state = found.state if found else ""
    return {"running": state == RunState.RUNNING, "ended": state in (RunState.FINISHED, RunState.FAILED), "state": state}


def entries() -> dict[str, Any]:
    """How many entries all chains have."""
    return {"entries": Entry.everywhere.count()}


VERBS: dict[str, Callable[[], dict[str, Any]]] = {
    one.__name__: one for one in (begin_import, imported, begin_check, checked, entries)
}

if __name__ == "__main__":
    print(json.dumps(VERBS[sys.argv[1]]()))
