"""The reading matrix for programs, and what one person has read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guiju.modules.kinds.models import Kind
from guiju.modules.readings import audience
from guiju.modules.readings.matrix import asking, cells, choosing, records
from guiju.modules.readings.models import How, Reading
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Listed, Operation, Shape
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named

TOLD = _(
    "“earlier”: an earlier revision was confirmed; “told”: of a minor change; “unread”: asked for the revision and no longer."
)
STATE = {**schema.one_of(cells.STATES), "description": TOLD}
READING_OF = {
    "number": {**schema.TEXT, "description": _("The number of the document.")},
    "revision": {**schema.TEXT, "description": _("The label of the revision.")},
    "state": STATE,
    "confirmed_at": schema.or_null(schema.INSTANT),
    "due_on": schema.or_null(schema.DAY),
}
ROW = Shape(
    "ReadingMatrixRow",
    {
        "id": {**schema.ID, "description": _("The membership, by which the list is paged.")},
        "person": schema.NAMED,
        "department": schema.or_null(schema.NAMED),
        "open": schema.WHOLE,
        "overdue": schema.WHOLE,
        "readings": schema.list_of(schema.of_object(READING_OF)),
    },
)
READ = Shape(
    "ReadingOfPerson",
    {"id": schema.ID, **READING_OF, "title": schema.TEXT, "asked_at": schema.INSTANT, "how": schema.one_of(("", *How.values))},
)


def _matrix(call: Call) -> Listed:
    words = {name: text for name, text in call.query.items() if name in ASKS}
    ask = replace(asking.asked(words), people=asking.page_key(call.after))
    members, key = asking.members_page(ask, call.limit)
    people, documents = [one.person_id for one in members], list(asking.documents(ask))
    revisions = choosing.chosen(ask, documents)
    found = cells.cells(people, documents) if revisions is None else cells.cells_of(people, revisions)
    counts = cells.open_ones(people, asking.documents(ask), revisions)
    return Listed([_row(one, documents, found, counts) for one in members], key)


def _row(member: Any, documents: Sequence[Any], found: dict[tuple[UUID, UUID], cells.Cell], counts: Any) -> dict[str, Any]:
    n, late = counts.get(member.person_id, (0, 0))
    own = [(one.number, found[member.person_id, one.pk]) for one in documents if (member.person_id, one.pk) in found]
    return {
        "id": str(member.pk),
        "person": named(member.person),
        "department": named(member.department) if member.department else None,
        "open": n,
        "overdue": late,
        "readings": [_said(number, cell) for number, cell in own],
    }


def _said(number: str | None, cell: cells.Cell) -> dict[str, Any]:
    return {
        "number": number,
        "revision": cell.revision,
        "state": cell.state,
        "confirmed_at": json_value(cell.confirmed_at),
        "due_on": json_value(cell.due_on),
    }


def _of_person(call: Call) -> list[Reading]:
    return list(records.readings_of(records.member_of(call.parts["person"]).person_id))


def _read(rows: Sequence[Reading]) -> list[dict[str, Any]]:
    made = []
    for row in rows:
        state = cells.state_of(row.confirmed_at, row.how, row.due_on, True)
        cell = cells.Cell(state, row.revision.label, row.confirmed_at, row.due_on)
        more = {"id": str(row.pk), "title": row.revision.title, "asked_at": json_value(row.asked_at), "how": row.how}
        made.append(_said(row.revision.document.number, cell) | more)
    return made


ASKS = {
    "department": {**schema.ID, "title": _("Only people of this department and those below it.")},
    "kind": {**schema.one_of(Kind.values), "title": _("Only documents of this kind.")},
    "q": {**schema.TEXT, "title": _("Part of a person's name.")},
    "document": {**schema.TEXT, "title": _("Only the document of this number.")},
    "revision": {
        **schema.TEXT,
        "title": _("For which revision: in_force, before, or with a document the place of one among its revisions."),
    },
}
OPERATIONS = (
    Operation(
        "GET",
        "readings/matrix/",
        "readings_matrix",
        _("Reading matrix: by person the documents that were read or are to be read"),
        _matrix,
        lambda rows: list(rows),
        ROW,
        right=audience.RIGHT,
        lists="id",
        asks=ASKS,
    ),
    Operation(
        "GET",
        "readings/of/{uuid:person}/",
        "readings_of_person",
        _("What a person has read, and has still to read"),
        _of_person,
        _read,
        READ,
        right="documents.view",
        lists="id",
        explains=_("One's own; that of others with the right to say who gets a document."),
    ),
)
