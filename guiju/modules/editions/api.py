"""Editions of external documents for programs: what is watched and due, who watches, and what somebody found."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.workflow import document_workflow
from guiju.modules.editions import asking, checking, listing, watching
from guiju.modules.editions.forms import CheckForm, NewerForm, WatchForm
from guiju.modules.editions.models import Check, Decision, Watch
from guiju.spine.acts import NotFound
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Listed, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.registers.forms import ReasonForm

CHECK = schema.of_object(
    {
        "id": schema.ID,
        "checked_on": schema.DAY,
        "held": {**schema.TEXT, "description": _("The edition that was held then.")},
        "note": schema.TEXT,
        "edition": {**schema.TEXT, "description": _("The newer edition that was found; empty: there was none.")},
        "applies_on": schema.or_null(schema.DAY),
        "impact": schema.TEXT,
        "decision": schema.one_of(("", *Decision.values)),
        "reason": schema.TEXT,
        "made_at": schema.INSTANT,
        "made_by": schema.NAMED,
        "on_behalf_of": schema.or_null(schema.NAMED),
        "taken_over_with": {**schema.or_null(schema.TEXT), "description": _("The label of the revision that took it over.")},
    }
)
WATCH = Shape(
    "Watch",
    {
        "id": schema.ID,
        "document": {**schema.TEXT, "description": _("The number of the document.")},
        "edition": {**schema.TEXT, "description": _("The edition that is held.")},
        "source": {**schema.TEXT, "description": _("Where editions are published.")},
        "watcher": schema.NAMED,
        "unable": {**schema.TRUTH, "description": _("Whether the watcher cannot look any more, so that the owner is asked.")},
        "months": schema.WHOLE,
        "checked_on": schema.or_null(schema.DAY),
        "next_on": schema.DAY,
        "due": {**schema.TRUTH, "description": _("Whether it is time to look.")},
        "ended_at": schema.or_null(schema.INSTANT),
    },
    alone={"checks": {**schema.list_of(CHECK), "description": _("The newest first.")}},
)
WATCHED = Shape(
    "WatchedDocument",
    {
        "id": schema.ID,
        "number": schema.TEXT,
        "title": schema.TEXT,
        "state": schema.one_of(document_workflow.states),
        "watch": schema.or_null(schema.reference(WATCH.name)),
        "to_take_over": {**schema.TEXT, "description": _("The newer edition that is to be taken over, or empty.")},
    },
)


def _all(call: Call) -> Listed:
    rows, key = listing.page(replace(listing.chosen(call.query), limit=call.limit))
    return Listed(rows, key)


def _listed(rows: Sequence[listing.Row]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(row.document.pk),
            "number": row.document.number,
            "title": row.document.title,
            "state": document_workflow.state_of(row.document).name,
            "watch": _watch(row.watch, unable=row.unable) if row.watch is not None else None,
            "to_take_over": row.moving.edition if row.moving is not None else "",
        }
        for row in rows
    ]


def _version(call: Call) -> int | None:
    """None where nobody has watched yet; one that has ended is watched again over its version."""
    found = watching.of(call.record)
    return found.version if found is not None else None


def _found(call: Call) -> Watch:
    found = watching.of(call.record) if call.record.state != "disposed" else None
    if found is None:
        raise NotFound(watching.NOBODY)
    return found


def _set(call: Call) -> Watch:
    return watching.watch(call.record, call.values)


def _end(call: Call) -> Watch:
    return watching.end(call.record, call.values["reason"])


def _check(call: Call) -> Watch:
    return checking.record(call.record, call.values).watch


def _checked(pk: Any) -> Watch | None:
    return Watch.objects.filter(pk=pk).select_related("document", "watcher").first()


def _watch(row: Watch, *, unable: bool) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "document": row.document.number,
        "edition": row.edition,
        "source": row.source,
        "watcher": named(row.watcher),
        "unable": unable,
        "months": row.months,
        "checked_on": json_value(row.checked_on),
        "next_on": json_value(row.next_on),
        "due": asking.is_due(row),
        "ended_at": json_value(row.ended_at),
    }


def _alone(row: Watch) -> dict[str, Any]:
    unable = row.ended_at is None and row.pk in asking.unable([row])
    return _watch(row, unable=unable) | {"checks": [_of_check(one) for one in checking.of(row)]}


def _of_check(row: Check) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "checked_on": json_value(row.checked_on),
        "held": row.held,
        "note": row.note,
        "edition": row.edition,
        "applies_on": json_value(row.applies_on),
        "impact": row.impact,
        "decision": row.decision,
        "reason": row.reason,
        "made_at": json_value(row.made_at),
        "made_by": named(row.made_by),
        "on_behalf_of": named(row.on_behalf_of),
        "taken_over_with": row.settled_with.label if row.settled_with is not None else None,
    }


ASKS = {
    "view": {**schema.one_of(listing.VIEWS), "default": "watched", "title": _("A view that is saved for all.")},
    "watcher": {**schema.ID, "title": _("Only what this person watches.")},
}
ONE = "documents/{number}/edition/"
declare(
    Operation(
        "GET",
        "editions/",
        "editions_list",
        _("Watched documents, the first to be checked first"),
        _all,
        _listed,
        WATCHED,
        right="documents.view",
        lists="id",
        asks=ASKS,
    ),
    Operation(
        "GET",
        ONE,
        "documents_edition",
        _("Who watches its editions, and what was found"),
        _found,
        _alone,
        WATCH,
        version=_version,
    ),
    Operation(
        "PUT",
        ONE,
        "documents_watch",
        _("Set who watches the editions"),
        _set,
        _alone,
        WATCH,
        right=watching.RIGHT,
        form=WatchForm,
        version=_version,
        explains=_("Of an external document. The day of the last check is taken as long as none is recorded here."),
    ),
    Operation(
        "POST",
        f"{ONE}end/",
        "documents_watch_end",
        _("Watch the editions no longer"),
        _end,
        _alone,
        WATCH,
        right=watching.RIGHT,
        form=ReasonForm,
        version=_version,
    ),
    *(
        Operation(
            "POST",
            f"{ONE}{word}/",
            f"documents_edition_{word}",
            summary,
            _check,
            _alone,
            WATCH,
            right=watching.RIGHT,
            form=form,
            version=_version,
            again=_checked,
            explains=explains,
        )
        for word, summary, form, explains in (
            ("check", _("Record that there is no newer edition"), CheckForm, ""),
            (
                "newer",
                _("Record a newer edition"),
                NewerForm,
                _("What it means, and whether it is taken over; then the owner is asked for a new revision."),
            ),
        )
    ),
)
