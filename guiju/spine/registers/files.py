"""A record's files leave as attachments, never to be run by the browser (law L19)."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.trail.states import kind_of

SANDBOX = "sandbox; default-src 'none'"


def send(request: HttpRequest, organization: str, register: str, number: str, attachment: UUID) -> HttpResponse:
    record = found_record(found_register(register), number)
    found = Attachment.objects.filter(pk=attachment, record_kind=kind_of(type(record)), record=record.pk).first()
    if found is None:
        raise Http404
    return sent(found)


def sent(attachment: Attachment) -> HttpResponse:
    """The file itself. 404 when it is not on the disk (verification names it)."""
    path = attachments.path(attachment)
    if not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
