"""What the API says of documents beyond their own columns: the newest revision's content, and what is in force."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from guiju.modules.documents.filling import filled
from guiju.modules.documents.models import Document, Revision
from guiju.spine.acts import current
from guiju.spine.attachments.models import Attachment
from guiju.spine.registers.past import until
from guiju.spine.trail.past import as_of

FILE = {
    "type": ["object", "null"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "name": {"type": "string"},
        "size": {"type": "integer"},
        "digest": {"type": "string"},
    },
}
SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    "revision": {"type": "string"},
    "effective_on": {"type": ["string", "null"], "format": "date"},
    "in_force": {"type": ["string", "null"]},
    "file": FILE,
    "made_with": {
        "type": ["object", "null"],
        "properties": {"number": {"type": "string"}, "revision": {"type": "string"}},
    },
    "text": {"type": "string"},
    "changes": {"type": "string"},
}
NEEDED = ("document_id", "position", "file_id", "file_name", "file_digest", "file__size")


def shows(documents: list[Document], whole: bool) -> Mapping[UUID, Mapping[str, Any]]:
    """By document: revision, dates, file, and with `whole` the text; in one statement, a few when looking back."""
    today = current().today()
    made_with = filled.made(documents)
    newest = _newest([document.pk for document in documents], whole)
    made = {}
    for document in documents:
        revision = newest[document.pk]
        made[document.pk] = {
            "revision": document.revision,
            "effective_on": document.effective_on,
            "in_force": document.in_force(today) or None,
            "file": _file(revision),
            "made_with": made_with.get(document.pk),
        } | ({"text": revision["text"], "changes": revision["changes"]} if whole else {})
    return made


def _newest(documents: list[UUID], whole: bool) -> dict[UUID, dict[str, Any]]:
    rows = Revision.objects.filter(document__in=documents, given_up_on=None)
    if current().as_of is not None:
        return _newest_then(list(Revision.objects.filter(document__in=documents).values_list("pk", flat=True)))
    names = (*NEEDED, *(("text", "changes") if whole else ()))
    return {row["document_id"]: row for row in rows.order_by("position").values(*names)}


def _newest_then(ids: list[UUID]) -> dict[UUID, dict[str, Any]]:
    then = (revision for revision in as_of(Revision, until(), ids) if revision.given_up_on is None)
    revisions = sorted(then, key=lambda revision: revision.position)
    sizes = dict(Attachment.objects.filter(pk__in=[r.file_id for r in revisions if r.file_id]).values_list("pk", "size"))
    return {revision.document_id: {**vars(revision), "file__size": sizes.get(revision.file_id)} for revision in revisions}


def _file(revision: Mapping[str, Any]) -> dict[str, Any] | None:
    if revision["file_id"] is None:
        return None
    return {
        "id": revision["file_id"],
        "name": revision["file_name"],
        "size": revision["file__size"],
        "digest": revision["file_digest"],
    }
