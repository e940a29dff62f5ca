"""What stands on the print of a revision, in the language that is active."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guiju.lib.dates import show_signed
from guiju.modules.documents import page
from guiju.modules.documents.approval import seals
from guiju.modules.documents.before import words as before
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.revisions import named
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import current
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment
from guiju.spine.prints.sheets import Column, File, Seal, Sheet
from guiju.spine.registers import addresses, values
from guiju.spine.registers.markup import seal_characters
from guiju.spine.signatures.models import Signature
from guiju.spine.signatures.services import of as signatures_of

MOST_ROWS = 40  # revisions in the table; what is older stands in the history


def parts(document: Document) -> list[tuple[int, str]]:
    """The revisions with where each stands: first the one in force, since people work by it, then the newest."""
    today = current().today()
    standing = document.in_force(today)
    rows = Revision.objects.filter(document=document.pk).defer("text")
    words = _("Revision %(label)s, %(state)s")
    rows = sorted(rows, key=lambda row: (row.label != standing or row.given_up_on is not None, -row.position))
    return [(r.position, words % {"label": r.label, "state": page.revision_words(r, standing, today)}) for r in rows]


def sheet(document: Document, position: int) -> Sheet | None:
    rows = list(
        Revision.objects.filter(document=document.pk, position__lte=position).select_related("author", "file", "document")
    )
    rows = [row for row in rows if row.given_up_on is None or row.position == position]
    revision = next((row for row in rows if row.position == position), None)
    if revision is None:
        return None
    signatures = signatures_of([revision])
    state, mark = standing(document, revision, current().today())
    return Sheet(
        language=get_language() or settings.LANGUAGE_CODE,
        organization=str(current().organization),
        kind=revision.get_kind_display(),
        number=revision.number or document.number or "",
        title=revision.title or values.untitled(),
        revision=_("Revision %(label)s") % {"label": named(revision)},
        state=state,
        mark=mark,
        address=f"{settings.BASE_URL}{page.address(document, revision)}",
        facts=_facts(document, revision, state),
        seals=[_seal(one, revision) for one in signatures],
        notes=_notes(revision, signatures),
        columns=(
            Column(_("Revision"), 1.2),
            Column(_("Effective on"), 2.4),
            Column(_("What changed"), 5),
            Column(_("Written by"), 1.9),
        ),
        rows=_rows(rows),
        text=revision.text,
        file=_file(revision),
        picture=lambda attachment: _picture(document, attachment),
        says={"revision": revision.label},
    )


def standing(document: Document, revision: Revision, today: date) -> tuple[str, str]:
    """Where a revision stands in words, and what has to stand across its copies: nothing when it is in force."""
    given_up = revision.given_up_on is not None
    newest = revision.label == document.revision and not given_up
    if document.state == "disposed":
        return _("Disposed of"), _("Disposed of")
    if document.state == "withdrawn":
        return _("Withdrawn, not in force"), _("Withdrawn")
    if revision.taken_back:
        return _("Taken back, never in force"), _("Taken back")
    if given_up:
        return _("Given up, never issued"), _("Given up")
    if revision.label == document.in_force(today):
        return _("In force"), ""
    if revision.approved_at is None:
        state = document_workflow.states[document.state if newest else "draft"].label
        return _("%(state)s, not in force") % {"state": state}, str(state)
    if revision.effective_on and revision.effective_on > today:
        return _("In force from %(day)s") % {"day": values.day(revision.effective_on)}, _("Not yet in force")
    return _("Superseded, not in force"), _("Superseded")


def _facts(document: Document, revision: Revision, state: str) -> list[tuple[str, str]]:
    def day(value: date | None) -> str:
        return values.day(value) if value else ""

    newest = revision.label == document.revision and revision.given_up_on is None
    facts = [
        (_("Process"), str(document.process) if document.process_id else ""),
        (_("Effective on"), day(revision.effective_on)),
        (_("Owner"), str(document.owner) if document.owner_id else ""),
        (
            _("Review again by"),
            day(document.due_on) if newest else "",
        ),
        before.author(revision),
        (_("State"), state),
        *before.fact(revision),
    ]
    return [(label, value) for label, value in facts if value]


def _seal(signature: Signature, revision: Revision) -> Seal:
    signer = signature.signer_then
    when = show_signed(signature.signed_at, get_language() or settings.LANGUAGE_CODE, ZoneInfo(current().organization.time_zone))
    return Seal(
        seal_characters(signer.name_zh or signer.name),
        str(signer),
        seals.meaning_of(signature, revision),
        when,
        signature.meaning == "approve",
    )


def _notes(revision: Revision, signatures: Sequence[Signature]) -> list[str]:
    came = [before.note(revision.document, revision)] if revision.taken_over_at is not None else []
    alone = [one for one in signatures if one.meaning == "approve" and one.signer_id == revision.author_id]
    return came + ([_("One person alone works here: whoever wrote this revision approved it too.")] if alone else [])


def _rows(rows: list[Revision]) -> list[list[str]]:
    """The table of revisions: those up to the printed one, the newest first; none for a first one without a word on changes."""
    if len(rows) == 1 and not rows[0].changes.strip():
        return []
    newest_first = sorted(rows, key=lambda row: -row.position)[:MOST_ROWS]
    return [
        [named(row), values.day(row.effective_on) if row.effective_on else "–", row.changes.strip(), _author(row)]
        for row in newest_first
    ]


def _author(row: Revision) -> str:
    return _("brought in by %(name)s") % {"name": row.author} if row.taken_over_at is not None else str(row.author)


def _file(revision: Revision) -> File | None:
    if revision.file is None or revision.file.disposed_at is not None:
        return None
    address = f"{addresses.of_record(revision.document)}files/{revision.file_id}/"
    return File(attachments.path(revision.file), revision.file_name, revision.file_digest, address)


def _picture(document: Document, attachment: str) -> Path | None:
    """The file of a picture in the text: one of the document's own."""
    found = attachments.of(document).filter(pk=UUID(attachment)).first()
    return attachments.path(found) if isinstance(found, Attachment) else None
