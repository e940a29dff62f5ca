"""What is missing before a list is proposed, or carried out."""

from django.utils.translation import gettext_noop as _

from guiju.modules.copies import standing
from guiju.modules.documents.models import Document, Revision
from guiju.modules.keeping import holds, lines, retention
from guiju.modules.keeping.models import Disposal, DisposalLine
from guiju.spine.acts import Missing, current
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import holds as still_holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.workflow.perform import acting_people

RIGHT = "documents.dispose"


def may_dispose(disposal: Disposal) -> Missing | None:
    return None if current().actor.may(RIGHT) else Missing(_("The right to dispose of documents"))


def proposals(disposal: Disposal) -> list[Signature]:
    return [signature for signature in signatures_of([disposal]) if signature.meaning == "propose"]


def a_second_person(disposal: Disposal) -> Missing | None:
    """Neither who proposed it nor in whose place that was done; a deputy is both who acts and the absent person."""
    proposed_by = {pk for one in proposals(disposal) for pk in (one.signer_id, one.on_behalf_of_id) if pk}
    if proposed_by & acting_people():
        return Missing(_("You proposed this list; a second person has to check it"))
    return None


def as_it_was_signed(disposal: Disposal) -> Missing | None:
    signed = proposals(disposal)
    if signed and all(still_holds(one, disposal) for one in signed):
        return None
    return Missing(_("The list is not as it was signed: reject it and make a new one"))


def any_document(disposal: Disposal) -> Missing | None:
    return None if lines.of(disposal) else Missing(_("At least one document on the list"))


def none_on_hold(disposal: Disposal) -> Missing | None:
    held = holds.of(_documents(disposal))
    return _naming(_("On hold: %(numbers)s"), [line for line in lines.of(disposal) if line.document_id in held])


def none_out_on_paper(disposal: Disposal) -> Missing | None:
    """What somebody still holds on paper is not gone; a lost copy is out of reach, and stands in its document's copies."""
    out = standing.out_of(_documents(disposal))
    return _naming(_("Still out on paper: %(numbers)s"), [line for line in lines.of(disposal) if line.document_id in out])


def retention_passed(disposal: Disposal) -> Missing | None:
    """Also a rule that was made longer since counts."""
    documents, today = {document.pk: document for document in _documents(disposal)}, current().today()
    days = retention.out_of_force(documents.values())
    early = []
    for line in lines.of(disposal):
        document = documents[line.document_id]
        until = retention.kept_until(document.kind, days[document.pk]) if document.pk in days else None
        if until is None or until > today:
            early.append(line)
    return _naming(_("To be kept longer: %(numbers)s"), early)


def none_changed(disposal: Disposal) -> Missing | None:
    """Compared by versions, so that a page need not read every text; the digests are compared when it is carried out."""
    found = lines.of(disposal)
    documents = {document.pk: document for document in _documents(disposal)}
    rows = Revision.objects.filter(document__in=list(documents)).values_list("document", "pk", "version")
    now: dict[object, set[tuple[str, str]]] = {}
    for document, pk, version in rows:
        now.setdefault(document, set()).add((str(pk), str(version)))
    changed = [
        line
        for line in found
        if documents[line.document_id].version != line.seen
        or documents[line.document_id].state != "withdrawn"
        or {(one["id"], one["version"]) for one in line.revisions} != now.get(line.document_id, set())
    ]
    return _naming(_("Changed since they were listed: %(numbers)s"), changed)


def _documents(disposal: Disposal) -> list[Document]:
    return list(Document.objects.filter(pk__in=[line.document_id for line in lines.of(disposal)]))


def _naming(key: str, found: list[DisposalLine]) -> Missing | None:
    return Missing(key, {"numbers": holds.listed(line.number for line in found)}) if found else None
