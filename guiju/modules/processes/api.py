"""What programs can do with processes beside what every register offers: read and arrange the map, read revisions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.lib.process_order import Stream
from guiju.modules.processes import revisions
from guiju.modules.processes.maps import arranging, health
from guiju.modules.processes.maps.network import Network, network
from guiju.modules.processes.models import Kind, Process, ProcessRevision
from guiju.spine.acts import current
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.registers.forms import Bounded
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of

HEALTH = {"done": "in_order", "due": "due_soon", "late": "overdue"}
BOX = Shape(
    "ProcessBox",
    {
        "id": schema.ID,
        "number": schema.TEXT,
        "title": {**schema.TEXT, "description": _("As people go by it; what is being drafted is read at the process itself.")},
        "kind": schema.one_of(Kind.values),
        "place": {**schema.WHOLE, "description": _("Its place in its band, from 1.")},
        "draft": {**schema.TRUTH, "description": _("Whether nothing of it is in force yet.")},
        "health": schema.one_of(HEALTH.values()),
        "overdue": schema.WHOLE,
        "due_soon": schema.WHOLE,
    },
)
ARROW = Shape(
    "ProcessArrow",
    {
        "place": schema.WHOLE,
        "what": schema.TEXT,
        "source": {**schema.or_null(schema.ID), "description": _("The process it comes from; null from outside.")},
        "target": {**schema.or_null(schema.ID), "description": _("The process it goes to; null to outside.")},
        "outside_party": schema.TEXT,
    },
)
SIGNATURE = schema.of_object({"signer": schema.NAMED, "meaning": schema.TEXT, "signed_at": schema.INSTANT, "holds": schema.TRUTH})
DATES = ("submitted_at", "approved_at", "effective_on", "withdrawn_on", "given_up_on")
REVISION = Shape(
    "ProcessRevision",
    {
        "id": schema.ID,
        "position": {**schema.WHOLE, "description": _("Its number; one that was given up leaves its number to the next.")},
        "title": schema.TEXT,
        "reason": schema.TEXT,
        "drafted_by": schema.NAMED,
        **{name: schema.or_null(schema.INSTANT if name.endswith("_at") else schema.DAY) for name in DATES},
        "in_force": schema.TRUTH,
        "content": {"type": "object", "description": _("Fields and lines whole, as texts, as it was sent to review.")},
        "signatures": schema.list_of(SIGNATURE),
    },
)


class ArrangeForm(Bounded):
    """The order of one band of the map."""

    band = forms.ChoiceField(label=_("Band"), choices=Kind.choices)
    order = forms.CharField(
        label=_("Numbers in their order"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea,
        help_text=_("One in each line, all of the band; empty: the flows decide."),
    )


def _boxes(found: Network) -> list[dict[str, Any]]:
    healths = health.of(found.processes, found.root)
    return [
        _box(found, process, place, healths[process.pk]) for _band, row in found.bands() for place, process in enumerate(row, 1)
    ]


def _box(found: Network, process: Process, place: int, stands: health.Health) -> dict[str, Any]:
    return {
        "id": str(process.pk),
        "number": process.number,
        "title": str(process),
        "kind": process.kind,
        "place": place,
        "draft": process.pk in found.drafts,
        "health": HEALTH[stands.tone],
        "overdue": stands.late,
        "due_soon": stands.soon,
    }


def _arrows(found: Sequence[Stream]) -> list[dict[str, Any]]:
    return [
        {"place": place, "what": one.what, "source": one.source or None, "target": one.target or None, "outside_party": one.party}
        for place, one in enumerate(found, 1)
    ]


def _arrange(call: Call) -> list[dict[str, Any]]:
    numbers = [line.strip() for line in call.values["order"].splitlines() if line.strip()]
    arranging.arrange(call.values["band"], numbers)
    return []


def _revisions(rows: Sequence[ProcessRevision]) -> list[dict[str, Any]]:
    signed: dict[Any, list[Any]] = {}
    for one in signatures_of(rows):
        signed.setdefault(one.record, []).append(one)
    standing = revisions.in_force_position(rows[0].process, rows, current().today()) if rows else None
    return [_revision(row, standing, signed.get(row.pk, ())) for row in rows]


def _revision(row: ProcessRevision, standing: int | None, signed: Sequence[Any]) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "position": row.position,
        "title": row.title,
        "reason": row.reason,
        "drafted_by": named(row.drafted_by),
        **{name: json_value(getattr(row, name)) for name in DATES},
        "in_force": row.given_up_on is None and row.position == standing,
        "content": row.content,
        "signatures": [
            {
                "signer": named(one.signer),
                "meaning": one.meaning,
                "signed_at": json_value(one.signed_at),
                "holds": holds(one, row),
            }
            for one in signed
        ],
    }


def _of(process: Process) -> list[ProcessRevision]:
    rows = revisions.of(process)
    for row in rows:
        row.process = process
    return rows


declare(
    Operation(
        "GET",
        "processes/map/",
        "process_map",
        _("The processes on the map, and how each stands"),
        lambda call: network(),
        _boxes,
        BOX,
        right="processes.view",
        lists="id",
    ),  # fmt: skip
    Operation(
        "GET",
        "processes/map/arrows/",
        "process_map_arrows",
        _("What flows between them, and from and to outside"),
        lambda call: network().streams(),
        _arrows,
        ARROW,
        right="processes.view",
        lists="place",
    ),  # fmt: skip
    Operation(
        "POST",
        "processes/map/arrange/",
        "process_map_arrange",
        _("Arrange a band of the map"),
        _arrange,
        right="processes.change",
        form=ArrangeForm,
    ),  # fmt: skip
    Operation(
        "GET",
        "processes/{number}/revisions/",
        "process_revisions",
        _("Revisions, the newest first, each whole"),
        lambda call: _of(call.record),
        _revisions,
        REVISION,
        lists="id",
    ),  # fmt: skip
)
