"""A field's value as people read it: in a list, on a page, in a history."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import get_language, gettext

from guiju.lib.dates import show_date, show_instant, show_signed
from guiju.spine.acts import current
from guiju.spine.acts.hooks import members
from guiju.spine.acts.prepared import Prepared
from guiju.spine.trail.states import field_of, from_text, target_of

OFFERED = 200  # rows that a filter offers of a reference; beyond, one searches


def reader_zone() -> ZoneInfo:
    """The time zone in which the acting person reads."""
    acting = current()
    person = getattr(acting.actor, "person", None)
    name = getattr(person, "time_zone", "") or (acting.organization.time_zone if acting.organization is not None else "UTC")
    return ZoneInfo(name)


def when(instant: datetime) -> str:
    return show_instant(instant, get_language() or settings.LANGUAGE_CODE, reader_zone())


def signed(instant: datetime) -> str:
    """The instant of a signature, with its time zone."""
    return show_signed(instant, get_language() or settings.LANGUAGE_CODE, reader_zone())


def sortable(instant: datetime) -> str:
    """An instant in a spreadsheet, where the acting person reads it: 2026-11-23 14:02."""
    return f"{instant.astimezone(reader_zone()):%Y-%m-%d %H:%M}"


def day(value: date) -> str:
    return show_date(value, get_language() or settings.LANGUAGE_CODE)


@cache
def _choices(field: models.Field) -> dict[Any, Any]:
    return dict(field.flatchoices)


def plain(field: models.Field, value: Any, names: Mapping[Any, str] | None = None) -> str:
    """A value as text; empty for nothing. `names` are the names of what foreign keys point to."""
    if value is None or value == "":
        return ""
    if field.is_relation:
        return (names or {}).get(value, "")
    if field.choices:
        return str(_choices(field).get(value, value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return amount(field, value)
    return str(value)


def amount(field: models.Field, value: Decimal) -> str:
    """A number as people write it: money with its two places, a measured value without the zeros that the column adds."""
    places = getattr(field, "decimal_places", None)
    if places is not None and places <= 2:
        return f"{value:,.{places}f}"
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def names_of(model: type[models.Model], ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of rows by id, in one statement; none for no ids."""
    ids = {pk for pk in ids if pk is not None}
    if not ids:
        return {}
    manager = getattr(model, "objects", model._default_manager)
    return {row.pk: str(row) for row in _named(manager.filter(pk__in=ids))}


@cache
def _offering(model: type[models.Model]) -> Prepared:
    """The prepared query of what a reference to a model may point to."""
    named_by = getattr(model, "named_by", ())

    def build() -> models.QuerySet:
        rows = next(iter(members))() if model is get_user_model() else model.objects.order_by("-id")  # type: ignore[attr-defined]
        return rows.values_list("pk", *named_by)[:OFFERED]

    return Prepared(build)


def offered(model: type[models.Model]) -> dict[UUID, str]:
    """The rows that a reference may point to, by name: the organization's people, or its records of a kind; OFFERED of them."""
    named_by = getattr(model, "named_by", ())
    if not named_by:
        return {row.pk: str(row) for row in model.objects.all()[:OFFERED]}  # type: ignore[attr-defined]
    rows = _offering(model).rows()
    names = {pk: str(model(**dict(zip(named_by, parts, strict=True)))) for pk, *parts in rows}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def title_of(row: Any) -> str:
    """A record's title as its reader calls it: of a kind that says what names it, the name in the reader's language."""
    return untitled() if is_untitled(row) else str(row) if hasattr(row, "named_by") else row.title


def heading_of(row: Any) -> str:
    """What stands above a record's page: its title, or where that was erased its number, which stays."""
    return f"{row.number} {untitled()}" if is_untitled(row) else title_of(row)


def is_untitled(row: Any) -> bool:
    """Whether a record's title was erased."""
    return not hasattr(row, "named_by") and not row.title


def untitled() -> str:
    """What stands in the place of a title that was erased."""
    return gettext("(erased)")


def _named(rows: models.QuerySet) -> models.QuerySet:
    """Only the columns of which a row's name is made, where the model says which."""
    return rows.only(*rows.model.named_by) if hasattr(rows.model, "named_by") else rows


def said(model: type[models.Model], name: str, text: str | None, names: Callable[[type[models.Model], UUID], str]) -> str:
    """A value kept on the trail as text, as people read it."""
    if text is None:
        return ""
    field = field_of(model, name)
    value = from_text(field, text)
    if field.is_relation:
        return names(target_of(field), value)
    return plain(field, value)
