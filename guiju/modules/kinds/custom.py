"""Custom fields: what is entered in them, judged by type, and how it is shown. No guard and no rule reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, gettext_noop, override, pgettext_lazy
from django.utils.translation import gettext as _

from guiju.spine.registers import values
from guiju.spine.registers.spreadsheet_cells import DAY, NO, YES, folded

LONGEST = 2000  # characters of a text


class Type(models.TextChoices):
    TEXT = "text", pgettext_lazy("type of a field", "Text")
    NUMBER = "number", pgettext_lazy("type of a field", "Number")
    DATE = "date", gettext_lazy("Date")
    YES_NO = "yes_no", gettext_lazy("Yes or no")
    CHOICE = "choice", gettext_lazy("One of a list")


@dataclass(frozen=True)
class CustomField:
    """A field that an organization has added to a kind; `key` never changes, whatever the label becomes.

    One that has `ended` is asked for no longer; what was entered in it is still shown.
    """

    key: str
    label: str
    label_zh: str = ""
    type: str = Type.TEXT
    choices: tuple[str, ...] = ()
    required: bool = False
    ended: bool = False
    help: str = ""

    def __str__(self) -> str:
        return self.label_zh if self.label_zh and (get_language() or "").startswith("zh") else self.label

    @property
    def type_label(self) -> str:
        return str(Type(self.type).label)

    def kept(self) -> dict[str, Any]:
        """As it stands in the rule of its kind."""
        return {**asdict(self), "type": str(self.type), "choices": list(self.choices)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "CustomField":
        return cls(**{**kept, "choices": tuple(kept["choices"])})


class MoreInput(forms.Widget):
    """One control for each custom field of the kind; nothing at all where a kind has none."""

    template_name = "kinds/more.html"
    fields: Sequence["CustomField"] = ()

    @property
    def is_hidden(self) -> bool:
        return not self.fields

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = value if isinstance(value, Mapping) else {}
        rows = [{"field": f, "name": f"{name}_{f.key}", "value": given.get(f.key, "")} for f in self.fields]
        return render_to_string(self.template_name, {"rows": rows, "id": (attrs or {}).get("id", name)})

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What the API says as one object, or what the page's controls say, by key."""
        if isinstance(data.get(name), Mapping):
            return data[name]
        prefix = f"{name}_"
        return {key.removeprefix(prefix): data[key] for key in data if key.startswith(prefix)}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and not any(key.startswith(f"{name}_") for key in data)

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class MoreField(forms.JSONField):
    """The values of a record's custom fields, by their keys. They are judged by `judged` once the kind is known."""

    widget = MoreInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "label": gettext_lazy("Further fields"), **kwargs})

    def offer(self, fields: Sequence[CustomField]) -> None:
        """Show controls for these."""
        self.widget.fields = fields

    def prepare_value(self, value: Any) -> Any:
        return value

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data

    def clean(self, value: Any) -> dict[str, Any]:
        if value in (None, ""):
            return {}
        if not isinstance(value, Mapping):
            raise ValidationError(_("This is an object of values by their keys."), code="type")
        return dict(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        given = {key: value for key, value in (data or {}).items() if value not in ("", None)}
        return given != {key: str(value) if not isinstance(value, bool) else value for key, value in (initial or {}).items()}


def judged(fields: Sequence[CustomField], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept: texts, numbers and days as text, yes and no as such. ValidationError names each fault."""
    kept: dict[str, Any] = {}
    faults = [
        _("There is no field “%(name)s” of this kind.") % {"name": str(k)[:40]} for k in given.keys() - {f.key for f in fields}
    ]
    for field in fields:
        try:
            value = read(field, given.get(field.key))
        except ValueError as fault:
            faults.append(_("%(field)s: %(fault)s") % {"field": field, "fault": fault})
            continue
        if value is not None:
            kept[field.key] = value
        elif field.required:
            faults.append(_("%(field)s: %(fault)s") % {"field": field, "fault": _("This field is required.")})
    if faults:
        raise ValidationError(faults, code="more")
    return kept


def read(field: CustomField, value: Any) -> Any:
    """One value in the form in which it is kept; None for an empty one, ValueError with words for one that does not fit."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if field.type == Type.YES_NO:
        if value in (True, "true", "on", "yes"):
            return True
        if value in (False, "false", "no"):
            return False
        raise ValueError(_("Choose yes or no."))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(_("This value does not fit here."))
    text = str(value).strip()
    if "\x00" in text:
        raise ValueError(_("The text contains a character that cannot be stored (U+0000)."))
    return _READ[Type(field.type)](field, text)


def _text(field: CustomField, text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(_("At most %(most)s characters.") % {"most": LONGEST})
    return text


def _number(field: CustomField, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(text) > 40:
        raise ValueError(_("Enter a number."))
    return text


def _day(field: CustomField, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError(_("Enter a date, year first: 2026-11-30.")) from None


def _choice(field: CustomField, text: str) -> str:
    if text not in field.choices:
        raise ValueError(_("Choose one of the list."))
    return text


_READ = {Type.TEXT: _text, Type.NUMBER: _number, Type.DATE: _day, Type.CHOICE: _choice}


def cell(fields: Mapping[str, CustomField], row: Mapping[str, Any]) -> str:
    """What stands in the cell of a record in a spreadsheet. `fields`: those of one name, by kind."""
    field = fields.get(row["kind"])
    value = row["more"].get(field.key, "") if field is not None else ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def from_cell(fields: Mapping[str, CustomField], data: dict[str, Any], text: str) -> None:
    """Lay a cell over the data of a record's form. ValueError with a message key where it does not fit the kind or the type."""
    field = fields.get(str(data.get("kind")))
    if field is None or field.ended:
        raise ValueError(gettext_noop("A document of this kind has no such field."))
    if field.type == Type.YES_NO and folded(text) in YES | NO:
        text = "yes" if folded(text) in YES else "no"
    elif field.type == Type.DATE and (day := DAY.fullmatch(text.strip())):
        text = f"{int(day[1]):04}-{int(day[2]):02}-{int(day[3]):02}"
    with override("en"):  # the words are a key, put into the reader's language where they are shown
        read(field, text)
    data["more"] = {**(data.get("more") or {}), field.key: text}


def shown(field: CustomField, value: Any) -> str:
    """A kept value for people."""
    if value is None:
        return ""
    if field.type == Type.YES_NO:
        return _("Yes") if value else _("No")
    try:
        return values.day(date.fromisoformat(value)) if field.type == Type.DATE else str(value)
    except (TypeError, ValueError):  # in the past the field was of another type
        return str(value)
