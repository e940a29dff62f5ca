"""Asking, finishing and dropping tasks."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models

from guiju.spine.acts import current, write
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.tasks.models import Task
from guiju.spine.trail.erasing import Row, emptied
from guiju.spine.trail.states import kind_of


def ask(
    record: models.Model,
    who: UUID,
    what: str,
    *,
    params: Mapping[str, Any] | None = None,
    due_on: date | None = None,
    door: str = "",
    turn: int = 0,
    waits: bool = False,
    own: bool = False,
) -> Task:
    """Ask a person (by id) to do something with a record; what is already asked the same way is not asked twice.

    With `waits` the person is asked only when `next_turn` comes to them; `own` is what nobody else can do instead.
    """
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
            asked_at=None if waits else acting.now(),
            turn=turn,
            own=own,
        )
        task.save(action="plan" if waits else "ask")
        return task

    return write(asking)


def of(record: models.Model) -> models.QuerySet[Task]:
    """The open tasks of a record, also those whose turn has not come."""
    return Task.objects.filter(record_kind=kind_of(type(record)), record=record.pk, done_at=None)


def next_turn(record: models.Model, door: str) -> list[UUID]:
    """Ask those whose turn it is now, when nobody but the acting people is being asked; answers whom."""
    acting = current()

    def turning() -> list[UUID]:
        others = of(record).filter(door=door).exclude(who__in=getattr(acting.actor, "ids", ()), asked_at__isnull=False)
        waiting = list(others.order_by("turn").select_for_update(of=("self",)))
        if not waiting or any(task.asked_at is not None for task in waiting):
            return []
        due = [task for task in waiting if task.turn == waiting[0].turn]
        for task in due:
            task.asked_at = acting.now()
            task.save(action="ask")
        return [task.who_id for task in due]

    return write(turning)


def done_since(record: models.Model, door: str, since: datetime) -> list[UUID]:
    """Whose tasks of a step were done since an instant, in the order in which they were asked."""
    rows = Task.objects.filter(record_kind=kind_of(type(record)), record=record.pk, door=door, done_at__gte=since, dropped=False)
    return list(rows.order_by("turn", "id").values_list("who", flat=True))


def open_for(person: UUID) -> models.QuerySet[Task]:
    """What a person has to do, the most pressing first."""
    asked = held_by(person).exclude(asked_at=None)
    return asked.order_by(models.F("due_on").asc(nulls_last=True), "id")


def mine() -> models.QuerySet[Task]:
    """What the acting member has to do: a deputy what the absent person was asked to do and another can do as well."""
    acting = current()
    if acting.actor.on_behalf_of is None:
        return open_for(acting.person_id)
    return open_for(acting.actor.on_behalf_of).filter(own=False)


def to_hand_over(person: UUID) -> models.QuerySet[Task]:
    """What a person who leaves has or will have to do and another can do instead."""
    return held_by(person).filter(own=False)


def held_by(person: UUID) -> models.QuerySet[Task]:
    """All that a person has or will have to do."""
    return Task.objects.filter(who_id=person, done_at=None)


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


def empty(record: models.Model) -> list[Row]:
    """Take the words out of all tasks of a record, also done ones; answers their rows, to be erased. Inside a `write`."""
    found = Task.objects.select_for_update(of=("self",)).filter(record_kind=kind_of(type(record)), record=record.pk)
    rows = []
    for task in found:
        task.params = emptied(task.params)
        task.save(action="empty")
        rows.append((kind_of(Task), task.pk))
    return rows


def _by_kind(tasks: models.QuerySet[Task]) -> models.QuerySet:
    """(kind of record, how many, the earliest date) of tasks."""
    return tasks.order_by().values_list("record_kind").annotate(n=models.Count("id"), first=models.Min("due_on"))


_waiting = Prepared(
    lambda: _by_kind(Task.objects.filter(who_id=Param("person", models.UUIDField()), done_at=None, asked_at__isnull=False))
)


def waiting() -> dict[str, tuple[int, date | None]]:
    """Per kind of record how many tasks wait for the acting member, and the earliest date of them."""
    acting = current()
    rows = _waiting.rows(person=acting.person_id) if acting.actor.on_behalf_of is None else _by_kind(mine())
    return {kind: (n, first) for kind, n, first in rows}


def in_place_of(people: Iterable[UUID]) -> dict[UUID, int]:
    """By person how many of their tasks another can do in their place now."""
    rows = Task.objects.filter(who__in=list(people), done_at=None, own=False).exclude(asked_at=None)
    return dict(rows.order_by().values_list("who").annotate(n=models.Count("id")))
