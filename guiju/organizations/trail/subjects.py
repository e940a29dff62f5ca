"""Which record an entry or a row is about: itself, or the one it stands beside; and which of them the reader may see."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from guiju.spine.registers.declaration import by_kind
from guiju.spine.registers.seeing import Named
from guiju.spine.trail.states import kind_of, target_of, trailed_fields

HOPS = 3  # a reading is of a revision, which is of a document


def stands_beside(kind: str) -> bool:
    """Whether rows of a kind are records, or belong to one."""
    return by_kind(kind) is not None or _way(kind) is not None


@cache
def _way(kind: str) -> tuple[str, str] | None:
    """(field, kind it points to) on the way to a record; kind "" where the row itself says which ("record_kind", "record")."""
    try:
        fields = {field.name: field for field in trailed_fields(apps.get_model(kind))}
    except LookupError:
        return None
    if "record_kind" in fields and "record" in fields:
        return "record", ""
    ways = [(name, kind_of(target_of(field))) for name, field in fields.items() if isinstance(field, models.ForeignKey)]
    nearest = next(((name, target) for name, target in ways if by_kind(target) is not None), None)
    return nearest or next(((name, target) for name, target in ways if target != kind and _leads_on(target)), None)


def _leads_on(kind: str) -> bool:
    """Whether a row of this kind stands beside a record at once."""
    fields = trailed_fields(apps.get_model(kind))
    return any(isinstance(f, models.ForeignKey) and by_kind(kind_of(target_of(f))) is not None for f in fields)


def of_state(kind: str, record: UUID, state: Mapping[str, str | None]) -> Named:
    """One step towards the record, by what an entry says; itself where it says nothing."""
    way = _way(kind) if by_kind(kind) is None else None
    value = state.get(way[0]) if way else None
    target = (way[1] or state.get("record_kind") or "") if way else ""
    return (target, UUID(value)) if value and target else (kind, record)


def records_of(rows: Iterable[Named]) -> dict[Named, Named]:
    """The record of each row, as far as it has one: some statements for each kind on the way, however many rows."""
    found = {row: row for row in rows}
    for _hop in range(HOPS):
        wanted: dict[str, set[UUID]] = {}
        for kind, pk in found.values():
            if by_kind(kind) is None and _way(kind) is not None:
                wanted.setdefault(kind, set()).add(pk)
        steps = {start: end for kind, ids in wanted.items() for start, end in _stepped(kind, ids).items()}
        found = {row: steps.get(at, at) for row, at in found.items()}
        if not steps:
            break
    return {row: at for row, at in found.items() if by_kind(at[0]) is not None}


def _stepped(kind: str, ids: set[UUID]) -> dict[Named, Named]:
    model: Any = apps.get_model(kind)
    name, target = _way(kind)  # type: ignore[misc]
    names = ("pk", name) if target else ("pk", name, "record_kind")
    rows = model.objects.filter(pk__in=ids).values_list(*names)
    return {(kind, pk): (target or more[0], to) for pk, to, *more in rows if to is not None}
