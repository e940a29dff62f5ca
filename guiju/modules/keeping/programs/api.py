"""Keeping for programs: what may go and what is kept, and the holds. The lists for disposal are a register of their own."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.workflow import document_workflow
from guiju.modules.keeping import holds, listing
from guiju.modules.keeping.forms import HoldForm
from guiju.modules.keeping.models import Hold
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import current
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.answering import newest_first
from guiju.spine.registers.api.declaration import Call, Listed, Operation, Shape
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.forms import ReasonForm

HOLD = Shape(
    "Hold",
    {
        "id": schema.ID,
        "document": {**schema.TEXT, "description": _("The number of the document.")},
        "reason": schema.TEXT,
        "put_at": schema.INSTANT,
        "put_by": schema.NAMED,
        "released_at": schema.or_null(schema.INSTANT),
        "released_by": schema.or_null(schema.NAMED),
        "release_reason": schema.TEXT,
    },
)
KEPT = Shape(
    "KeptDocument",
    {
        "id": schema.ID,
        "number": schema.TEXT,
        "title": schema.TEXT,
        "kind": schema.one_of(Kind.values),
        "state": schema.one_of(document_workflow.states),
        "out_of_force_on": schema.or_null(schema.DAY),
        "kept_until": {**schema.or_null(schema.DAY), "description": _("null for one out of force: it is kept for good.")},
        "holds": schema.list_of(schema.reference(HOLD.name)),
        "on_list": {**schema.or_null(schema.TEXT), "description": _("The number of the open list for disposal that has it.")},
    },
)
RELATED = ("document", "put_by", "released_by")


def _overview(call: Call) -> Listed:
    rows, key = listing.page(replace(listing.chosen(call.query), limit=call.limit))
    return Listed(rows, key)


def _kept(rows: Sequence[listing.Row]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(row.document.pk),
            "number": row.document.number,
            "title": row.document.title,
            "kind": row.document.kind,
            "state": document_workflow.state_of(row.document).name,
            "out_of_force_on": json_value(row.out_of_force_on),
            "kept_until": json_value(row.kept_until) if row.document.state != "disposed" else None,
            "holds": [_hold(hold) for hold in row.holds],
            "on_list": row.on_list.number if row.on_list else None,
        }
        for row in rows
    ]


def _open_ones(call: Call) -> Listed:
    """The holds that are not released, on documents that the token's person may see."""
    register = by_key("documents")
    assert register is not None
    rows = holds.on_hold().filter(document__in=register.rows(current().actor)).select_related(*RELATED)
    return newest_first(rows, call)


def _of_document(call: Call) -> list[Hold]:
    return list(Hold.objects.filter(document=call.record).select_related(*RELATED).order_by("-id"))


def _put(call: Call) -> Hold:
    return holds.put([call.record], call.values["reason"])[0]


def _put_before(pk: Any) -> Hold | None:
    return Hold.objects.filter(pk=pk).first()


def _put_many(call: Call) -> list[Hold]:
    return holds.put(call.values["numbers"], call.values["reason"])


def _release(call: Call) -> Hold:
    return holds.release(call.record, call.parts["hold"], call.values["reason"])


def _holds(rows: Sequence[Hold]) -> list[dict[str, Any]]:
    return [_hold(row) for row in rows]


def _hold(row: Hold) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "document": row.document.number,
        "reason": row.reason,
        "put_at": json_value(row.put_at),
        "put_by": named(row.put_by),
        "released_at": json_value(row.released_at),
        "released_by": named(row.released_by),
        "release_reason": row.release_reason,
    }


OF_DOCUMENT = "documents/{number}/holds/"
ASKS = {
    "view": {**schema.one_of(listing.VIEWS), "default": "due", "title": _("A view that is saved for all.")},
    "kind": {**schema.one_of(Kind.values), "title": _("Only those of this kind.")},
    "q": {**schema.TEXT, "title": _("Words in number or title.")},
}
OPERATIONS = (
    Operation(
        "GET",
        "keeping/",
        "keeping_list",
        _("What may be disposed of, is kept, on hold, gone"),
        _overview,
        _kept,
        KEPT,
        right="documents.view",
        lists="id",
        asks=ASKS,
    ),
    Operation(
        "GET", "holds/", "holds_list", _("Holds, the newest first"), _open_ones, _holds, HOLD, right="documents.view", lists="id"
    ),
    Operation(
        "POST",
        "holds/",
        "holds_put",
        _("Put documents on hold"),
        _put_many,
        _holds,
        HOLD,
        right=holds.RIGHT,
        form=HoldForm,
        lists="id",
        again=holds.put_with,
        status=201,
        explains=_("All of them, or none: whatever is on hold is neither disposed of nor erased, until it is released."),
    ),
    Operation(
        "GET",
        OF_DOCUMENT,
        "documents_holds",
        _("Holds on this document, also released ones"),
        _of_document,
        _holds,
        HOLD,
        lists="id",
    ),
    Operation(
        "POST",
        OF_DOCUMENT,
        "documents_hold",
        _("Put on hold"),
        _put,
        _hold,
        HOLD,
        right=holds.RIGHT,
        form=ReasonForm,
        again=_put_before,
        status=201,
    ),
    Operation(
        "POST",
        f"{OF_DOCUMENT}{{uuid:hold}}/release/",
        "documents_release",
        _("Release from hold"),
        _release,
        _hold,
        HOLD,
        right=holds.RIGHT,
        form=ReasonForm,
    ),
)
