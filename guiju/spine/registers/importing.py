"""Rows of a spreadsheet as records: which column is what, and whether a row is new, as it is, or refused, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_noop as _

from guiju.spine.registers.addresses import RESERVED
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.forms import bound_fields, form_class
from guiju.spine.registers.spreadsheet_cells import UnfitCell, folded, in_each_language, reader

TOGETHER = 200  # rows judged, and written, at once
LONGEST_SHOWN = 200  # characters of a refused value that are kept

# Django puts these into words that depend on a number; ours do not, so that they can be kept as a key (law L15).
OWN_WORDS = {
    "max_length": _("At most %(limit_value)s characters; it has %(show_value)s."),
    "min_length": _("At least %(limit_value)s characters; it has %(show_value)s."),
}


@dataclass(frozen=True)
class Reason:
    """Why a cell does not fit: the line, the column's name ("" for the whole row), what it says, the words."""

    line: int
    column: str
    value: str
    key: str
    params: Mapping[str, Any]

    def kept(self) -> dict[str, Any]:
        return {**vars(self), "params": {name: str(value) for name, value in self.params.items()}}


@dataclass
class Judged:
    """A row: its cleaned values when it is new, else the reasons against it; neither when it is as it is already."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def new(self) -> bool:
        return bool(self.values)


def labels(register: Register) -> dict[str, Any]:
    """The columns of a spreadsheet: their names, and the words that stand in its first row."""
    made = {}
    for name in register.imports:
        known = form_class(register).base_fields.get(name)
        made[name] = known.label if known is not None and known.label else register.column(name).verbose_name
    return made | {one.name: one.label for one in register.taken_columns()}


def heading(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def guessed(register: Register, header: Sequence[str]) -> list[str]:
    """Which column each heading means, by label in either language or by name; "" for none. Each is taken once."""
    meant: dict[str, str] = {}
    known = labels(register)
    for one in register.taken_columns():
        meant[folded(one.label)] = one.name
    for name in register.imports:
        meant |= {folded(text): name for text in in_each_language(known[name])}
        meant |= {folded(text): name for text in in_each_language(register.column(name).verbose_name)}
    meant |= {folded(name): name for name in register.imports}
    found, taken = [], set()
    for text in header:
        name = meant.get(folded(text).strip(" *:"), "")
        found.append("" if name in taken else name)
        taken.add(name)
    return found


class Judge:
    """Judges rows by the register's one form. References and choices are looked up once, not for each row."""

    def __init__(self, register: Register, columns: Sequence[str]) -> None:
        self.register, self.columns = register, columns
        self.form = form_class(register)(data={})
        if "number" in register.imports and "number" not in self.form.fields:
            self.form.fields["number"] = forms.CharField(max_length=60, required=False)
            bound_fields(self.form)
        self.start = {
            name: value
            for name in self.form.fields
            if (value := self.form.get_initial_for_field(self.form.fields[name], name)) is not None
        }
        self.own = {one.name: one for one in register.taken_columns()}
        self.readers = {name: reader(self.form.fields[name]) for name in columns if name and name not in self.own}
        for name, known in self.form.fields.items():
            if name in self.readers and isinstance(known, forms.ModelChoiceField):
                self.form.fields[name] = forms.Field(required=known.required, label=known.label)
        self.numbers: dict[str, int] = {}
        self.rows: dict[tuple[str, ...], int] = {}

    def judge(self, rows: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Judged]:
        """Each row in its turn; what exists already is looked up for many together."""
        rows = iter(rows)
        while together := list(islice(rows, TOGETHER)):
            cleaned = [self._cleaned(line, cells) for line, cells in together]
            existing = self._existing([one for one, said in cleaned])
            for one, said in cleaned:
                yield self._against(one, said, existing)

    def _cleaned(self, line: int, cells: Sequence[str]) -> tuple[Judged, dict[str, str]]:
        """The row's values as the form has them, or its reasons; and what its cells say, by column."""
        said = {name: text for name, text in zip(self.columns, cells, strict=False) if name and text.strip()}
        data, made = dict(self.start), Judged(line)
        for name, text in said.items():
            if name in self.own:
                continue
            try:
                data[name] = self.readers[name](text)
            except UnfitCell as unfit:
                made.reasons.append(Reason(line, name, text[:LONGEST_SHOWN], unfit.key, unfit.params))
        for name in said.keys() & self.own.keys():  # what they mean may depend on the other cells
            try:
                put = self.own[name].put
                assert put is not None
                put(data, said[name])
            except ValueError as unfit:
                made.reasons.append(Reason(line, name, said[name][:LONGEST_SHOWN], str(unfit), {}))
        self.form.data = data
        self.form.full_clean()
        unread = {reason.column for reason in made.reasons}
        for name, errors in self.form.errors.as_data().items():
            if name not in unread:
                made.reasons.append(_reason(line, name, said.get(name, ""), errors[0]))
        if not made.reasons:
            made.values = dict(self.form.cleaned_data)
        return made, said

    def _existing(self, rows: Sequence[Judged]) -> dict[str, list[Any]]:
        """The records that have these numbers, or these titles where no number is given."""
        numbers = [row.values["number"] for row in rows if row.values.get("number")]
        titles = [row.values["title"] for row in rows if row.values and not row.values.get("number")]
        found: dict[str, list[Any]] = {}
        if numbers or titles:
            for record in self.register.model.objects.filter(Q(number__in=numbers) | Q(title__in=titles)):
                found.setdefault(f"number {record.number}", []).append(record)
                found.setdefault(f"title {record.title}", []).append(record)
        return found

    def _against(self, row: Judged, said: dict[str, str], existing: Mapping[str, list[Any]]) -> Judged:
        """The row beside what exists, and beside the rows before it: nothing is brought in twice."""
        if not row.values:
            return row
        number = row.values.get("number") or ""
        key = f"number {number}" if number else f"title {row.values['title']}"
        candidates = existing.get(key, [])
        if any(self._is_as_it_is(record, row.values, said) for record in candidates):
            return Judged(row.line)
        content = tuple(f"{name}={text}" for name, text in sorted(said.items()))
        if content in self.rows:
            return Judged(row.line)
        if number and (reason := self._number_stands_against(row.line, number, bool(candidates))):
            return Judged(row.line, reasons=[reason])
        self.rows[content] = row.line
        if number:
            self.numbers[number] = row.line
        return row

    def _number_stands_against(self, line: int, number: str, used: bool) -> Reason | None:
        if number in self.numbers:
            params = {"number": number, "line": self.numbers[number]}
            return Reason(line, "number", number, _("The number %(number)s stands on line %(line)s already."), params)
        if used:
            sentence = _("The number %(number)s is used already, by a record that says something else.")
            return Reason(line, "number", number, sentence, {"number": number})
        if number in RESERVED:
            return Reason(line, "number", number, _("The number %(number)s is already used."), {"number": number})
        return None

    def _is_as_it_is(self, record: Any, values: Mapping[str, Any], said: Mapping[str, str]) -> bool:
        """Whether a record says what the row's cells say; an empty cell says nothing."""
        for name in said:
            if name in self.own:
                if self.own[name].read(vars(record)) != self.own[name].read(values):
                    return False
                continue
            stored = getattr(record, record._meta.get_field(name).attname)
            if stored != getattr(values[name], "pk", values[name]):
                return False
        return True


def _reason(line: int, name: str, value: str, error: forms.ValidationError) -> Reason:
    """A form's refusal as a key with its parameters."""
    with translation.override("en"):
        key = OWN_WORDS.get(error.code or "") or str(error.message) or _("This value does not fit here.")
    column = "" if name == "__all__" else name
    return Reason(line, column, value[:LONGEST_SHOWN], key, dict(error.params or {}))
