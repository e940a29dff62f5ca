"""Remarks for programs: listed, made, answered."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.approval import remarks
from guiju.modules.documents.approval.remarks_page import AnswerForm, RemarkForm
from guiju.modules.documents.models import Remark
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named

REMARK = Shape(
    "Remark",
    {
        "id": schema.ID,
        "revision": {**schema.TEXT, "description": _("The label of the revision that it speaks of.")},
        "quote": {**schema.TEXT, "description": _("The passage; empty for the whole document.")},
        "stands": {**schema.TRUTH, "description": _("Whether the passage is still in the text.")},
        "text": schema.TEXT,
        "made_at": schema.INSTANT,
        "made_by": schema.NAMED,
        "answer": schema.TEXT,
        "resolved_at": schema.or_null(schema.INSTANT),
        "resolved_by": schema.or_null(schema.NAMED),
    },
)


def _of_newest(call: Call) -> list[Remark]:
    return remarks.of(call.record.newest())


def _make(call: Call) -> Remark:
    return remarks.make(call.record, **call.values)


def _made(pk: Any) -> Remark | None:
    return Remark.objects.filter(pk=pk).first()


def _answer(call: Call) -> Remark:
    return remarks.answer(call.record, call.parts["remark"], call.values["answer"])


def said(rows: Sequence[Remark]) -> list[dict[str, Any]]:
    """Remarks on one revision."""
    text = remarks.plain(rows[0].revision) if any(row.quote for row in rows) else ""
    return [
        {
            "id": str(row.pk),
            "revision": row.revision.label,
            "quote": row.quote,
            "stands": remarks.stands(row, text),
            "text": row.text,
            "made_at": json_value(row.made_at),
            "made_by": named(row.made_by),
            "answer": row.answer,
            "resolved_at": json_value(row.resolved_at),
            "resolved_by": named(row.resolved_by),
        }
        for row in rows
    ]


def _said(row: Remark) -> dict[str, Any]:
    return said([row])[0]


BASE = "documents/{number}/remarks/"
OPERATIONS = (
    Operation("GET", BASE, "documents_remarks", _("Remarks on the newest revision"), _of_newest, said, REMARK, lists="id"),
    Operation(
        "POST",
        BASE,
        "documents_remark",
        _("Remark on a passage"),
        _make,
        _said,
        REMARK,
        right="documents.comment",
        form=RemarkForm,
        again=_made,
        status=201,
    ),
    Operation(
        "POST",
        f"{BASE}{{uuid:remark}}/answer/",
        "documents_remark_answer",
        _("Answer a remark"),
        _answer,
        _said,
        REMARK,
        form=AnswerForm,
        explains=_("By who wrote the revision, owns the document or made the remark; nothing is approved before."),
    ),
)
