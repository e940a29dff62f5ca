"""Remarks on passages: made during the review, answered, kept."""

from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.lib import markdown
from guiju.modules.documents.models import Document, Remark, Revision
from guiju.modules.documents.revisions import words
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, NotFound, NotPermitted, Refused, current, write
from guiju.spine.attachments.models import FileText
from guiju.spine.notices.services import tell
from guiju.spine.workflow.perform import acting_people

AROUND = 60  # characters kept of what stands before and after a passage


def on(document: Document) -> list[Remark]:
    """The remarks on all revisions of a document; read once in an act that only reads."""
    acting = current()
    if acting.writing or ("remarks", document.pk) not in acting.known:
        ids = [revision.pk for revision in document.all_revisions()]
        acting.known["remarks", document.pk] = list(Remark.objects.filter(revision__in=ids))
    found: list[Remark] = acting.known["remarks", document.pk]
    return found


def of(revision: Revision) -> list[Remark]:
    """The remarks on a revision, in the order in which they were made."""
    return list(
        Remark.objects.filter(revision=revision).select_related("revision", "made_by", "resolved_by").order_by("made_at", "id")
    )


def open_ones(revision: Revision) -> int:
    """How many remarks on a revision have no answer yet."""
    return Remark.objects.filter(revision=revision, resolved_at=None).count()


def make(document: Document, text: str, quote: str = "", before: str = "", after: str = "") -> Remark:
    """Remark on a passage of the newest revision, or on all of it without one.

    NotPermitted without the right to comment, Conflict where the revision is not being worked on, Refused where the
    passage does not stand in it.
    """
    acting = current()
    require("documents.comment", document)

    def making() -> Remark:
        row = Document.locked(document.pk)
        if row.state not in ("draft", "in_review"):
            raise Conflict(_("Remarks are made on a draft or under review. Write a comment instead."))
        revision = row.newest()
        passage = _squeezed(quote)
        if passage and passage not in plain(revision):
            sentence = _("This passage does not stand in the text. Copy its words from the text.")
            raise Refused(sentence, errors={"quote": [sentence]})
        made = Remark(
            revision=revision,
            quote=passage,
            before=_squeezed(before)[-AROUND:],
            after=_squeezed(after)[:AROUND],
            text=text.strip(),
            made_at=acting.now(),
            made_by_id=acting.person_id,
        )
        made.save(action="remark")
        tell([revision.author_id], _("There is a remark on %(number)s %(title)s."), words(row), row)
        return made

    return write(making)


def answer(document: Document, remark: UUID, text: str) -> Remark:
    """Settle a remark with an answer: by who wrote the revision, owns the document or made the remark.

    NotFound, NotPermitted, Conflict when it is settled already, Refused without words.
    """
    acting = current()

    def answering() -> Remark:
        row = Document.locked(document.pk)
        if row.state == "disposed":
            raise Conflict(_("This document was disposed of."))
        revision = row.newest()
        found = Remark.objects.select_for_update(of=("self",)).filter(pk=remark, revision=revision).first()
        if found is None:
            raise NotFound(_("There is no such remark on the revision that is being worked on."))
        if not may_answer(row, revision, found):
            raise NotPermitted(_("A remark is answered by who wrote the revision, owns the document or made the remark."))
        if found.resolved_at is not None:
            raise Conflict(_("This remark has been answered already."))
        if not text.strip():
            sentence = _("Say what became of it.")
            raise Refused(sentence, errors={"answer": [sentence]})
        found.answer, found.resolved_at, found.resolved_by_id = text.strip(), acting.now(), acting.person_id
        found.save(action="answer")
        tell([found.made_by_id], _("Your remark on %(number)s %(title)s was answered."), words(row), row)
        return found

    return write(answering)


def may_answer(document: Document, revision: Revision, remark: Remark) -> bool:
    return bool({revision.author_id, document.owner_id, remark.made_by_id} & acting_people())


def plain(revision: Revision) -> str:
    """What stands in a revision, in its text and in its file, as one line."""
    kept = FileText.objects.filter(digest=revision.file_digest).first() if revision.file_digest else None
    return _squeezed(" ".join([markdown.plain(revision.text), kept.text if kept else ""]))


def stands(remark: Remark, text: str) -> bool:
    """Whether a remark's passage is still in a revision's text, as `plain` gives it."""
    return not remark.quote or remark.quote in text


def _squeezed(text: str) -> str:
    """Words and blanks as they are read, so that a passage copied over a line's end is found again."""
    return " ".join(text.split())
