"""Holds: what a lawsuit, an inquiry or a complaint needs stays, whatever its retention says (ISO 15489-1 8.5)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext

from guiju.modules.documents.models import Document, Revision
from guiju.modules.keeping.models import Hold
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, NotFound, Refused, current, write
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.trail.append import note
from guiju.spine.trail.erasing import Row
from guiju.spine.trail.states import kind_of

RIGHT = "documents.hold"
MOST = 500  # documents put on hold at once


def on_hold() -> QuerySet[Hold]:
    """The holds that are not released."""
    return Hold.objects.filter(released_at=None)


_HELD = Prepared(lambda: Hold.objects.filter(document_id=Param("document", UUIDField()), released_at=None).values_list("pk")[:1])


def any_on(document: Document) -> bool:
    """Whether a document is on hold: told at once, since most are not."""
    return next(_HELD.rows(document=document.pk), None) is not None


def of(documents: Iterable[Document]) -> dict[UUID, list[Hold]]:
    """The holds of documents that are not released, by document, the oldest first."""
    rows = on_hold().filter(document__in=[document.pk for document in documents])
    found: dict[UUID, list[Hold]] = {}
    for hold in rows.select_related("document", "put_by", "released_by").order_by("put_at", "id"):
        found.setdefault(hold.document_id, []).append(hold)
    return found


def put(documents: Sequence[Document], reason: str) -> list[Hold]:
    """Put documents on hold, all or none.

    NotPermitted without the right, Refused without a reason, without documents or with too many, Conflict for one that
    was disposed of.
    """
    require(RIGHT)
    reason = reason.strip()
    if not reason:
        sentence = _("Say why: a hold is kept with its reason.")
        raise Refused(sentence, errors={"reason": [sentence]})
    if not documents:
        raise Refused(_("Choose at least one document."))
    if len(documents) > MOST:
        raise Refused(_("At most %(most)s documents at once; narrow the list."), {"most": MOST})

    def putting() -> list[Hold]:
        made, acting = [], current()
        at = acting.now()
        for row in locked(documents):
            if row.state == "disposed":
                raise Conflict(_("%(number)s was disposed of already."), {"number": row.number})
            hold = Hold(document=row, reason=reason, put_at=at, put_by_id=acting.person_id)
            hold.save(action="put")
            note(kind_of(Document), row.pk, "hold", reason=reason)
            made.append(hold)
        return made

    return write(putting)


def put_with(hold: UUID) -> list[Hold]:
    """All that were put in the same step as one of them, the oldest first."""
    first = Hold.objects.filter(pk=hold).first()
    if first is None:
        return []
    rows = Hold.objects.filter(put_at=first.put_at, put_by=first.put_by_id)
    return list(rows.select_related("document", "put_by", "released_by").order_by("id"))


def locked(documents: Iterable[Document]) -> list[Document]:
    """The rows of documents as they are now, locked until the commit, always in the same order."""
    rows = Document.objects.select_for_update(of=("self",)).filter(pk__in=[document.pk for document in documents])
    return list(rows.order_by("pk"))


def release(document: Document, hold: UUID, reason: str) -> Hold:
    """Release a document from one hold. NotPermitted, NotFound, Refused without a reason, Conflict when it is released."""
    require(RIGHT)
    if not reason.strip():
        sentence = _("Say why: this step is kept with its reason.")
        raise Refused(sentence, errors={"reason": [sentence]})

    def releasing() -> Hold:
        Document.locked(document.pk)
        row = Hold.objects.select_for_update(of=("self",)).filter(pk=hold, document=document.pk).first()
        if row is None:
            raise NotFound(_("There is no such hold on this document."))
        if row.released_at is not None:
            raise Conflict(_("It has been released already."))
        row.released_at, row.released_by_id, row.release_reason = current().now(), current().person_id, reason.strip()
        row.save(action="release")
        note(kind_of(Document), document.pk, "release", reason=reason.strip())
        return row

    return write(releasing)


def forbid_erasure(rows: Sequence[Row]) -> None:
    """Conflict where a document that is on hold, or a revision of one, is to be erased."""
    documents = {pk for kind, pk in rows if kind == kind_of(Document)}
    revisions = [pk for kind, pk in rows if kind == kind_of(Revision)]
    documents |= set(Revision.objects.filter(pk__in=revisions).values_list("document", flat=True)) if revisions else set()
    held = on_hold().filter(document__in=documents).values_list("document__number", flat=True).distinct()
    if numbers := sorted(number or "" for number in held):
        raise Conflict(_("On hold: %(numbers)s"), {"numbers": listed(numbers)})


def listed(numbers: Iterable[str]) -> str:
    return pgettext("list", ", ").join(numbers)
