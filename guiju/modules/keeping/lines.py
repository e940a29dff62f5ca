"""What stands on a list for disposal: which documents, and what will tell a copy of them that is found later."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _

from guiju.modules.copies import standing
from guiju.modules.documents.models import Document, Revision
from guiju.modules.keeping import holds, retention
from guiju.modules.keeping.models import Disposal, DisposalLine
from guiju.spine.acts import Conflict, Missing, Refused, current
from guiju.spine.signatures.services import digest_of

MOST = 200  # documents on one list
OPEN = ("prepared", "proposed")

Facts = dict[str, Any]  # of a revision: id, version, label, effective_on, withdrawn_on, and its digests: content, text, file


def of(disposal: Disposal) -> list[DisposalLine]:
    """The lines of a list, by number."""
    return list(_standing().filter(disposal=disposal).order_by("number", "id"))


def _standing() -> QuerySet[DisposalLine]:
    return DisposalLine.objects.filter(dropped=False)


def open_lists(documents: Iterable[Document]) -> dict[Any, Disposal]:
    """By document the list that is open and has it."""
    rows = _standing().filter(document__in=[document.pk for document in documents], disposal__state__in=OPEN)
    return {row.document_id: row.disposal for row in rows.select_related("disposal")}


def put(disposal: Disposal, documents: Sequence[Document]) -> None:
    """Let a list that is being prepared have these documents and no others; to be called inside a `write`.

    Refused without documents or with too many, Conflict with every reason why one of them cannot be disposed of.
    """
    if not documents:
        sentence = _("Choose at least one document.")
        raise Refused(sentence, errors={"numbers": [sentence]})
    if len(documents) > MOST:
        sentence = _("A list has at most %(most)s documents.")
        raise Refused(sentence, {"most": MOST}, errors={"numbers": [sentence % {"most": MOST}]})
    rows = holds.locked(documents)
    refuse(rows, but=disposal)
    known = {line.document_id: line for line in DisposalLine.objects.filter(disposal=disposal)}
    for row in rows:
        take(known.pop(row.pk, None) or DisposalLine(disposal=disposal, document=row), row)
    for line in known.values():
        if not line.dropped:
            line.dropped = True
            line.save(action="drop")


def take(line: DisposalLine, document: Document) -> None:
    """Write into a line how its document is now."""
    on = retention.out_of_force([document])[document.pk]
    until = retention.kept_until(document.kind, on)
    assert until is not None and document.number is not None
    line.seen, line.number, line.kind, line.dropped = document.version, document.number, document.kind, False
    line.out_of_force_on, line.kept_until, line.retain_years = on, until, until.year - on.year
    line.revisions = facts(document)
    line.save(action="list")


def facts(document: Document) -> list[Facts]:
    """Of each revision the dates, and the digests by which a copy of it can be recognized."""
    return [_facts(one) for one in Revision.objects.filter(document=document).order_by("position")]


def _facts(one: Revision) -> Facts:
    return {
        "id": str(one.pk),
        "version": str(one.version),
        "label": one.label,
        "effective_on": one.effective_on.isoformat() if one.effective_on else "",
        "withdrawn_on": one.withdrawn_on.isoformat() if one.withdrawn_on else "",
        "content": digest_of(one),
        "text": sha256(one.text.encode()).hexdigest() if one.text else "",
        "file": one.file_digest,
    }


def refuse(documents: Sequence[Document], *, but: Disposal | None = None) -> None:
    """Conflict, with every reason, where one of the documents cannot be disposed of today."""
    missing = obstacles(documents, but=but)
    if missing:
        raise Conflict(_("Not all of these can be disposed of."), missing=missing)


def obstacles(documents: Sequence[Document], *, but: Disposal | None = None) -> list[Missing]:
    """What stands against the disposal of each of the documents, naming it."""
    days, held, listed_on = retention.out_of_force(documents), holds.of(documents), open_lists(documents)
    out = standing.out_of(documents)
    found = []
    for document in documents:
        number = {"number": document.number}
        until = retention.kept_until(document.kind, days[document.pk]) if document.pk in days else None
        other = listed_on.get(document.pk)
        if document.state == "disposed":
            found.append(Missing(_("%(number)s was disposed of already."), number))
        elif document.state != "withdrawn" or document.pk not in days:
            found.append(Missing(_("%(number)s is not out of force."), number))
        elif until is None:
            found.append(Missing(_("%(number)s is kept for good."), number))
        elif until > current().today():
            found.append(Missing(_("%(number)s is kept until %(day)s."), number | {"day": until.isoformat()}))
        elif document.pk in held:
            found.append(Missing(_("%(number)s is on hold."), number))
        elif document.pk in out:
            copies = {"copies": holds.listed(str(copy) for copy in out[document.pk])}
            found.append(Missing(_("%(number)s is still out on paper: copy %(copies)s."), number | copies))
        elif other is not None and other.pk != (but.pk if but else None):
            found.append(Missing(_("%(number)s stands on the list %(list)s already."), number | {"list": other.number}))
    return found
