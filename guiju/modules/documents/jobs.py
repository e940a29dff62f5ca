"""What the worker does for documents: reads the text of their files for the search."""

from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.lib.extraction import extract
from guiju.modules.documents.approval import coming, reviewing
from guiju.modules.documents.models import Document, Revision
from guiju.spine.acts import write
from guiju.spine.acts.hooks import body_parts
from guiju.spine.attachments import previews
from guiju.spine.attachments.models import Attachment, FileText
from guiju.spine.attachments.services import path
from guiju.spine.jobs.job import enqueue, every, job
from guiju.spine.search.services import index_body


@job(queue="files", name=_("reading of a document's files"))
def read_file(document: str) -> None:
    """Read the files of a document's revisions and put their texts into the search."""
    found = Document.objects.get(pk=UUID(document))
    read_texts(found)
    if found.newest().file_id is not None:
        # After all that waits to be read: being found comes before being seen.
        write(lambda: enqueue(look_at_file, document))


@job(queue="files", name=_("making of a preview"))
def look_at_file(document: str) -> None:
    """Make the preview of a document's newest file; it stands on the page from then on."""
    file = Document.objects.get(pk=UUID(document)).newest().file
    if file is not None and previews.of(file) is None:
        previews.make(file)


def read_texts(document: Document) -> None:
    """Index what stands in a document: in its newest revision, and in the one before, which may still be in force."""
    if document.state == "disposed":
        return
    texts = []
    live = Revision.objects.filter(document=document, given_up_on=None).select_related("file")
    for revision in live.order_by("-position")[:2]:
        texts.append(revision.text)
        if revision.file is not None:
            texts.append(text_of(revision.file).text)
    texts += [text for part in body_parts for text in part(document)]

    def indexing() -> None:
        if Document.locked(document.pk).state != "disposed":  # meanwhile, while its files were read
            index_body(document, [text for text in texts if text.strip()])

    write(indexing)


@every("hour", name=_("entry of what came into force"))
def came_into_force() -> None:
    """Enter and tell what the calendar has brought."""
    coming.in_each_organization()


@every("day", at="00:30", name=_("asking for periodic reviews"))
def reviews_due() -> None:
    """Ask owners to look again, and tell when nobody did."""
    reviewing.in_each_organization()


def index_file(document: Document) -> None:
    """Ask the worker to read a document's file, in the transaction of what asks (law L13)."""
    enqueue(read_file, str(document.pk))


def text_of(file: Attachment) -> FileText:
    """The text of a file, read in a child process once and kept by its digest."""
    found = FileText.objects.filter(digest=file.digest).first()
    if found is not None:
        return found
    read = extract(path(file), file.name)

    def keeping() -> FileText:
        if Attachment.locked(file.pk).disposed_at is not None:  # meanwhile: nothing of it is kept
            return FileText(organization_id=file.organization_id, digest=file.digest)
        return keep_text(file.organization_id, file.digest, read.text, [problem.code for problem in read.problems])

    return write(keeping)


def keep_text(organization: UUID, digest: str, text: str, problems: list[str]) -> FileText:
    """Keep what was read from a file, by the file's digest."""
    values = {"text": text.replace("\x00", ""), "problems": problems}
    return write(lambda: FileText.objects.get_or_create(organization_id=organization, digest=digest, defaults=values)[0])
