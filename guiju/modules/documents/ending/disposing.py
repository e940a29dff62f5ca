"""What is left of a document after its disposal: number, kind, revisions, dates, digests, who signed when.

ISO 9001 7.5.3.2 d): documented information is retained and disposed of under control. Who may decide it, when, and with
whom is said above (modules.keeping); here it is carried out.
"""

from guiju.modules.documents.checkout import taking
from guiju.modules.documents.models import Document, Remark, Revision
from guiju.modules.documents.signals import disposed
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.jobs import remove_after_commit
from guiju.spine.attachments.models import Attachment
from guiju.spine.notices import services as notices
from guiju.spine.prints import kept as prints
from guiju.spine.records.services import empty_comments
from guiju.spine.registers import exporting
from guiju.spine.registers.declaration import by_key
from guiju.spine.search.services import forget_body
from guiju.spine.signatures import services as signatures
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.erasing import Row, erase
from guiju.spine.trail.states import kind_of
from guiju.spine.workflow.perform import follow


def dispose(document: Document, under: str) -> None:
    """Erase what a locked document says and all that repeats it, within the write that decides it.

    `under` is the number of the decision. Raises Conflict when the document is not withdrawn, or something forbids it.
    """
    revisions = list(Revision.objects.select_for_update(of=("self",)).filter(document=document).order_by("position"))
    files = files_of(document)
    rows: list[Row] = [(kind_of(Document), document.pk)]
    rows += signatures.empty([document, *revisions])
    answers: list[list[Row]] = [answer for _receiver, answer in disposed.send(Document, document=document) if answer]  # type: ignore[misc]
    rows += [row for answer in answers for row in answer]
    rows += _remarks(revisions) + _revisions(revisions) + taking.rows(document)
    rows += empty_comments(document) + tasks.empty(document) + attachments.dispose(files)
    erase(rows, under=under)
    document.title, document.more = "", {}
    document.stated_by = document.stated_place = ""
    follow(document_workflow, document, "dispose", says={"under": under})
    _copies(document)
    remove_after_commit(file.digest for file in files)


def files_of(document: Document) -> list[Attachment]:
    """The files of a document that are there: its own, and those of its revisions."""
    of_revisions = Revision.objects.filter(document=document).exclude(file=None).values("file")
    found = attachments.of(document) | Attachment.objects.filter(pk__in=of_revisions, disposed_at=None)
    return list(found)


def _revisions(revisions: list[Revision]) -> list[Row]:
    for one in revisions:
        one.title = one.text = one.changes = one.file_name = one.given_up_because = one.confirmed_with = ""
        one.stated_by = one.stated_place = ""
        one.save(action="empty")
    return [(kind_of(Revision), one.pk) for one in revisions]


def _remarks(revisions: list[Revision]) -> list[Row]:
    found = list(Remark.objects.select_for_update(of=("self",)).filter(revision__in=revisions))
    for one in found:
        one.quote = one.before = one.after = one.text = one.answer = ""
        one.save(action="empty")
    return [(kind_of(Remark), one.pk) for one in found]


def _copies(document: Document) -> None:
    """What repeats a document and is no evidence: the words of the search, what people were told, prints and lists kept here."""
    register = by_key("documents")
    assert register is not None
    forget_body(document)
    notices.empty(document)
    prints.forget(document)
    exporting.forget(register)
