"""Reading the past: the newest entry per record up to an instant (section "Reading the past", law L4)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Max

from guiju.spine.trail.erasing import erasures
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.states import from_text, kind_of, trailed_fields


@dataclass(frozen=True)
class Moment:
    """What one entry says: who, when, what, and the state after it (empty for an event)."""

    id: UUID
    sequence: int
    at: datetime
    actor: UUID | None
    on_behalf_of: UUID | None
    kind: str
    record: UUID
    action: str
    stateful: bool
    state: dict[str, str | None]
    says: dict[str, str | None]
    erased: bool
    erased_at: datetime | None = None

    @property
    def reason(self) -> str:
        return self.says.get("reason") or ""


def sequence_at(instant: datetime) -> int:
    """The last sequence of the acting organization's chain written at or before `instant`; 0 before the first."""
    return Entry.objects.filter(at__lte=instant).order_by("-at", "-sequence").values_list("sequence", flat=True).first() or 0


def history(
    kind: str, record: UUID, *, until: int | None = None, limit: int | None = None, before: int | None = None
) -> list[Moment]:
    """The moments of one record, newest first."""
    return histories({record: kind}, until=until, limit=limit, before=before)


def histories(
    rows: Mapping[UUID, str],
    *,
    until: int | None = None,
    limit: int | None = None,
    before: int | None = None,
    wanted: Callable[[Entry], bool] | None = None,
) -> list[Moment]:
    """The moments of several rows, {id: kind}, newest first, in two statements.

    `before` goes on below a sequence; what is not `wanted` does not count for the limit.
    """
    entries = Entry.objects.filter(kind__in=set(rows.values()), record__in=list(rows)).order_by().defer("text")
    if until is not None:
        entries = entries.filter(sequence__lte=until)
    if before is not None:
        entries = entries.filter(sequence__lt=before)
    # Put in order here: asked for the last of a chain, SQLite would walk the chain instead of the record's own entries.
    newest = sorted(filter(wanted, entries) if wanted else entries, key=lambda entry: entry.sequence, reverse=True)
    return moments(newest[:limit])


def moments(entries: Iterable[Entry]) -> list[Moment]:
    """Entries with their values, two statements in all."""
    entries = list(entries)
    values: dict[UUID, dict[str, str | None]] = {}
    erased: set[UUID] = set()
    for entry, text in Payload.everywhere.filter(entry__in=[e.pk for e in entries]).values_list("entry_id", "values"):
        if text is None:
            erased.add(entry)
        else:
            values.setdefault(entry, {}).update(json.loads(text))
    when = dict(erasures().filter(record__in=erased).values_list("record", "at")) if erased else {}
    return [_moment(entry, values.get(entry.pk, {}), entry.pk in erased, when.get(entry.pk)) for entry in entries]


def _moment(entry: Entry, values: dict[str, str | None], erased: bool, erased_at: datetime | None) -> Moment:
    return Moment(
        entry.pk,
        entry.sequence,
        entry.at,
        entry.actor,
        entry.on_behalf_of,
        entry.kind,
        entry.record,
        entry.action,
        entry.stateful,
        {name: value for name, value in values.items() if not name.startswith("@")},
        {name[1:]: value for name, value in values.items() if name.startswith("@")},
        erased,
        erased_at,
    )


def latest(kind: str, until: int, records: Iterable[UUID] | None = None) -> models.QuerySet[Entry]:
    """The newest entry with a state, up to a sequence, of each record of a kind."""
    entries = Entry.objects.filter(kind=kind, stateful=True, sequence__lte=until)
    if records is not None:
        entries = entries.filter(record__in=list(records))
    newest = entries.order_by().values("record").annotate(last=Max("sequence")).values("last")
    return Entry.objects.filter(sequence__in=newest)


def as_of(model: type[models.Model], until: int, records: Iterable[UUID] | None = None) -> Iterator[Any]:
    """The rows of a model as they were after the entry `until` of the acting organization's chain; only for reading."""
    found = moments(latest(kind_of(model), until, records))
    left = _left_of(model, [moment.record for moment in found if moment.erased])
    for moment in found:
        if moment.erased and moment.record in left:
            moment = replace(moment, state=left[moment.record])
        if moment.state:
            yield rebuilt(model, moment)


def _left_of(model: type[models.Model], records: list[UUID]) -> dict[UUID, dict[str, str | None]]:
    """What an erasure left of records: their state after it, which is all that can be shown of any moment before it."""
    if not records:
        return {}
    entries = Entry.objects.filter(kind=kind_of(model), stateful=True, record__in=records, payloads__values__isnull=False)
    return {moment.record: moment.state for moment in reversed(moments(entries.order_by("sequence").distinct()))}


def rebuilt(model: Any, moment: Moment) -> Any:
    """A row made of a past state. Fields that did not exist then are named in `not_recorded` (law L8)."""
    fields = trailed_fields(model)
    known = {f.attname: from_text(f, moment.state[f.name]) for f in fields if f.name in moment.state}
    row = model(**known)
    row._state.adding = False
    row.read_as_of, row.erased_at = moment.at, moment.erased_at
    row.not_recorded = frozenset(f.name for f in fields if f.name not in moment.state)
    return row
