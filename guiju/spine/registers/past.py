"""Lists and records as of a past instant (section "Reading the past")."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.spine.acts import NotFound, Refused, current
from guiju.spine.registers import listing
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.table import needed
from guiju.spine.tasks.models import Task
from guiju.spine.trail.models import Entry
from guiju.spine.trail.past import as_of, sequence_at


def until() -> int:
    """The last entry that counts for the acting organization's past instant."""
    instant = current().as_of
    assert instant is not None
    return sequence_at(instant)


def asked_instant(text: str, zone: str) -> datetime | None:
    """The instant that `as_of` asks for; a day alone means its end, and without an offset the given zone counts.

    None for an empty text; Refused for what is no instant.
    """
    if not text:
        return None
    try:
        instant = parse_datetime(f"{text}T23:59:59" if len(text) == len("2026-03-01") else text)
        if instant is not None:
            instant = (instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        instant = None
    if instant is not None:
        if instant.date() > timezone.now().date() + timedelta(days=1):
            raise Refused(gettext_noop("That day has not come yet. Choose one that is over."))
        return instant
    raise Refused(gettext_noop("The instant to look at is written like 2026-03-01T12:00."))


def record(register: Register, number: str) -> Any:
    """The record of a number as it was. 404 when it was not there then, or may not be seen now."""
    now = register.rows(current().actor).filter(number=number).first()
    if now is None:
        raise Http404
    row = next(as_of(register.model, until(), [now.pk]), None)
    if row is None:
        raise NotFound(gettext_noop("%(number)s did not exist on that day."), {"number": number})
    return row


def page(register: Register, ask: listing.Asked) -> tuple[list[dict[str, Any]], str, str]:
    """Rows as they were, the newest first, the key of the next page, and what the reader must know.

    Rights are today's; filters are applied to what the rows said then. Sorting is not offered.
    """
    columns = needed(register)
    chosen, key = found(register, ask)
    rows = [{"id": row.pk, **{c: _value(row, c) for c in columns}} for row in chosen]
    note = _("As it was then; newest first, the order cannot be chosen.")
    return rows, key, note


def found(register: Register, ask: listing.Asked) -> tuple[list[Any], str]:
    """One page of whole records as they were, and the key of the next page (empty on the last)."""
    after = listing._read(ask.after)[1] if ask.after else None
    rows = list(islice(_matching(register, ask, until(), after), ask.limit + 1))
    more, rows = len(rows) > ask.limit, rows[: ask.limit]
    return rows, listing.key_of(register, listing.Asked(), {"id": rows[-1].pk}) if more else ""


def every(register: Register, ask: listing.Asked) -> Iterator[Any]:
    """All records as they were, the newest first."""
    return _matching(register, ask, until(), None)


def _matching(register: Register, ask: listing.Asked, last: int, after: UUID | None) -> Any:
    """Past rows that fit, in the order of their ids from the newest, read in batches."""
    narrow = bool(ask.filters or ask.q or ask.view)
    size = 500 if narrow else ask.limit + 1
    actor = current().actor
    visible = None if register.sees_all(actor) else set(register.rows(actor).values_list("pk", flat=True))
    while True:
        entries = Entry.objects.filter(kind=register.kind, stateful=True, sequence__lte=last)
        if after is not None:
            entries = entries.filter(record__lt=after)
        newest = entries.order_by("-record").values("record").annotate(last=Max("sequence")).values_list("record", flat=True)
        ids = list(newest[:size])
        if not ids:
            return
        rows = {row.pk: row for row in as_of(register.model, last, ids)}
        for pk in ids:
            row = rows.get(pk)
            if row is not None and (visible is None or pk in visible) and _fits(register, ask, row):
                yield row
        after = ids[-1]


def _fits(register: Register, ask: listing.Asked, row: Any) -> bool:
    today = current().today()
    if ask.q and ask.q.casefold() not in f"{row.number} {row.title}".casefold():
        return False
    for name, value in ask.filters.items():
        if name == "state" and register.workflow:
            if register.workflow.state_of(row, today).name != value:
                return False
        elif str(_value(row, name) if _value(row, name) is not None else "-") != value:
            return False
    return True


def _value(row: Any, column: str) -> Any:
    return getattr(row, row._meta.get_field(column).attname, None)


def tasks() -> list[Task]:
    """What the acting member had to do then, the most pressing first; see tasks.services.mine."""
    actor = current().actor
    person, deputy = actor.on_behalf_of or actor.id, actor.on_behalf_of is not None
    rows = [task for task in as_of(Task, until()) if task.who_id == person and task.done_at is None]
    rows = [task for task in rows if not (deputy and task.own)]
    return sorted(rows, key=lambda task: (task.due_on is None, task.due_on or current().today(), task.pk))


def carried(html: str, organization: str, instant: str) -> str:
    """A page of the past, whose links and questions lead on within the past; only "Back to now" (data-now) leads out of it."""
    words = urlencode({"as_of": instant})

    def link(found: re.Match[str]) -> str:
        path, query, place = found[2], found[3] or "", found[4] or ""
        if "as_of=" in query or "data-now" in found[0]:
            return found[0]
        return f'{found[1]}href="{path}{query + "&amp;" if query else "?"}{words}{place}"'

    html = re.sub(rf'(<a [^>]*?)href="(/{re.escape(organization)}/[^"?#]*)(\?[^"#]*)?(#[^"]*)?"', link, html)
    hidden = f'<input type="hidden" name="as_of" value="{escape(instant)}">'
    return re.sub(r'(<form [^>]*role="search"[^>]*>)', rf"\1{hidden}", html)
