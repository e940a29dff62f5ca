"""What stands in a list: filters, order and keyset paging, the same for pages, API and export."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused, current
from guiju.spine.registers.declaration import Register
from guiju.spine.trail.states import as_text, from_text

PAGE = 25
MOST = 200  # rows of one page, for whoever asks for more
COUNTED = 1000  # rows are counted so far; beyond it is "more than"


@dataclass(frozen=True)
class Asked:
    """What a reader asks of a list."""

    filters: Mapping[str, str] = field(default_factory=dict)
    view: str = ""
    q: str = ""
    sort: str = ""
    after: str = ""
    limit: int = PAGE

    @property
    def column(self) -> str:
        return self.sort.lstrip("-")


def asked(register: Register, query: Mapping[str, str], *, strict: bool) -> Asked:
    """Read a query string. Refused for what is not a filter, a sort or a number; a page (not strict) ignores others' words."""
    known = {"view", "q", "sort", "after", "limit", "as_of"}
    if any("\x00" in value for value in query.values()):
        raise Refused(_("The text contains a character that cannot be stored (U+0000)."))
    filters = {name: value for name, value in query.items() if name in register.filters and value != ""}
    unknown = [name for name in query if name not in known and name not in register.filters]
    if strict and unknown:
        raise Refused(_("There is no filter “%(name)s” here."), {"name": unknown[0]})
    sort = query.get("sort", "")
    if sort and sort.lstrip("-") not in register.sorts:
        raise Refused(_("This list cannot be sorted by “%(name)s”."), {"name": sort.lstrip("-")})
    view = query.get("view", "")
    if view and view not in {v.name for v in register.views}:
        raise Refused(_("There is no view “%(name)s” here."), {"name": view})
    return Asked(filters, view, query.get("q", "").strip(), sort, query.get("after", ""), limit(query.get("limit", "")))


def limit(text: str) -> int:
    """How many rows a page has; Refused for what is no number."""
    try:
        return min(max(int(text or PAGE), 1), MOST)
    except ValueError:
        raise Refused(_("The limit is a whole number from 1 to %(most)s."), {"most": MOST}) from None


def narrowed(register: Register, ask: Asked) -> models.QuerySet:
    """The rows that pass the filters, in no order yet."""
    rows = register.rows(current().actor)
    for name, value in ask.filters.items():
        rows = rows.filter(condition(register, name, value))
    for view in register.views:
        if view.name == ask.view:
            rows = rows.filter(view.condition())
    if ask.q:
        rows = rows.filter(Q(number__icontains=ask.q) | Q(title__icontains=ask.q))
    return rows


def condition(register: Register, name: str, value: str) -> Q:
    """The condition of one filter; "-" asks for rows without a value. Refused for a value that cannot be."""
    if name == "state" and register.workflow:
        if value not in register.workflow.states:
            raise Refused(_("There is no state “%(name)s” here."), {"name": value})
        return register.workflow.condition(value, current().today())
    if value == "-":
        return Q(**{f"{name}__isnull": True})
    target = register.column(name)
    try:
        if target.is_relation:
            return Q(**{name: UUID(value)})
        return Q(**{name: target.to_python(value)})
    except (ValueError, ValidationError):
        raise Refused(_("“%(value)s” is no value of this filter."), {"value": value[:60]}) from None


def page(register: Register, ask: Asked, columns: tuple[str, ...]) -> tuple[list[dict[str, Any]], str]:
    """One page of rows as {column: value}, and the key of the next page (empty on the last)."""
    rows = narrowed(register, ask)
    wanted = {*columns, "id"} | ({ask.column} if ask.sort else set())
    found = list(keyed(register, rows, ask).values(*wanted)[: ask.limit + 1])
    more, found = len(found) > ask.limit, found[: ask.limit]
    return found, key_of(register, ask, found[-1]) if more else ""


def found(register: Register, ask: Asked) -> tuple[list[Any], str]:
    """One page of whole records, and the key of the next page (empty on the last)."""
    rows = list(keyed(register, narrowed(register, ask), ask)[: ask.limit + 1])
    more, rows = len(rows) > ask.limit, rows[: ask.limit]
    return rows, key_of(register, ask, vars(rows[-1])) if more else ""


def keyed(register: Register, rows: models.QuerySet, ask: Asked) -> models.QuerySet:
    """Rows in order, from the key `after` on: never by counting past those before (their cost would grow)."""
    down = not ask.sort or ask.sort.startswith("-")
    beyond = "lt" if down else "gt"
    if not ask.sort:
        rows = rows.order_by("-id")
        return rows.filter(id__lt=_read(ask.after)[1]) if ask.after else rows
    column = ask.column
    rows = rows.filter(**{f"{column}__isnull": False}).order_by(*(f"-{c}" if down else c for c in (column, "id")))
    if ask.after:
        text, last = _read(ask.after)
        value = _value(register, column, text)
        rows = rows.filter(Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, f"id__{beyond}": last}))
        # The plain bound beside the pair lets both engines begin in the index.
        rows = rows.filter(**{f"{column}__{beyond}e": value})
    return rows


def key_of(register: Register, ask: Asked, row: Mapping[str, Any]) -> str:
    text = as_text(register.column(ask.column), row[ask.column]) if ask.sort else None
    return urlsafe_b64encode(json.dumps([text, str(row["id"])]).encode()).decode().rstrip("=")


def _read(key: str) -> tuple[str | None, UUID]:
    try:
        text, last = json.loads(urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        return text, UUID(last)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Refused(_("This page of the list is not there. Begin at the first.")) from None


def _value(register: Register, column: str, text: str | None) -> Any:
    """The value in a key; Refused for one that this list never gave."""
    try:
        value = from_text(register.column(column), text)
    except (ValueError, TypeError, ValidationError):
        value = None
    if value is None:
        raise Refused(_("This page of the list is not there. Begin at the first."))
    return value


def counted(rows: models.QuerySet) -> int:
    """How many rows, counted as far as COUNTED + 1, so that the cost does not grow with them."""
    return rows.order_by()[: COUNTED + 1].count()


def due_tone(due_on: date | None, today: date) -> str:
    """Late, due within 30 days, or neither."""
    if due_on is None:
        return ""
    return "late" if due_on < today else "due" if (due_on - today).days <= 30 else ""
