"""What is indexed of each kind, written with the change (law L13), and found again."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

from guiju.lib.words import fold, parts, phrases
from guiju.spine.acts import Act, current, write
from guiju.spine.records.models import Record
from guiju.spine.search import engines
from guiju.spine.search.models import Directory, Part
from guiju.spine.trail.states import kind_of

MOST = 200

# Which fields of a kind are found, besides number and title: set by the registers at start.
finds: dict[str, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Hit:
    kind: str
    record: UUID
    number: str
    title: str


def index_act(acting: Act) -> None:
    """Write the directory rows and own words of the records that an act changed."""
    for change in acting.changes.values():
        if isinstance(change.row, Record) and kind_of(type(change.row)) in finds:
            index(change.row, new=change.created)


def index(record: Record, *, new: bool = False) -> None:
    """Write one record's directory row and own words. `new` when it can have none yet."""
    kind, organization = kind_of(type(record)), record.organization_id
    values = {
        "number": record.number,
        "title": record.title,
        "state": record.state,
        "owner": record.owner_id,
        "due_on": record.due_on,
        "changed_at": current().now(),
    }
    text = own_text(record)
    row = None if new else Directory.objects.filter(kind=kind, record=record.pk).first()
    if row is None:
        row = Directory.objects.create(organization_id=organization, kind=kind, record=record.pk, **values)
        engines.write_parts(organization, row.pk, 0, [text])
        return
    Directory.objects.filter(pk=row.pk).update(**values)
    if not engines.update_part(row.pk, 0, organization, text):
        engines.write_parts(organization, row.pk, 0, [text])


def own_text(record: Record) -> str:
    """Number, title and the declared fields of a record, as one text; a dotted field follows a foreign key."""
    texts = [record.number or "", record.title]
    for path in finds.get(kind_of(type(record)), ()):
        value: Any = record
        for name in path.split("__"):
            value = getattr(value, name, None)
        texts.append("" if value is None else str(value))
    return "\n".join(texts)


def index_body(record: Record, texts: Iterable[str]) -> None:
    """Put the texts of a record's files in place of those indexed before; a job does this after the commit."""
    folded = [part for text in texts for part in parts(text)]

    def indexing() -> None:
        row = Directory.objects.filter(kind=kind_of(type(record)), record=record.pk).first()
        if row is None:
            index(record, new=True)
            row = Directory.objects.get(kind=kind_of(type(record)), record=record.pk)
        Part.objects.filter(directory=row, part__gt=0).delete()
        engines.write_parts(record.organization_id, row.pk, 1, folded)

    write(indexing)


def forget_body(record: Record) -> None:
    """Take what stood in a record's files out of the index; its own words follow it when it is saved."""
    Part.objects.filter(directory__kind=kind_of(type(record)), directory__record=record.pk, part__gt=0).delete()


def find(query: str, kinds: Sequence[str] = (), *, most: int = 0) -> list[Hit]:
    """The newest records of some kinds, or of all, MOST or `most`, that contain every phrase of a query; of them those with it in
    number or title first.

    The caller reads them again through the register's scoped queryset before showing anything.
    """
    return _hits(engines.find(current().organization_id, phrases(query), most or MOST, kinds), query)


def more_than(query: str, count: int) -> bool:
    """Whether more records than `count` contain a query; counted no further. Only for whoever may see them all."""
    return engines.more_than(current().organization_id, phrases(query), count)


def find_by_name(query: str, kinds: Sequence[str]) -> list[Hit]:
    """The records of some kinds that have every phrase of a query in their own words; the one of that number first.

    As `find`, but not inside files. The number is looked up by itself: among many records it is not one of the newest.
    """
    found = engines.find_by_name(current().organization_id, phrases(query), MOST, kinds)
    plain = unicodedata.normalize("NFKC", query)
    exact = list(Directory.objects.filter(number__in={query, plain, plain.upper()}, kind__in=kinds))
    known = {row.pk for row in exact}
    return _hits([*exact, *(one for one in found if one.id not in known)], query)


def _hits(found: Sequence[Directory | engines.Found], query: str) -> list[Hit]:
    """Those with the query as their number first, then those with it in number or title, the others as they stand."""
    plain = fold(query).strip()

    def after(row: Directory | engines.Found) -> int:
        return 0 if fold(row.number).strip() == plain else 1 if plain in fold(f"{row.number} {row.title}") else 2

    return [Hit(row.kind, row.record, row.number, row.title) for row in sorted(found, key=after)]


def differences(kinds: dict[str, type[Record]]) -> Iterator[str]:
    """What the directory of the acting organization says otherwise than the records: for `guiju reindex --check`."""
    for kind, model in kinds.items():
        rows = {row.record: row for row in Directory.objects.filter(kind=kind)}
        words = dict(Part.objects.filter(directory__kind=kind, part=0).values_list("directory__record", "words"))
        for record in model._base_manager.iterator(chunk_size=500):
            row = rows.pop(record.pk, None)
            if row is None:
                yield f"{record.number}: is not in the directory"
            elif (row.number, row.title, row.state) != (record.number, record.title, record.state):
                yield f"{record.number}: the directory says {row.number}, {row.title}, {row.state}"
            elif words.get(record.pk) != engines.words_of(record.organization_id, own_text(record)):
                yield f"{record.number}: other words are indexed than it has"
        for row in rows.values():
            yield f"{row.number}: is in the directory, but there is no such record"


def directory(records: Iterable[tuple[str, UUID]]) -> dict[tuple[str, UUID], Directory]:
    """Directory rows of records named by (kind, id), in one statement."""
    wanted = set(records)
    if not wanted:
        return {}
    rows = Directory.objects.filter(record__in={pk for _, pk in wanted})
    return {(row.kind, row.record): row for row in rows if (row.kind, row.record) in wanted}


def recent(kinds: Sequence[str], most: int = 8) -> models.QuerySet[Directory]:
    """The records last changed."""
    return Directory.objects.filter(kind__in=kinds).order_by("-changed_at")[:most]
