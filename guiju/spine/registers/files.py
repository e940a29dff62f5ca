"""A record's files leave as attachments, never to be run by the browser (law L19)."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from guiju.spine.attachments import previews
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment
from guiju.spine.registers.pages import found_record, found_register
from guiju.spine.trail.states import kind_of

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def send(request: HttpRequest, organization: str, register: str, number: str, attachment: UUID) -> FileResponse:
    return sent(found(found_record(found_register(register), number), attachment))


def page(request: HttpRequest, organization: str, register: str, number: str, attachment: UUID, page: int) -> HttpResponse:
    """A page of a file as a picture that we drew."""
    return pictured(found(found_record(found_register(register), number), attachment), page, request.GET.get("width", ""))


def pictured(attachment: Attachment, page: int, width: str = "") -> HttpResponse:
    """The picture of a page, as wide as a screen asks for. 404 where there is none."""
    asked = int(width) if width.isascii() and width.isdigit() and len(width) < 6 else previews.WIDTHS[1]
    drawn = previews.page(attachment, page, asked)
    if drawn is None:
        raise Http404
    answer = HttpResponse(drawn[0], content_type=drawn[1])
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def found(record: Any, attachment: UUID) -> Attachment:
    """The file of a record. 404 when it has no such one."""
    row = Attachment.objects.filter(pk=attachment, record_kind=kind_of(type(record)), record=record.pk, disposed_at=None).first()
    if row is None:
        raise Http404
    return row


def sent(attachment: Attachment) -> FileResponse:
    """The file itself. 404 when it is not on the disk (verification names it)."""
    path = attachments.path(attachment)
    if not path.exists():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
