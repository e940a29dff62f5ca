"""The file of a draft in one person's hands, for programs: a token takes it as its person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.checkout import returning, taking
from guiju.modules.documents.checkout.pages import BringBackForm
from guiju.modules.documents.comparison.api import FILE
from guiju.modules.documents.models import Document
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.api.shown import named
from guiju.spine.registers.forms import ReasonForm

CHECK_OUT = Shape(
    "CheckOut",
    {
        "taken_by": {**schema.or_null(schema.NAMED), "description": _("null: nobody has the file.")},
        "taken_at": schema.or_null(schema.INSTANT),
        "revision": {**schema.TEXT, "description": _("The label of the newest revision.")},
        "file": {**schema.or_null(FILE), "description": _("Its file, to be fetched below files/.")},
    },
)


def _take(call: Call) -> Document:
    taking.take(call.record)
    return call.record


def _give_back(call: Call) -> Document:
    taking.give_back(call.record)
    return call.record


def _bring_back(call: Call) -> Document:
    return returning.bring_back(call.record, **call.values)


def _end(call: Call) -> Document:
    taking.end(call.record, reason=call.values["reason"])
    return call.record


def _said(document: Document) -> dict[str, Any]:
    held, revision = taking.of(document), document.newest()
    file = {"id": str(revision.file_id), "name": revision.file_name, "digest": revision.file_digest}
    return {
        "taken_by": named(held.taken_by) if held is not None else None,
        "taken_at": json_value(held.taken_at) if held is not None else None,
        "revision": revision.label,
        "file": file if revision.file_id else None,
    }


RIGHT = "documents.change"
BASE = "documents/{number}/"
OPERATIONS = (
    Operation(
        "GET", f"{BASE}check-out/", "documents_check_out", _("Who has the file"), lambda call: call.record, _said, CHECK_OUT
    ),
    Operation(
        "POST",
        f"{BASE}check-out/",
        "documents_take_file",
        _("Take the file"),
        _take,
        _said,
        CHECK_OUT,
        right=RIGHT,
        explains=_("Of a draft, to work on it; others can read it and not replace it until it is back."),
    ),
    Operation(
        "POST",
        f"{BASE}give-back/",
        "documents_give_file_back",
        _("Give the file back as it was"),
        _give_back,
        _said,
        CHECK_OUT,
        right=RIGHT,
    ),
    Operation(
        "POST",
        f"{BASE}check-in/",
        "documents_bring_file_back",
        _("Bring the file back"),
        _bring_back,
        _said,
        CHECK_OUT,
        right=RIGHT,
        form=BringBackForm,
    ),
    Operation(
        "POST",
        f"{BASE}end-check-out/",
        "documents_end_check_out",
        _("End the check-out of another"),
        _end,
        _said,
        CHECK_OUT,
        form=ReasonForm,
        explains=_("By the document's owner, or whoever keeps the rules of kinds; who had the file is told."),
    ),
)
