"""Asking, finishing and dropping tasks."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from guiju.spine.acts import current, write
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.tasks.models import Task
from guiju.spine.trail.states import kind_of


def ask(
    record: models.Model,
    who: UUID,
    what: str,
    *,
    params: Mapping[str, Any] | None = None,
    due_on: date | None = None,
    door: str = "",
) -> Task:
    """Ask a person (by id) to do something with a record; what is already asked the same way is not asked twice."""
    acting = current()

    def asking() -> Task:
        same = of(record).filter(who_id=who, what=what, door=door).first()
        if same is not None:
            return same
        task = Task(
            record_kind=kind_of(type(record)),
            record=record.pk,
            who_id=who,
            what=what,
            params=dict(params or {}),
            door=door,
            due_on=due_on,
            asked_by_id=acting.actor.id,
            asked_at=acting.now(),
        )
        task.save(action="ask")
        return task

    return write(asking)


def of(record: models.Model) -> models.QuerySet[Task]:
    """The open tasks of a record."""
    return Task.objects.filter(record_kind=kind_of(type(record)), record=record.pk, done_at=None)


def open_for(person: UUID) -> models.QuerySet[Task]:
    """What a person has to do, the most pressing first."""
    return Task.objects.filter(who_id=person, done_at=None).order_by(models.F("due_on").asc(nulls_last=True), "id")


def finish(record: models.Model, *, door: str = "", who: UUID | None = None) -> int:
    """Mark the matching open tasks of a record as done by the acting person; answers how many."""
    return _close(record, door, who, dropped=False)


def drop(record: models.Model, *, door: str = "", who: UUID | None = None) -> int:
    """Mark the matching open tasks of a record as no longer needed; answers how many."""
    return _close(record, door, who, dropped=True)


def _close(record: models.Model, door: str, who: UUID | None, *, dropped: bool) -> int:
    acting = current()

    def closing() -> int:
        tasks = of(record)
        if door:
            tasks = tasks.filter(door=door)
        if who is not None:
            tasks = tasks.filter(who_id=who)
        found = list(tasks.select_for_update(of=("self",)))
        for task in found:
            task.done_at, task.done_by_id, task.dropped = acting.now(), acting.actor.id, dropped
            task.save(action="drop" if dropped else "finish")
        return len(found)

    return write(closing)


_waiting = Prepared(
    lambda: (
        Task.objects.filter(who_id=Param("person", models.UUIDField()), done_at=None)
        .order_by()
        .values_list("record_kind")
        .annotate(n=models.Count("id"), first=models.Min("due_on"))
    )
)


def waiting(person: UUID) -> dict[str, tuple[int, date | None]]:
    """Per kind of record how many tasks wait for a person, and the earliest date of them."""
    return {kind: (n, first) for kind, n, first in _waiting.rows(person=person)}
