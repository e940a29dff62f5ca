"""The revisions of a document, and what changed from one to another, paragraph by paragraph."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.lib.differences import Change, Paragraph, Piece, Step
from guiju.modules.documents.comparison import comparing
from guiju.modules.documents.models import Document, Language, Revision
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import NotFound, current
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of

# How the library calls what happened, and how programs read it.
WORDS = {"same": "kept", "new": "added", "gone": "removed", "changed": "changed"}

FILE = schema.of_object({"id": schema.ID, "name": schema.TEXT, "digest": schema.TEXT}, ["id", "name", "digest"])
SIGNATURE = schema.of_object(
    {
        "signer": schema.NAMED,
        "on_behalf_of": schema.or_null(schema.NAMED),
        "meaning": schema.TEXT,
        "signed_at": schema.INSTANT,
        "holds": {**schema.TRUTH, "description": _("Whether it stands under this very text.")},
    }
)
REVISION = Shape(
    "Revision",
    {
        "position": {**schema.WHOLE, "description": _("Its place among the revisions, from 1.")},
        "label": schema.TEXT,
        "title": schema.TEXT,
        "kind": schema.one_of(Kind.values),
        "language": schema.one_of(Language.values),
        "changes": {**schema.TEXT, "description": _("What changed and why")},
        "author": schema.NAMED,
        "file": schema.or_null(FILE),
        "in_force": schema.TRUTH,
        "submitted_at": schema.or_null(schema.INSTANT),
        "planned_on": schema.or_null(schema.DAY),
        "approved_at": schema.or_null(schema.INSTANT),
        "effective_on": schema.or_null(schema.DAY),
        "withdrawn_on": schema.or_null(schema.DAY),
        "given_up_on": schema.or_null(schema.DAY),
        "given_up_because": {**schema.TEXT, "description": _("Why a draft was given up; its label may stand on a later one.")},
        "confirmed_on": schema.or_null(schema.DAY),
        "taken_over_at": {
            **schema.or_null(schema.INSTANT),
            "description": _("When it was taken over as in force; who approved it before Guiju is as it was stated."),
        },
        "stated_since": schema.or_null(schema.DAY),
        "stated_by": schema.TEXT,
        "stated_on": schema.or_null(schema.DAY),
        "stated_place": schema.TEXT,
        "confirmed_with": {**schema.TEXT, "description": _("What was looked at when it was last confirmed unchanged.")},
    },
    alone={"text": schema.TEXT, "signatures": schema.list_of(SIGNATURE)},
)
PARAGRAPH = schema.of_object(
    {
        "kind": schema.one_of(WORDS.values()),
        "heading": schema.TEXT,
        "runs": schema.list_of(
            schema.of_object({"kind": schema.one_of(("kept", "added", "removed")), "text": schema.TEXT}, ["kind", "text"])
        ),
    },
    ["kind", "heading", "runs"],
)
DIFFERENCE = Shape(
    "Difference",
    {
        "position": schema.WHOLE,
        "label": schema.TEXT,
        "since": schema.of_object({"position": schema.WHOLE, "label": schema.TEXT}, ["position", "label"]),
        "facts": schema.list_of(schema.of_object({"field": schema.TEXT, "before": schema.TEXT, "after": schema.TEXT})),
        "paragraphs": schema.list_of(PARAGRAPH),
    },
)
DATES = ("submitted_at", "planned_on", "approved_at", "effective_on", "withdrawn_on", "given_up_on", "confirmed_on")
BEFORE = ("taken_over_at", "stated_since", "stated_on")


def _of(document: Document) -> list[Revision]:
    return list(Revision.objects.filter(document=document).select_related("author", "document").order_by("-position"))


def _found(document: Document, position: int) -> Revision:
    found = next((row for row in _of(document) if row.position == position), None)
    if found is None:
        raise NotFound(gettext_noop("There is no such revision."))
    return found


def _difference(call: Call) -> tuple[Revision, Revision]:
    new, old = (_found(call.record, call.parts[name]) for name in ("position", "earlier"))
    if call.record.state == "disposed":
        raise NotFound(gettext_noop("This document was disposed of."))
    return old, new


def _listed(rows: Sequence[Revision]) -> list[dict[str, Any]]:
    return [_said(row) for row in rows]


def _said(row: Revision) -> dict[str, Any]:
    file = {"id": str(row.file_id), "name": row.file_name, "digest": row.file_digest} if row.file_id else None
    return {
        "position": row.position,
        "label": row.label,
        "title": row.title,
        "kind": row.kind,
        "language": row.language,
        "changes": row.changes,
        "author": named(row.author),
        "file": file,
        "in_force": row.given_up_on is None and row.label == row.document.in_force(current().today()),
        "given_up_because": row.given_up_because,
        "confirmed_with": row.confirmed_with,
        "stated_by": row.stated_by,
        "stated_place": row.stated_place,
        **{name: json_value(getattr(row, name)) for name in (*DATES, *BEFORE)},
    }


def _alone(row: Revision) -> dict[str, Any]:
    return _said(row) | {"text": row.text, "signatures": [_signature(one, row) for one in signatures_of([row])]}


def _signature(one: Signature, row: Revision) -> dict[str, Any]:
    return {
        "signer": named(one.signer),
        "on_behalf_of": named(one.on_behalf_of),
        "meaning": one.meaning,
        "signed_at": json_value(one.signed_at),
        "holds": not one.erased and holds(one, row),
    }


def _compared(pair: tuple[Revision, Revision]) -> dict[str, Any]:
    old, new = pair
    facts = [{"field": str(field), "before": before, "after": after} for field, before, after in comparing.facts(old, new)]
    return {
        "position": new.position,
        "label": new.label,
        "since": {"position": old.position, "label": old.label},
        "facts": facts,
        "paragraphs": list(paragraphs(comparing.between(old, new))),
    }


def paragraphs(steps: Sequence[Step]) -> Iterator[Mapping[str, Any]]:
    """A comparison for programs: what stayed and what changed, in the order of the new text."""
    for step in steps:
        yield from (whole(one, "kept") for one in step.same)
        if step.change is not None:
            yield changed(step.change)


def changed(change: Change) -> dict[str, Any]:
    """A paragraph that is not as it was, its old and its new words in one."""
    return {"kind": WORDS[change.kind], "heading": change.heading, "runs": [_run(piece) for piece in change.both]}


def whole(one: Paragraph, kind: str) -> dict[str, Any]:
    """A paragraph of which all is of one kind."""
    return {"kind": kind, "heading": one.heading, "runs": [{"kind": kind, "text": one.text}]}


def _run(piece: Piece) -> dict[str, str]:
    return {"kind": WORDS[piece.kind], "text": piece.text}


BASE = "documents/{number}/revisions/"
ONE = f"{BASE}{{int:position}}/"
OPERATIONS = (
    Operation(
        "GET",
        BASE,
        "documents_revisions",
        _("Revisions, the newest first"),
        lambda call: _of(call.record),
        _listed,
        REVISION,
        lists="position",
    ),
    Operation(
        "GET",
        ONE,
        "documents_revision",
        _("A revision with its text and signatures"),
        lambda call: _found(call.record, call.parts["position"]),
        _alone,
        REVISION,
    ),
    Operation(
        "GET",
        f"{ONE}since/{{int:earlier}}/",
        "documents_difference",
        _("What changed in a revision since another"),
        _difference,
        _compared,
        DIFFERENCE,
        explains=_("All paragraphs in the order of the new text, each with the runs that were kept, added and removed."),
    ),
)
