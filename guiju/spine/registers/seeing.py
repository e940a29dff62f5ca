"""Which records, named by kind and id, the acting person may see: what the search finds, a notice says, a letter tells."""

from collections.abc import Iterable
from uuid import UUID

from guiju.spine.acts import current
from guiju.spine.registers.declaration import by_kind

Named = tuple[str, UUID]


def seen(records: Iterable[Named]) -> dict[Named, str]:
    """The numbers of those records that the acting person may see, asked of their registers."""
    by: dict[str, set[UUID]] = {}
    for kind, record in records:
        by.setdefault(kind, set()).add(record)
    actor = current().actor
    found: dict[Named, str] = {}
    for kind, ids in by.items():
        register = by_kind(kind)
        if register is not None and actor.may(f"{register.key}.view"):
            rows = register.rows(actor).filter(pk__in=ids).values_list("pk", "number")
            found |= {(kind, pk): number for pk, number in rows}
    return found
