"""Which records, named by kind and id, the acting person may see: what the search finds, a notice says, a letter tells."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from guiju.spine.acts import current
from guiju.spine.registers.declaration import by_kind

Named = tuple[str, UUID]


def seen(records: Iterable[Named]) -> dict[Named, str]:
    """The numbers of those records that the acting person may see."""
    found: dict[Named, str] = {}
    for kind, rows in _of_registers(records):
        found |= {(kind, pk): number for pk, number in rows.values_list("pk", "number")}
    return found


def rows_seen(records: Iterable[Named]) -> dict[Named, Any]:
    """Those records that the acting person may see, whole."""
    return {(kind, row.pk): row for kind, rows in _of_registers(records) for row in rows}


def _of_registers(records: Iterable[Named]) -> Iterator[tuple[str, QuerySet[Any]]]:
    """By kind those among the records that may be seen, asked of their registers."""
    by: dict[str, set[UUID]] = {}
    for kind, record in records:
        by.setdefault(kind, set()).add(record)
    actor = current().actor
    for kind, ids in by.items():
        register = by_kind(kind)
        if register is not None and actor.may(f"{register.key}.view"):
            yield kind, register.rows(actor).filter(pk__in=ids)
