"""Register: the frozen declaration from which pages, API, import, export, search and navigation are made (section 4)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from guiju.spine.prints.sheets import Sheet
from guiju.spine.records.models import Record
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.search import services as search
from guiju.spine.trail.past import Moment
from guiju.spine.trail.states import kind_of
from guiju.spine.workflow.table import Workflow

Words = str | Promise
PHASES = ("plan", "do", "check", "act")
CONFIDENTIAL = "confidential"  # the right to see all records of a register that hides some


@dataclass(frozen=True)
class View:
    """A view that is saved for all: a name and the condition under which records stand in it."""

    name: str
    label: Words
    condition: Callable[[], Q]


@dataclass(frozen=True)
class Included:
    """A part of a page that holds forms: its template is included where it stands, and finds `context` as `of`."""

    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class RecordPart:
    """What a module above brings to a record's page: sections, asides (title, body), actions (label, address, icon).

    `top` stands above all that the record says itself.
    """

    top: Sequence["SafeString"] = ()
    left: Sequence["SafeString | Included"] = ()
    right: Sequence[tuple[Words, SafeString]] = ()
    actions: Sequence[tuple[Words, str, str]] = ()


@dataclass(frozen=True)
class Panel:
    """A part of the record's page; empty when it has nothing to say. `title` is needed at the side only."""

    title: Words
    render: Callable[[Any], SafeString | Included]


@dataclass(frozen=True)
class Custom:
    """A column that an organization has added: its heading, the fields it reads, and what a row of those shows in it.

    `put` lays what a cell says over the form's data that the cells before made; ValueError, with a message key, says why
    not. Without it the column leaves with an export and does not come in.
    """

    label: str
    needs: tuple[str, ...]
    read: Callable[[Mapping[str, Any]], str]
    put: Callable[[dict[str, Any], str], None] | None = None

    @property
    def name(self) -> str:
        """Its name among the columns of a spreadsheet, which no field can have."""
        return f"own:{self.label}"


@dataclass(frozen=True)
class Standing:
    """What people go by where it is another than what a record shows: the fields it reads, the words, or "", and whether
    people go by the record at all."""

    needs: tuple[str, ...]
    says: Callable[[Mapping[str, Any]], str]
    stands: Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Prints:
    """How a kind of record is printed: `parts` are what can be printed of a record (number, words), the first of them when
    nothing else is asked for; `sheet` makes one of them, or None, in the language that is active then."""

    parts: Callable[[Any], Sequence[tuple[int, str]]]
    sheet: Callable[[Any, int], Sheet | None]


@dataclass(frozen=True, eq=False)
class Register:
    """How one kind of record is listed, filtered, shown, edited, imported and exported.

    `columns` decide what a list shows; `filters` are fields whose values narrow it ("state" as it is read by date);
    `commented` says of a record whether it takes comments (all do where it is not given).
    `sorts` are columns with an index (organization, column, id). `edits` names the fields of the form that pages and
    API share, unless `form` is given; `create` and `change` write its cleaned values when a plain save is not enough:
    create(cleaned values) and change(record, changed values), each answering the record. `facts` are rows of the
    page's right side, `panels` its left. `imports` are the columns of a spreadsheet, with `marks_imports` the
    values say `brought_in` to `create`; `import_page` names another page, below
    the organization's address, where bringing in begins; `after_import` says what goes on with what came in, and where.
    `finds` are fields searched besides number and title,
    `texts` gives what stands in the records of a page of hits, by record id, to show the place. `shows` gives what the
    API says of records beyond their fields, by record id: shows(records, whole), long texts only when `whole`; `shown_as`
    are their JSON schemas. `visible_to` says which records people (by id; as a deputy also the absent one) may see who have
    not the right "confidential". `rights` are further rights of this register, in words; `writes`
    are those with which one writes, and may therefore send files and pictures for it; `rules_page` names the page, below
    the organization's address, where its rules are set by whoever has the right "rules"; `batch_page` the one where a step is
    taken for many, for whoever has one of `batch_rights`.
    `copied` gives what a copy of a record begins with. `customs` are the columns that an
    organization has added, for spreadsheets. `standing` says what else people go by, shown beside a title, and whether they
    go by a record: the search shows those first. `retold` gives, by entry of a history, words to be said otherwise than they
    were kept. `signed` gives, by the record and the row that is signed, further facts of it and how it is read, shown above the
    signature. `lines` are rows that belong to its records. `pages` are further pages about what is listed: (page below the
    organization's address, words). `across` stands above all else over the whole width of a record's page. `front` is the page
    below the register's address to which the menu leads first.
    """

    key: str
    model: type[Record]
    label: Words
    label_one: Words
    label_new: Words
    purpose: Words
    clause: str
    phase: str
    columns: tuple[str, ...]
    workflow: Workflow | None = None
    filters: tuple[str, ...] = ()
    sorts: tuple[str, ...] = ()
    edits: tuple[str, ...] = ()
    form: type[forms.BaseForm] | None = None
    create: Callable[[Mapping[str, Any]], Record] | None = None
    change: Callable[[Any, Mapping[str, Any]], Record] | None = None
    editable: Callable[[Any], bool] | None = None
    commented: Callable[[Any], bool] | None = None
    finds: tuple[str, ...] = ()
    views: tuple[View, ...] = ()
    facts: Callable[[Any], list[tuple[Words, Any]]] | None = None
    panels: tuple[Panel, ...] = ()
    aside: tuple[Panel, ...] = ()
    history_of: Callable[[Any], Sequence[models.Model]] | None = None
    visible_to: Callable[[Sequence[Any]], Q] | None = None
    texts: Callable[[list[Any]], Mapping[Any, list[str]]] | None = None
    shows: Callable[[list[Any], bool], Mapping[Any, Mapping[str, Any]]] | None = None
    shown_as: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    imports: tuple[str, ...] = ()
    marks_imports: bool = False
    import_page: str = ""
    after_import: Callable[[], tuple[Words, str] | None] | None = None
    rights: Mapping[str, Words] = field(default_factory=dict)
    writes: tuple[str, ...] = ("create", "change")
    rules_page: str = ""
    batch_page: str = ""
    batch_rights: tuple[str, ...] = ("change",)
    copied: Callable[[Any], Mapping[str, Any]] | None = None
    pages: tuple[tuple[str, Words], ...] = ()
    customs: Callable[[], Sequence["Custom"]] | None = None
    standing: Standing | None = None
    prints: Prints | None = None
    signed: Callable[[Any, Any], tuple[Sequence[tuple[Any, Any]], Any]] | None = None
    sentences: Mapping[str, Words] = field(default_factory=dict)
    lines: tuple[Lines, ...] = ()
    across: tuple[Panel, ...] = ()
    front: str = ""
    retold: Callable[[Sequence[Moment]], Mapping[Any, Mapping[str, str]]] | None = None

    @property
    def kind(self) -> str:
        return kind_of(self.model)

    @property
    def actions(self) -> list[str]:
        """The rights this register asks for: seeing, making, changing, and each step."""
        return [f"{self.key}.{name}" for name in ("view", "create", "change", "comment", "import", *self.rights)] + (
            self.workflow.actions if self.workflow else []
        )

    def column(self, name: str) -> models.Field:
        """The model's field of a name."""
        found = self.model._meta.get_field(name)
        assert isinstance(found, models.Field)
        return found

    def own_columns(self) -> Sequence["Custom"]:
        """The columns beside those of the fields, such as the acting organization has added."""
        return self.customs() if self.customs else ()

    def taken_columns(self) -> list["Custom"]:
        """Those of them that a spreadsheet brings in."""
        return [one for one in self.own_columns() if one.put]

    def sees_all(self, actor: Any) -> bool:
        """Whether nothing of this register is hidden from a member."""
        return self.visible_to is None or actor.may(f"{self.key}.{CONFIDENTIAL}")

    def rows(self, actor: Any) -> models.QuerySet:
        """The records of the acting organization that a member may see."""
        rows = self.model.objects.all()
        if self.visible_to is None or self.sees_all(actor):
            return rows
        return rows.filter(self.visible_to(sorted(getattr(actor, "ids", ()))))


_registers: dict[str, Register] = {}


def register(declared: Register) -> Register:
    """Enter a register; the module calls this in its `register.py`. ValueError for a faulty declaration."""
    if declared.phase not in PHASES:
        raise ValueError(f"{declared.key}: {declared.phase} is not Plan, Do, Check or Act")
    if declared.key in _registers and _registers[declared.key] is not declared:
        raise ValueError(f"there are two registers {declared.key}")
    for name in declared.sorts:
        if not _indexed(declared.model, name):
            raise ValueError(f"{declared.key}: sorting by {name} needs an index (organization, {name}, id)")
    _registers[declared.key] = declared
    search.finds[declared.kind] = declared.finds
    return declared


def _indexed(model: type[models.Model], name: str) -> bool:
    wanted = ["organization", name, "id"]
    return any([part.lstrip("-") for part in index.fields] == wanted for index in model._meta.indexes)


def registers() -> Iterator[Register]:
    """All registers, by phase and clause, as the menu shows them."""
    return iter(sorted(_registers.values(), key=lambda r: (PHASES.index(r.phase), [int(n) for n in r.clause.split(".")])))


def by_key(key: str) -> Register | None:
    return _registers.get(key)


def by_kind(kind: str) -> Register | None:
    return next((r for r in _registers.values() if r.kind == kind), None)
