"""Bringing back the file that one has worked on."""

from pathlib import PurePosixPath

from django.utils.translation import gettext_noop as _

from guiju.lib.extraction.kinds import kind_by_name
from guiju.modules.documents import services
from guiju.modules.documents.checkout import taking
from guiju.modules.documents.checkout.models import End
from guiju.modules.documents.models import Document, Revision
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, Refused, write
from guiju.spine.attachments.models import Attachment


def bring_back(document: Document, file: Attachment, changes: str = "") -> Document:
    """Put a file in place of the one that was taken; the same file back is no change. Answers the document.

    NotPermitted; Conflict where it is not, or no longer, in one's hands; Refused for an older file of this
    document, and for one of another kind.
    """
    require("documents.change", document)

    def bringing() -> Document:
        row = Document.locked(document.pk)
        held, revision = taking.in_hand(row), row.newest()
        if row.state != "draft":
            raise Conflict(_("Only the file of a draft can be replaced."))
        _refuse_older(row, revision, file)
        _refuse_another_kind(revision, file)
        if file.digest == held.digest:
            taking.ended(held, End.UNCHANGED)
            return row
        return services.change(row, {"file": file} | ({"changes": changes} if changes else {}))

    return write(bringing)


def _refuse_another_kind(present: Revision, file: Attachment) -> None:
    """What comes back is what was taken, worked on: no PDF for a text that others have to go on writing in."""
    taken, back = (kind_by_name(name) or PurePosixPath(name).suffix.lower() for name in (present.file_name, file.name))
    if taken != back:
        sentence = _("%(name)s is of another kind than the file you took, %(taken)s.")
        params = {"name": file.name, "taken": present.file_name}
        raise Refused(sentence, params, errors={"file": [sentence % params]})


def _refuse_older(document: Document, present: Revision, file: Attachment) -> None:
    """A file that this document has had before is not the one that was worked on."""
    same = Revision.objects.filter(document=document, file_digest=file.digest).exclude(pk=present.pk)
    earlier = same.order_by("-position").first()
    if earlier is not None and file.digest != present.file_digest:
        sentence = _("This is the file of revision %(label)s, which is older than the one you took.")
        raise Refused(sentence, {"label": earlier.label}, errors={"file": [sentence % {"label": earlier.label}]})
