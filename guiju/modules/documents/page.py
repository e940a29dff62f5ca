"""The document's own parts of its page: the sheet, the seals, the revisions."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.lib import markdown
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import current
from guiju.spine.attachments.models import FileText
from guiju.spine.registers import addresses, values
from guiju.spine.registers.markup import facts as drawn_facts
from guiju.spine.registers.markup import seal, seal_characters, seal_missing, section, state_badge
from guiju.spine.registers.past import until
from guiju.spine.registers.record_page import shown
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.past import as_of

MEANINGS = {name: t.meaning for name, t in document_workflow.transitions.items() if t.signs}
EXCERPT = 4000  # characters of a file's text shown on the sheet


def newest(document: Document) -> Revision:
    """The newest revision, as it is or as it was at the past instant of the act."""
    if current().as_of is None:
        return document.newest()
    ids = Revision.objects.filter(document=document.pk).values_list("pk", flat=True)
    return max(as_of(Revision, until(), ids), key=lambda revision: revision.position)


def facts(document: Document) -> list[tuple[Any, Any]]:
    today = current().today()
    revision = newest(document)
    standing = document.in_force(today)
    rows: list[tuple[Any, Any]] = [
        (gettext_lazy("Kind"), document.get_kind_display()),
        (gettext_lazy("Revision"), document.revision),
        (gettext_lazy("In force now"), _("Revision %(label)s") % {"label": standing} if standing else _("none")),
        (gettext_lazy("Effective on"), values.day(document.effective_on) if document.effective_on else ""),
        (gettext_lazy("Written by"), str(revision.author)),
        (gettext_lazy("Owner"), shown(document, "owner")),
        (gettext_lazy("Process"), shown(document, "process")),
        (gettext_lazy("Language"), document.get_language_display()),
        (gettext_lazy("Review again by"), values.day(document.due_on) if document.due_on else ""),
    ]
    return rows


def sheet(document: Document) -> SafeString:
    """The text like a page, or the file with what is written in it."""
    revision = newest(document)
    state = document_workflow.state_of(document)
    text = FileText.objects.filter(digest=revision.file_digest).first() if revision.file_digest else None
    base = addresses.of_record(document)
    return mark_safe(
        render_to_string(
            "documents/sheet.html",
            {
                "document": document,
                "revision": revision,
                "badge": state_badge(state.tone, _standing_words(document, state)),
                "html": mark_safe(markdown.to_html(revision.text)) if revision.text.strip() else "",
                "file_url": f"{base}files/{revision.file_id}/" if revision.file_id else "",
                "excerpt": text.text[:EXCERPT] if text else "",
                "longer": bool(text and len(text.text) > EXCERPT),
                "problems": text.problems if text else [],
            },
        )
    )


def _standing_words(document: Document, state: Any) -> str:
    if state.name == "effective":
        return _("In force")
    if state.name == "approved" and document.effective_on:
        return _("In force from %(day)s") % {"day": values.day(document.effective_on)}
    if state.name == "withdrawn":
        return _("Withdrawn, not in force")
    return _("%(state)s, not in force") % {"state": state.label}


def seals(document: Document) -> SafeString:
    """Who signed the newest revision, and who has still to."""
    revision = newest(document)
    drawn = []
    for signature in signatures_of([revision]):
        meaning = str(MEANINGS.get(signature.meaning, signature.meaning))
        if signature.on_behalf_of_id:
            meaning = _("%(meaning)s, as deputy for %(name)s") % {"meaning": meaning, "name": signature.on_behalf_of}
        if not holds(signature, revision):
            meaning = _("%(meaning)s (of an earlier text)") % {"meaning": meaning}
        name = str(signature.signer)
        stamp = seal_characters(signature.signer.name_zh or signature.signer.name)
        drawn.append(seal(stamp, name, meaning, values.when(signature.signed_at), signature.meaning == "approve"))
    if current().as_of is None:
        for task in tasks.of(document).filter(door="review").select_related("who"):
            asked = _("asked %(when)s") % {"when": values.when(task.asked_at)}
            drawn.append(seal_missing(str(task.who), _("Review"), asked))
    if not drawn:
        return mark_safe("")
    return section(_("Signatures"), mark_safe(f'<div class="gj-seals">{"".join(drawn)}</div>'))


def revisions(document: Document) -> SafeString:
    """All revisions, the newest first."""
    if current().as_of is not None:
        return mark_safe("")
    rows = list(Revision.objects.filter(document=document).order_by("-position"))
    if len(rows) < 2:
        return mark_safe("")
    today, in_force = current().today(), document.in_force(current().today())
    return drawn_facts(
        [(_("Revision %(label)s") % {"label": r.label}, _revision_words(r, in_force, today)) for r in rows], in_rows=True
    )


def _revision_words(revision: Revision, in_force: str, today: Any) -> str:
    if revision.label == in_force:
        return (
            _("in force since %(day)s") % {"day": values.day(revision.effective_on)} if revision.effective_on else _("in force")
        )
    if revision.approved_at is None:
        return _("not approved")
    if revision.effective_on and revision.effective_on > today:
        return _("from %(day)s") % {"day": values.day(revision.effective_on)}
    return _("superseded")
