"""What a hardship asks or does inside the installation: python -m survive.inside VERB, in its environment; prints JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django

django.setup()

from django.db import connections  # noqa: E402
from django_tasks import TaskResultStatus  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from bench.fill import somebody  # noqa: E402
from bench.inside import begin_import, imported  # noqa: E402
from guiju.modules.processes.models import Process  # noqa: E402
from guiju.spine.acts import act, write  # noqa: E402
from guiju.spine.trail.models import Head  # noqa: E402

THREADS, EACH = 8, 25


def behind() -> dict[str, Any]:
    """How many entries were written while the clock was behind."""
    return {"behind": sum(Head.everywhere.values_list("behind", flat=True))}


def left() -> dict[str, Any]:
    """Work that is not done yet, and work that failed."""
    rows = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL).values_list("status", flat=True)
    return {
        "waiting": sum(row != TaskResultStatus.FAILED for row in rows),
        "failed": sum(row == TaskResultStatus.FAILED for row in rows),
    }


def cross() -> dict[str, Any]:
    """Eight threads lock the same two records, each in the order of its own; answers what reached whoever asked."""
    with act(*somebody()):
        pair = [Process(title=f"Crossed {n}") for n in range(2)]
        for one in pair:
            one.save()

    def work(number: int) -> list[str]:
        met = []
        with act(*somebody()):
            for _ in range(EACH):
                try:
                    write(lambda: _both(pair if number % 2 else pair[::-1]))
                except Exception as error:
                    met.append(f"{type(error).__name__}: {error}")
        connections.close_all()
        return met

    with ThreadPoolExecutor(THREADS) as pool:
        met = [problem for done in pool.map(work, range(THREADS)) for problem in done]
    with act(*somebody()):
        versions = sorted(Process.objects.filter(pk__in=[one.pk for one in pair]).values_list("version", flat=True))
    return {"met": met, "versions": versions, "expected": 1 + THREADS * EACH}


def _both(pair: list[Process]) -> None:
    for one in pair:
        row = Process.locked(one.pk)
        row.purpose = f"{row.version}"
        row.save()


VERBS: dict[str, Callable[[], dict[str, Any]]] = {one.__name__: one for one in (begin_import, imported, behind, left, cross)}

if __name__ == "__main__":
    print(json.dumps(VERBS[sys.argv[1]]()))
