"""What stands in a list: filters, order and keyset paging, the same for pages, API and export."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused, current
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.registers.declaration import Register
from guiju.spine.trail.states import as_text, from_text

PAGE = 25
MOST = 200  # rows of one page, for whoever asks for more
NO_SUCH_PAGE = _("This page of the list is not there. Begin at the first.")
REPLACED = "\ufffd"
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
    refuse_unreadable(query.values())
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


def refuse_unreadable(texts: Iterable[str]) -> None:
    """Refused for words of a query that no text stands for."""
    for value in texts:
        if "\x00" in value:
            raise Refused(_("The text contains a character that cannot be stored (U+0000)."))
        if REPLACED in value:  # what no UTF-8 stands for is read as this character
            at = len(value[: value.index(REPLACED)].encode())
            raise Refused(_("The content is not UTF-8 (at byte %(at)s)."), {"at": at})


def words_of(query: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    """A query that asks for what is known here. Refused for anything else."""
    refuse_unreadable(query.values())
    if unknown := [name for name in query if name not in set(known)]:
        raise Refused(_("There is no filter “%(name)s” here."), {"name": unknown[0][:80]})
    return dict(query.items())


def limit(text: str) -> int:
    """How many rows a page has; Refused for what is no number from 1 to MOST."""
    if not text:
        return PAGE
    found = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= found <= MOST:
        raise Refused(_("The limit is a whole number from 1 to %(most)s."), {"most": MOST})
    return found


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
    if target.choices and value not in (str(known) for known, _label in target.flatchoices):
        raise Refused(_("“%(value)s” is no value of this filter."), {"value": value[:60]})
    try:
        if target.is_relation:
            return Q(**{name: UUID(value)})
        return Q(**{name: target.to_python(value)})
    except (ValueError, ValidationError):
        raise Refused(_("“%(value)s” is no value of this filter."), {"value": value[:60]}) from None


def page(register: Register, ask: Asked, columns: tuple[str, ...]) -> tuple[list[dict[str, Any]], str]:
    """One page of rows as {column: value}, and the key of the next page (empty on the last)."""
    wanted = tuple(sorted({*columns, "id"} | ({ask.column} if ask.sort else set())))
    if ask == Asked():
        rows = [dict(zip(wanted, row, strict=True)) for row in _opened_first(register, wanted)]
    else:
        rows = _taken(register, ask, lambda queryset: queryset.values(*wanted))
    more, rows = len(rows) > ask.limit, rows[: ask.limit]
    return rows, key_of(register, ask, rows[-1]) if more else ""


def _opened_first(register: Register, columns: tuple[str, ...]) -> Iterator[Any]:
    actor = current().actor
    if register.sees_all(actor):
        return _first_page(register, columns).rows()
    people = sorted(getattr(actor, "ids", ()))
    if not people:
        return iter(register.rows(actor).order_by("-id").values_list(*columns)[: PAGE + 1])
    return _first_page_of(register, columns).rows(one=people[0], other=people[-1])


@cache
def _first_page_of(register: Register, columns: tuple[str, ...]) -> Prepared:
    """The same of a register that hides some records; a deputy stands for two people."""
    assert register.visible_to is not None
    may_see = register.visible_to
    people = [Param("one", models.UUIDField()), Param("other", models.UUIDField())]
    rows = register.model.objects.order_by
    return Prepared(lambda: rows("-id").filter(may_see(people)).values_list(*columns)[: PAGE + 1])


@cache
def _first_page(register: Register, columns: tuple[str, ...]) -> Prepared:
    """The page that everybody opens first."""
    return Prepared(lambda: register.model.objects.order_by("-id").values_list(*columns)[: PAGE + 1])


def found(register: Register, ask: Asked) -> tuple[list[Any], str]:
    """One page of whole records, and the key of the next page (empty on the last)."""
    rows = _taken(register, ask, lambda queryset: queryset)
    more, rows = len(rows) > ask.limit, rows[: ask.limit]
    return rows, key_of(register, ask, vars(rows[-1])) if more else ""


def _taken(register: Register, ask: Asked, shape: Callable[[models.QuerySet], models.QuerySet]) -> list[Any]:
    """The rows of a page and one more, from the key `after` on: never by counting past those before.

    In an order by a column, rows without a value stand last, in the order of their ids.
    """
    rows, most = narrowed(register, ask), ask.limit + 1
    text, last = _read(ask.after) if ask.after else ("", None)
    down = not ask.sort or ask.sort.startswith("-")
    beyond = "lt" if down else "gt"
    by_id = "-id" if down else "id"
    if not ask.sort:
        rows = rows.order_by(by_id)
        return list(shape(rows if last is None else rows.filter(id__lt=last))[:most])
    column, made = ask.column, []
    if text is None and not register.column(column).null:
        raise Refused(NO_SUCH_PAGE)
    if text is not None:
        valued = rows.filter(**{f"{column}__isnull": False}).order_by(f"-{column}" if down else column, by_id)
        if last is not None:
            value = _value(register, column, text)
            valued = valued.filter(Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, f"id__{beyond}": last}))
            # The plain bound beside the pair lets both engines begin in the index.
            valued = valued.filter(**{f"{column}__{beyond}e": value})
            last = None
        made = list(shape(valued)[:most])
    if len(made) < most and register.column(column).null:
        empty = rows.filter(**{f"{column}__isnull": True}).order_by(by_id)
        empty = empty if last is None else empty.filter(**{f"id__{beyond}": last})
        made += shape(empty)[: most - len(made)]
    return made


def key_of(register: Register, ask: Asked, row: Mapping[str, Any]) -> str:
    text = as_text(register.column(ask.column), row[ask.column]) if ask.sort else None
    return urlsafe_b64encode(json.dumps([text, str(row["id"])]).encode()).decode().rstrip("=")


def _read(key: str) -> tuple[str | None, UUID]:
    try:
        text, last = json.loads(urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        return text, UUID(last)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise Refused(NO_SUCH_PAGE) from None


def _value(register: Register, column: str, text: str | None) -> Any:
    """The value in a key; Refused for one that this list never gave."""
    try:
        value = from_text(register.column(column), text)
    except (ValueError, TypeError, ValidationError):
        value = None
    if value is None:
        raise Refused(NO_SUCH_PAGE)
    return value


def of_many(shown: int, total: int) -> str:
    """How many of a list stand on the page, in words; `total` was counted no further than COUNTED."""
    if total > COUNTED:
        return _("%(shown)s of more than %(most)s") % {"shown": shown, "most": f"{COUNTED:,}"}
    return _("%(shown)s of %(total)s") % {"shown": shown, "total": total}


def counted(register: Register, ask: Asked) -> int:
    """How many rows, counted as far as COUNTED + 1, so that the cost does not grow with them."""
    if ask.filters or ask.view or ask.q or not register.sees_all(current().actor):
        return narrowed(register, ask).order_by()[: COUNTED + 1].count()
    beyond, all_rows = _counts(register)
    if next(beyond.rows(), None) is not None:
        return COUNTED + 1
    return sum(n for _organization, n in all_rows.rows())


@cache
def _counts(register: Register) -> tuple[Prepared, Prepared]:
    """Whether there is a row beyond those that are counted; and how many there are, asked only if not."""
    rows = register.model.objects.order_by
    return (
        Prepared(lambda: rows("-id").values_list("pk")[COUNTED : COUNTED + 1]),
        Prepared(lambda: rows().values_list("organization").annotate(n=Count("pk"))),
    )


def due_tone(due_on: date | None, today: date) -> str:
    """Late, due within 30 days, or neither."""
    if due_on is None:
        return ""
    return "late" if due_on < today else "due" if (due_on - today).days <= 30 else ""
