"""Operation: the frozen declaration of what programs can do beside what every register offers.

A module declares its operations in its `api.py`, which is loaded at start after the registers.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django import forms

from guiju.spine.registers.addresses import RESERVED
from guiju.spine.registers.api.kinds import Schema
from guiju.spine.registers.declaration import Register, Words, by_key, registers

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
PLACE = re.compile(r"\{(?:(int|slug|uuid|str):)?([a-z_]+)\}")
WORD = re.compile(r"[a-z][a-z_-]*")
# What the API says below every record, and below every organization, by itself.
OF_RECORDS = frozenset({"history", "comments", "files", "print"})
OF_ORGANIZATIONS = frozenset({"attachments"})


@dataclass(frozen=True)
class Shape:
    """What an operation answers: the name and the properties of its schema; `alone` are those left out of a list."""

    name: str
    properties: Mapping[str, Schema]
    alone: Mapping[str, Schema] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """What an operation is asked: the record of the address, what else the address names, the judged values of the form.

    `version` is the one that the program has read, where the operation has one; `after` and `limit` say which page.
    """

    record: Any = None
    parts: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    version: Any = None
    after: str = ""
    limit: int = 0


@dataclass(frozen=True)
class Listed:
    """One page of rows, by an operation that pages by itself; `next` is the key of the page after it, or empty."""

    rows: Sequence[Any]
    next: str = ""


@dataclass(frozen=True)
class Operation:
    """One thing that a program can do.

    `address` stands below the organization's and says what it is about: `documents/{number}/remarks/` of a record,
    `documents/views/` of a register (its word must be one that no number can be), `kinds/{slug:kind}/` of neither.
    `does` is called inside the token's act and gives rows, of which `says` makes what is answered; what it refuses is
    answered as everywhere. `right` is asked first, `form` judges what is sent: the page's own. PUT sends all of it, PATCH
    what changes, of the row that `changes` gives. Without `says` and `shape` nothing is answered.
    `lists` is the property by which a list is paged. `version` gives the one that the answer has, and that a PUT or a PATCH
    must name and a POST may; None for what is not there yet. `again` finds what came of a POST that was sent before under
    the same key: by the id of what `does` made, or of the first of it. `asks` are words of the query with their schemas.
    Of a `file` what `does` gives is the answer itself.
    """

    method: Method
    address: str
    name: str
    summary: Words
    does: Callable[[Call], Any]
    says: Callable[[Any], Any] | None = None
    shape: Shape | None = None
    right: str = ""
    form: type[Any] = forms.Form
    changes: Callable[[Call], Any] | None = None
    lists: str = ""
    version: Callable[[Call], Any] | None = None
    again: Callable[[UUID], Any] | None = None
    asks: Mapping[str, Schema] = field(default_factory=dict)
    explains: Words = ""
    status: int = 200
    file: bool = False

    @property
    def segments(self) -> list[str]:
        return self.address[:-1].split("/")

    @property
    def register(self) -> Register | None:
        """The register below whose address it stands."""
        return by_key(self.segments[0])

    @property
    def of_record(self) -> bool:
        return self.segments[1:2] == ["{number}"]

    @property
    def places(self) -> list[tuple[str, str]]:
        """What the address leaves open: (type, name)."""
        return [(kind or "str", name) for kind, name in PLACE.findall(self.address)]


_operations: dict[str, Operation] = {}


def operations() -> Iterator[Operation]:
    """All operations, those of a module beside each other."""
    return iter(_operations.values())


def declare(*brought: Operation) -> None:
    """Enter operations; a module calls this in its `api.py`. ValueError for one that is faulty or clashes with another."""
    for one in brought:
        for fault in _faults(one):
            raise ValueError(f"{one.name}: {fault}")
        _operations[one.name] = one


def _faults(one: Operation) -> Iterator[str]:
    if not one.address.endswith("/") or not all(WORD.fullmatch(part) or PLACE.fullmatch(part) for part in one.segments):
        yield f"{one.address} is no address: words and {{places}}, a slash at the end"
    yield from _taken(one)
    if (one.says is None) != (one.shape is None):
        yield "what it answers has a shape, and what has a shape is answered"
    if one.file and (one.method != "GET" or one.shape is not None):
        yield "a file is read, and has no shape"
    if (one.method == "PATCH") != (one.changes is not None):
        yield "PATCH, and nothing else, changes a row"
    if one.name in _operations or any(one.name.startswith(f"{r.key}_") and _own(r, one.name) for r in registers()):
        yield "there are two operations of this name"
    for other in _operations.values():
        if _meets(one, other) and (one.address != other.address or one.method == other.method):
            yield f"its address is that of {other.name}"
        if one.shape and other.shape and one.shape.name == other.shape.name and one.shape is not other.shape:
            yield f"there are two shapes {one.shape.name}"


def _taken(one: Operation) -> Iterator[str]:
    """Whether the words of the address stand for something else already."""
    register, (first, *rest) = one.register, one.segments
    if register is None:
        if first in OF_ORGANIZATIONS or not WORD.fullmatch(first):
            yield f"{first} stands for something else below an organization"
    elif one.of_record:
        steps = {step.name for step in register.workflow.steps} if register.workflow else set()
        if len(rest) < 2 or rest[1] in OF_RECORDS | steps or not WORD.fullmatch(rest[1]):
            yield "below a record this stands for something else"
    elif not rest or rest[0] not in RESERVED:
        yield "below a register this could be a record's number: the word must be reserved in registers.addresses"


def _own(register: Register, name: str) -> bool:
    """Whether an operation that the register has by itself bears this name."""
    own = {"list", "create", "show", "change", "history", "proof", "comments", "comment", "file", "print", "print_file"}
    steps = {step.name for step in register.workflow.steps} if register.workflow else set()
    return name.removeprefix(f"{register.key}_") in own | steps


def _meets(one: Operation, other: Operation) -> bool:
    """Whether an address could be that of both."""
    if len(one.segments) != len(other.segments):
        return False
    return all(_may_be_the_same(a, b) for a, b in zip(one.segments, other.segments, strict=True))


def _may_be_the_same(a: str, b: str) -> bool:
    if a == b:
        return True
    if "{number}" in (a, b):  # no number is a word that stands below a register
        return a[0] == b[0]
    return bool(PLACE.fullmatch(a) or PLACE.fullmatch(b))
