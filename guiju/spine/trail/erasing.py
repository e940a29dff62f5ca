"""The one verb that erases (law L3): what rows said so far leaves the trail, and the trail says that it did.

ISO 15489-1 9.9: a disposition is carried out completely, and is itself recorded.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models

from guiju.spine.acts import Act, current
from guiju.spine.acts.hooks import vetoes
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.states import kind_of

ENTRY, ERASE = kind_of(Entry), "erase"  # an erasure is an event of an entry
BATCH = 500

Row = tuple[str, UUID]  # (kind, id)


def erase(rows: Iterable[Row], *, under: str = "") -> int:
    """Let all that the entries of `rows` hold be forgotten when the act commits; answers how many entries that are.

    To be called inside a `write` that also saves each of these rows as it is afterwards: that entry stays, and the
    row is compared with it. `under` is the number of the record by which it was decided. Raises whatever forbids it
    (`acts.hooks.vetoes`).
    """
    acting, rows = current(), sorted(set(rows))
    if not acting.writing:
        raise RuntimeError("An erasure is part of a write, so that it stands or falls with what follows from it.")
    for veto in vetoes:
        veto(rows)
    acting.erased.update(rows)
    count = 0
    for entry in _entries(rows):
        note(ENTRY, entry, ERASE, says={"under": under} if under else {})
        count += 1
    return count


def _entries(rows: list[Row]) -> Iterator[UUID]:
    """The entries of rows that still hold something, in the order of the chain."""
    for kind in sorted({kind for kind, _pk in rows}):
        ids = [pk for of, pk in rows if of == kind]
        for part in _batches(ids):
            held = Entry.objects.filter(kind=kind, record__in=part, payloads__values__isnull=False)
            yield from held.order_by("sequence").values_list("pk", flat=True).distinct()


def carry_out(acting: Act) -> None:
    """Empty the payloads of the entries that this act has erased; right after its entries, which permit it, are written."""
    unsaid = acting.erased - acting.changes.keys()
    if unsaid:
        raise RuntimeError(f"Erased and not said anew, so that nothing would hold them to the trail: {sorted(unsaid)}")
    for part in _batches(event.record for event in acting.events if (event.kind, event.action) == (ENTRY, ERASE)):
        Payload.everywhere.filter(entry__in=part).update(salt=None, values=None)
    for change in acting.changes.values():
        if change.action == ERASE and (columns := getattr(change.row, "erasable", ())):
            _empty_columns(change.row, columns)


def _empty_columns(row: models.Model, columns: Iterable[str]) -> None:
    """Write what is left of a row that the database lets be changed in no other way."""
    ours = models.QuerySet.update(type(row)._base_manager.filter(pk=row.pk), **{name: getattr(row, name) for name in columns})
    assert ours == 1


def emptied(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a kept message (law L15) without their content: a record's number stays."""
    return {name: value if name == "number" else "…" for name, value in params.items()}


def erasures() -> models.QuerySet[Entry]:
    """The entries, of every chain, that say that another was erased; `record` is the other."""
    return Entry.everywhere.filter(kind=ENTRY, action=ERASE)


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    left = iter(ids)
    while part := list(islice(left, BATCH)):
        yield part
