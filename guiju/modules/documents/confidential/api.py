"""Who may see a confidential document, for programs."""

from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.confidential.pages import ConfidentialForm
from guiju.modules.documents.models import Document
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape
from guiju.spine.registers.api.shown import named

SEEN_BY = Shape("SeenBy", {"confidential": schema.TRUTH, "people": schema.list_of(schema.NAMED)})
BASE = "documents/{number}/insiders/"
EXPLAINED = _("Beside its owner, those who work on it, and whoever may see all that is confidential.")


def _version(call: Call) -> str:
    """What an answer was made from: people are let in also by what they are asked to do."""
    rows = [f"{row.pk}:{row.version}" for row in insiders.of(call.record)]
    return sha256(f"{call.record.confidential},{','.join(rows)}".encode()).hexdigest()[:16]


def _set(call: Call) -> Document:
    insiders.set_confidential(call.record, **call.values)
    return Document.objects.get(pk=call.record.pk)


def _said(document: Document) -> dict[str, Any]:
    return {"confidential": document.confidential, "people": [named(row.person) for row in insiders.of(document)]}


OPERATIONS = (
    Operation(
        "GET",
        BASE,
        "documents_insiders",
        _("Who may see this document"),
        lambda call: call.record,
        _said,
        SEEN_BY,
        right="documents.change",
        version=_version,
        explains=EXPLAINED,
    ),
    Operation(
        "PUT",
        BASE,
        "documents_set_insiders",
        _("Set who may see this document"),
        _set,
        _said,
        SEEN_BY,
        right="documents.change",
        form=ConfidentialForm,
        version=_version,
        explains=EXPLAINED,
    ),
)
