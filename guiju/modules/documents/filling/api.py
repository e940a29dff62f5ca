"""Filling in a form, for programs: a measuring device's, or those of an ERP system."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.filling import filled, making
from guiju.modules.documents.filling.pages import FillForm
from guiju.modules.documents.models import Document
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape

FILLED = Shape(
    "FilledForm",
    {
        "id": schema.ID,
        "number": schema.TEXT,
        "title": schema.TEXT,
        "form": {**schema.TEXT, "description": _("The number of the form.")},
        "revision": {**schema.TEXT, "description": _("The label of the form's revision that was filled in.")},
    },
)


def _fill(call: Call) -> Document:
    return making.fill(call.record, call.values)


def _made(pk: UUID) -> Document | None:
    return Document.objects.filter(pk=pk).first()


def _said(record: Document) -> dict[str, Any]:
    form = filled.made([record])[record.pk]
    return {
        "id": str(record.pk),
        "number": record.number,
        "title": record.title,
        "form": form["number"],
        "revision": form["revision"],
    }


OPERATIONS = (
    Operation(
        "POST",
        "documents/{number}/fill/",
        "documents_fill",
        _("Fill in a form"),
        _fill,
        _said,
        FILLED,
        right=making.RIGHT,
        form=FillForm,
        again=_made,
        status=201,
        explains=_("Of a form in force: what comes of it is a record, in draft, that names the form and its revision."),
    ),
)
