"""A field's value as the text of a cell, and back: by number, name or label in either language, dates year first."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_noop as _

DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[ T]00:00(?::00)?)?")
YES = {"yes", "true", "1", "x", "是", "✓", "√"}
NO = {"no", "false", "0", "否", ""}


class UnfitCell(ValueError):
    """A cell that says nothing the field can have: a message key with parameters."""

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key)
        self.key, self.params = key, params


def in_each_language(text: Any) -> list[str]:
    """A lazy text in every language of the product."""
    said = []
    for language, _label in settings.LANGUAGES:
        with translation.override(language):
            said.append(str(text))
    return said


def folded(text: str) -> str:
    """A text as it is compared: without regard to case, width and the number of spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class Names:
    """The rows a foreign key may point to, found by what people write: number, user name, name, title."""

    def __init__(self, rows: Iterable[Any]) -> None:
        self.unique: dict[str, Any] = {}
        self.others: dict[str, dict[Any, Any]] = {}
        for row in rows:
            key = getattr(row, "number", None) or getattr(row, "username", None)
            if key:
                self.unique[key] = row
            for name in {key or "", *self._names(row)} - {""}:
                self.others.setdefault(folded(name), {})[row.pk] = row

    @staticmethod
    def _names(row: Any) -> set[str]:
        names = {getattr(row, attribute, "") or "" for attribute in ("title", "title_zh", "name", "name_zh", "email")} - {""}
        if number := getattr(row, "number", None):
            names |= {f"{number} {name}" for name in names}
        return names

    def find(self, text: str) -> Any:
        """The row that a cell names. UnfitCell for none, or for several of one name."""
        if found := re.fullmatch(r".*<([^<>]+)>\s*", text, re.DOTALL):
            text = found[1]
        text = text.strip()
        if text in self.unique:
            return self.unique[text]
        rows = list(self.others.get(folded(text), {}).values())
        if len(rows) > 1:
            raise UnfitCell(_("There are several of this name; give the number or the user name."))
        if not rows:
            raise UnfitCell(_("There is no such one here."))
        return rows[0]


def reader(field: forms.Field) -> Callable[[str], Any]:
    """What makes the form's value of a cell that is not empty; raises UnfitCell."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        several = Names(field.queryset if field.queryset is not None else ())
        return lambda text: [several.find(part) for part in re.split("[;；]", text) if part.strip()]
    if isinstance(field, forms.ModelChoiceField):
        return Names(field.queryset if field.queryset is not None else ()).find
    if isinstance(field, forms.ChoiceField):
        return _choice(field)
    if isinstance(field, forms.DateField):
        return _day
    if isinstance(field, forms.BooleanField):
        return _truth
    return lambda text: text


def choices_of(field: Any) -> list[tuple[Any, Any]]:
    """(value, label) of a field that offers choices, without the empty one; of any other, none."""
    return [(value, label) for value, label in getattr(field, "choices", ()) if value not in ("", None)]


def _choice(field: forms.ChoiceField) -> Callable[[str], Any]:
    values: dict[str, Any] = {}
    for value, label in choices_of(field):
        values |= {folded(text): value for text in in_each_language(label)}
    values |= {folded(str(value)): value for value, label in choices_of(field)}

    def read(text: str) -> Any:
        if folded(text) not in values:
            offered = pgettext("list", ", ").join(str(label) for value, label in choices_of(field))
            raise UnfitCell(_("This is none of the choices: %(choices)s."), choices=offered[:400])
        return values[folded(text)]

    return read


def _day(text: str) -> date:
    found = DAY.fullmatch(text.strip())
    try:
        if found:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise UnfitCell(_("A date is written like 2026-03-01."))


def _truth(text: str) -> bool:
    wanted = folded(text)
    if wanted in YES or wanted in NO:
        return wanted in YES
    raise UnfitCell(_("Yes or no is expected here."))


def cell(field: models.Field, value: Any, names: dict[Any, str]) -> str:
    """A stored value as the text that `reader` takes back; `names` are those of `in_cells`."""
    if value is None or value == "":
        return ""
    if field.is_relation:
        return names.get(value, "")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def in_cells(model: type[models.Model] | None, ids: Iterable[Any]) -> dict[Any, str]:
    """Rows as cells name them, by id: with number or user name, so that each is found again."""
    wanted = {pk for pk in ids if pk is not None}
    if model is None:
        return {}
    manager = getattr(model, "objects", model._default_manager)
    return {row.pk: _named(row) for row in manager.filter(pk__in=wanted)} if wanted else {}


def _named(row: Any) -> str:
    text = str(row)
    if number := getattr(row, "number", None):
        return text if text.startswith(f"{number} ") else f"{number} {text}"
    return f"{text} <{row.username}>" if getattr(row, "username", None) else text
