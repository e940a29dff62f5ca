"""Who signed a revision, what each signature means in words, and who has still to sign."""

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.standing.readers import read_revision
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import current
from guiju.spine.registers import values
from guiju.spine.registers.markup import seal, seal_characters, seal_missing, section
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks

MEANINGS = {name: t.meaning for name, t in document_workflow.transitions.items() if t.signs}


def seals(document: Document) -> SafeString:
    """Who signed the revision that the page shows, and of the newest who has still to."""
    revision = read_revision(document)
    return seals_of(document, revision, asked=current().as_of is None and revision.label == document.revision)


def meaning_of(signature: Signature, revision: Revision) -> str:
    """What a signature means, in words: as deputy, alone, of an erased or an earlier text."""
    meaning = str(MEANINGS.get(signature.meaning, signature.meaning))
    if signature.on_behalf_of_id:
        meaning = _("%(meaning)s, as deputy for %(name)s") % {"meaning": meaning, "name": signature.absent_then}
    if signature.meaning == "approve" and signature.signer_id == revision.author_id:
        meaning = _("%(meaning)s by its author, who works alone") % {"meaning": meaning}
    if signature.erased:
        meaning = _("%(meaning)s (its content was erased)") % {"meaning": meaning}
    elif not holds(signature, revision):
        meaning = _("%(meaning)s (of an earlier text)") % {"meaning": meaning}
    return meaning


def seals_of(document: Document, revision: Revision, *, asked: bool = False) -> SafeString:
    """Who signed a revision; with `asked` also who has still to."""
    made = []
    for signature in signatures_of([revision]):
        meaning = meaning_of(signature, revision)
        name, signer = str(signature.signer_then), signature.signer_then
        stamp = seal_characters(signer.name_zh or signer.name)
        made.append(seal(stamp, name, meaning, values.signed(signature.signed_at), signature.meaning == "approve"))
    if asked:
        asks = {"review": _("Review"), "approve": _("Approval")}
        waiting = tasks.of(document).filter(door__in=asks).select_related("who")
        for task in sorted(waiting, key=lambda task: (task.door != "review", task.turn, task.pk)):
            since = _("asked %(when)s") % {"when": values.when(task.asked_at)} if task.asked_at else _("is asked later")
            made.append(seal_missing(str(task.who), asks[task.door], since))
    if not made:
        return mark_safe("")
    return section(_("Signatures"), mark_safe(f'<div class="gj-seals">{"".join(made)}</div>'))
