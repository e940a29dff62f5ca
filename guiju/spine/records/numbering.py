"""Numbers: given at the end of the act, without gaps, after the highest that is already used (law L12)."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, connection, models, transaction
from django.db.models import UUIDField

from guiju.spine.acts import Act
from guiju.spine.records.models import Counter, Record

COUNTED = re.compile(r"(.*?\D)(\d{1,12})")
Counted = tuple[int, int]  # how far was counted, and in how many digits with leading zeros (0: as many as the scheme says)
NONE: Counted = (0, 0)


def give_numbers(acting: Act) -> None:
    """Number the act's new records, and move counters past the numbers that people gave themselves."""
    new = [c.row for c in acting.changes.values() if c.created and isinstance(c.row, Record)]
    if new:
        waiting = [row for row in new if row.number is None]
        assign(acting, new)
        for row in waiting:
            models.QuerySet.update(type(row)._base_manager.filter(pk=row.pk), number=row.number)


def assign(acting: Act, rows: Iterable[Record]) -> None:
    """Set `number` on the rows without one, stem by stem in the order of the stems; the counters stay locked."""
    waiting: dict[str, list[Record]] = {}
    widths: dict[str, int] = {}
    given: dict[str, Counted] = {}
    for row in rows:
        if row.number is None:
            scheme = row.numbering()
            waiting.setdefault(stem := scheme.stem(acting.today()), []).append(row)
            widths[stem] = scheme.width
        elif found := COUNTED.fullmatch(row.number):
            given[found[1]] = max(_counted(found[2]), given.get(found[1], NONE))
    for stem in sorted(waiting.keys() | given.keys()):
        if stem not in given and (end := _advanced(acting.organization_id, stem, len(waiting[stem]))) is not None:
            _number(waiting[stem], stem, end[0] - len(waiting[stem]), max(widths[stem], end[1]))
            continue
        counter = _locked(acting.organization_id, stem, make=stem in waiting, like=waiting.get(stem))
        if counter is None:
            continue
        rows_here = waiting.get(stem, [])
        last, width = max((counter.last, counter.width), given.get(stem, NONE))
        _number(rows_here, stem, last, max(widths.get(stem, 0), width))
        if (last + len(rows_here), width) != (counter.last, counter.width):
            Counter.everywhere.filter(pk=counter.pk).update(last=last + len(rows_here), width=width)


def _counted(digits: str) -> Counted:
    """The counting part of a number that people gave; a width only where it is written with leading zeros."""
    return int(digits), len(digits) if digits[0] == "0" else 0


def _number(rows: list[Record], stem: str, after: int, width: int) -> None:
    for count, row in enumerate(rows, after + 1):
        row.number = f"{stem}{count:0{width}d}"


def _advanced(organization: UUID, stem: str, by: int) -> Counted | None:
    """Move a counter on in one statement, which locks it too, and answer where it stands; None when there is none yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE records_counter SET last = last + %s WHERE organization_id = %s AND prefix = %s RETURNING last, width",
            [by, UUIDField().get_db_prep_value(organization, connection), stem],
        )
        found = cursor.fetchone()
    return (found[0], found[1]) if found else None


def _locked(organization: UUID, stem: str, *, make: bool, like: list[Record] | None) -> Counter | None:
    """The counter of a stem, locked; made when it is first needed, after the highest number in use."""
    ours = Counter.everywhere.select_for_update().filter(organization_id=organization, prefix=stem)
    if (found := ours.first()) is not None or not make or not like:
        return found
    try:
        with transaction.atomic():
            last, width = _highest(like[0], stem)
            return Counter.everywhere.create(organization_id=organization, prefix=stem, last=last, width=width)
    except IntegrityError:  # another act made it meanwhile
        return ours.get()


def _highest(like: Record, stem: str) -> Counted:
    used = type(like)._base_manager.filter(number__startswith=stem).values_list("number", flat=True)
    counts = (COUNTED.fullmatch(number or "") for number in used)
    return max((_counted(found[2]) for found in counts if found and found[1] == stem), default=NONE)
