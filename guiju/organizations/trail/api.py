"""The audit trail for programs: its entries, and checks of it, asked for and read."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.organizations.trail import checks, listing, said
from guiju.organizations.trail.models import TrailCheck
from guiju.organizations.trail.pages import base
from guiju.spine.acts import NotFound
from guiju.spine.jobs.runs import RunState
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.answering import newest_first
from guiju.spine.registers.api.declaration import Call, Listed, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.trail.past import Moment

ENTRY = Shape(
    "TrailEntry",
    {
        "sequence": schema.WHOLE,
        "at": schema.INSTANT,
        "actor": {**schema.or_null(schema.ID), "description": _("Null for what the installation did by itself.")},
        "name": {**schema.TEXT, "description": _("The name of the person today.")},
        "on_behalf_of": schema.or_null(schema.ID),
        "kind": schema.TEXT,
        "action": schema.TEXT,
        "sentence": schema.TEXT,
        "reason": schema.TEXT,
        "number": {
            **schema.TEXT,
            "description": _("Of the record it is about; empty where there is none or it may not be seen."),
        },
        "title": schema.TEXT,
        "hidden": {**schema.TRUTH, "description": _("Whether it is about a record that may not be seen.")},
        "erased": schema.TRUTH,
    },
)
FINDING = schema.of_object(
    {
        "where": schema.TEXT,
        "name": schema.TEXT,
        "part": schema.TEXT,
        "says": schema.TEXT,
        "entry": {**schema.WHOLE, "description": _("The entry it is about, or 0.")},
        "number": {**schema.TEXT, "description": _("The record it is about, as far as it may be seen.")},
    }
)
CHECK = Shape(
    "TrailCheck",
    {
        "id": schema.ID,
        "state": schema.one_of((RunState.WAITING, RunState.RUNNING, RunState.FINISHED, RunState.FAILED)),
        "asked_by": schema.NAMED,
        "asked_at": schema.INSTANT,
        "ended_at": schema.or_null(schema.INSTANT),
        "part": schema.WHOLE,
        "parts": schema.WHOLE,
        "message": {**schema.TEXT, "description": _("What stopped it.")},
        "entries": {**schema.WHOLE, "description": _("Up to which entry it went.")},
        "digest": {**schema.TEXT, "description": _("Of the chain at that entry.")},
        "head_entries": {**schema.WHOLE, "description": _("How many entries the last signed head is over.")},
        "head_digest": schema.TEXT,
        "head_at": schema.or_null(schema.INSTANT),
        "fingerprint": {**schema.TEXT, "description": _("Of the key with which the heads are signed.")},
        "count": {**schema.WHOLE, "description": _("How much was found: 0 when the trail is whole.")},
        "findings": schema.list_of(FINDING),
    },
)


def _entries(call: Call) -> Listed:
    moments, key = listing.page(replace(listing.chosen(call.query), limit=call.limit))
    return Listed(moments, key)


def _entries_said(moments: Sequence[Moment]) -> list[dict[str, Any]]:
    return [
        {
            "sequence": one.moment.sequence,
            "at": json_value(one.moment.at),
            "actor": json_value(one.moment.actor),
            "name": one.who,
            "on_behalf_of": json_value(one.moment.on_behalf_of),
            "kind": one.moment.kind,
            "action": one.moment.action,
            "sentence": one.sentence,
            "reason": one.reason,
            "number": one.about.number,
            "title": one.about.title,
            "hidden": one.about.hidden,
            "erased": one.moment.erased,
        }
        for one in said.told(moments)
    ]


def _check(call: Call) -> TrailCheck:
    found = TrailCheck.objects.select_related("person").filter(pk=call.parts["check"]).first()
    if found is None:
        raise NotFound(gettext_noop("There is no such check."))
    return found


def _said(check: TrailCheck) -> dict[str, Any]:
    keys = ("where", "name", "part", "says", "entry")
    return {
        "id": str(check.pk),
        "state": str(check.state),
        "asked_by": named(check.person),
        "asked_at": json_value(check.made_at),
        "ended_at": json_value(check.ended_at),
        "part": check.part,
        "parts": check.parts,
        "message": check.said,
        "entries": check.entries,
        "digest": check.digest,
        "head_entries": check.head_entries,
        "head_digest": check.head_digest,
        "head_at": json_value(check.head_at),
        "fingerprint": check.fingerprint,
        "count": check.findings,
        "findings": [
            {**{key: one[key] for key in keys}, "number": one["about"].number} for one in said.findings(check.found, base())
        ],
    }


ASKS = {
    "person": {**schema.TEXT, "title": _("Only what this person (by id) did; “guiju”: what the installation did by itself.")},
    "about": {**schema.TEXT, "title": _("Only what is about this register (by its word) or this kind.")},
    "since": {**schema.DAY, "title": _("Not before this day.")},
    "until": {**schema.DAY, "title": _("Not after this day.")},
}
declare(
    Operation(
        "GET",
        "trail/",
        "trail_entries",
        _("Entries of the audit trail, the newest first"),
        _entries,
        _entries_said,
        ENTRY,
        right=checks.RIGHT,
        lists="sequence",
        asks=ASKS,
    ),
    Operation(
        "GET",
        "trail/checks/",
        "trail_checks",
        _("Checks of the audit trail, the newest first"),
        lambda call: newest_first(TrailCheck.objects.select_related("person"), call),
        lambda rows: [_said(row) for row in rows],
        CHECK,
        right=checks.RIGHT,
        lists="id",
    ),
    Operation(
        "POST",
        "trail/checks/",
        "trail_check",
        _("Have the audit trail checked"),
        lambda call: checks.ask(),
        _said,
        CHECK,
        right=checks.RIGHT,
        again=lambda pk: TrailCheck.objects.filter(pk=pk).first(),
        status=202,
        explains=_("The worker does it. While one check is on its way, that one is answered."),
    ),
    Operation("GET", "trail/checks/{uuid:check}/", "trail_check_show", _("A check"), _check, _said, CHECK, right=checks.RIGHT),
)
