"""The revision for which the matrix is shown: the one people read now, the one in force, the one before, or one by its place."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.documents.models import Document, Revision
from guiju.modules.readings.matrix.asking import BEFORE, IN_FORCE, Asked
from guiju.spine.acts import current

WORDS = {
    "": gettext_lazy("the newest each has read or is to read"),
    IN_FORCE: gettext_lazy("the one in force"),
    BEFORE: gettext_lazy("the one before the one in force"),
}


def chosen(ask: Asked, documents: Iterable[Document]) -> dict[UUID, Revision] | None:
    """By document (id) the revision that was chosen, where it has one; None where each reading counts that is the newest."""
    if not ask.revision:
        return None
    by_document: dict[UUID, list[Revision]] = {}
    documents = list(documents)
    for row in _approved(documents):
        by_document.setdefault(row.document_id, []).append(row)
    found = {one.pk: _of(ask.revision, one, by_document.get(one.pk, [])) for one in documents}
    return {pk: row for pk, row in found.items() if row is not None}


def _of(wanted: str, document: Document, rows: list[Revision]) -> Revision | None:
    """One of a document's approved revisions, which are given in their order."""
    if wanted not in (IN_FORCE, BEFORE):
        return next((row for row in rows if row.position == int(wanted)), None)
    label = document.in_force(current().today())
    place = next((n for n, row in enumerate(rows) if row.label == label), None)
    if place is None:
        return None
    return rows[place] if wanted == IN_FORCE else rows[place - 1] if place else None


def _approved(documents: Iterable[Document]) -> Iterable[Revision]:
    rows = Revision.objects.filter(document__in=[one.pk for one in documents], given_up_on=None).exclude(approved_at=None)
    return rows.defer("text").order_by("position")


def offered(ask: Asked, documents: Iterable[Document]) -> list[tuple[str, str]]:
    """What can be chosen, in words; where one document alone is shown also each of its revisions."""
    made = [(value, str(words)) for value, words in WORDS.items() if value]
    if ask.document:
        made += [(str(row.position), _("revision %(label)s") % {"label": row.label}) for row in _approved(documents)]
    return made
