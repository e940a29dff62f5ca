"""Lines: the frozen declaration of one kind of rows below a record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from guiju.spine.records.lines import Line

Words = str | Promise


@dataclass(frozen=True, eq=False)
class Lines:
    """One kind of lines below the records of a register.

    `key` is their word in addresses ("flows"), `columns` the fields that the table on the record's page shows, `edits` the
    fields of the form that pages and API share, unless `form` is given (with `fit(record)` it is fitted to the record).
    `right` is what one needs besides seeing the record ("processes.change"), `editable(record)` whether lines are taken in
    its present state, `changeable(line)` whether one can still be changed or ended (one that is decided cannot).
    `judge(record, values, line)` raises a Refused for what must not be; `prepare(values, record, line)` gives what is kept of
    them, with what is worked out; `written(line)` does what follows, in the same write.
    `drawn(record, lines, base)` draws them where a table is not what people expect; "" where another panel shows them.
    `kept` are lines that stay: there is no end. `begins(record)` gives what a new line says where nothing is said.
    """

    key: str
    model: type[Line]
    label: Words
    label_one: Words
    label_add: Words
    columns: tuple[str, ...]
    right: str
    edits: tuple[str, ...] = ()
    form: type[forms.ModelForm] | None = None
    explains: Words = ""
    editable: Callable[[Any], bool] | None = None
    changeable: Callable[[Any], bool] | None = None
    judge: Callable[[Any, Mapping[str, Any], Any], None] | None = None
    prepare: Callable[[Mapping[str, Any], Any, Any], Mapping[str, Any]] | None = None
    written: Callable[[Any], None] | None = None
    drawn: Callable[[Any, Sequence[Any], str], SafeString] | None = None
    kept: bool = False
    begins: Callable[[Any], Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        if not self.key.isidentifier() or self.key in ("new", "lines"):
            raise ValueError(f"{self.key} is no word of an address")
        names = {field.name for field in self.model._meta.concrete_fields}
        if unknown := {self.model.below, *self.columns, *self.edits} - names:
            raise ValueError(f"{self.key}: no fields {', '.join(sorted(unknown))}")
