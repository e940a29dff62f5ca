"""What a browser sends is taken whole and in UTF-8, or not at all: nothing half, nothing replaced by U+FFFD."""

import codecs
from functools import partial
from typing import Any
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from guiju.project.errors import refused

STRICT = "guiju-strict-utf-8"
TAIL = 1024  # bytes kept of a body's end, to find the closing boundary in
READ_METHODS = ("GET", "HEAD", "POST")


def _strict(data: Any, errors: str = "strict") -> tuple[str, int]:
    return codecs.utf_8_decode(data, "strict", True)


@codecs.register
def _find(name: str) -> codecs.CodecInfo | None:
    """UTF-8 that raises even where its caller asks to replace, as Django's parser of forms does."""
    if name.replace("_", "-") != STRICT:
        return None
    return codecs.CodecInfo(codecs.utf_8_encode, _strict, name=STRICT)


class NotUtf8(MultiPartParserError):
    """A text of a form is in another encoding; `at` is the byte of the text where that shows."""

    def __init__(self, at: int) -> None:
        super().__init__("not UTF-8")
        self.at = at


class Incomplete(MultiPartParserError):
    """The content ended before its last boundary, or before the length that was announced."""


class _Watched:
    """A body that counts what is read of it and remembers its end."""

    def __init__(self, body: Any) -> None:
        self.body, self.count, self.tail = body, 0, b""

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self.body.read(size)
        self.count += len(chunk)
        self.tail = (self.tail + chunk)[-TAIL:]
        return chunk


def _parsed(request: HttpRequest, meta: dict[str, Any], body: Any) -> Any:
    """(fields, files) of a multipart request that is whole. Raises Incomplete, NotUtf8, MultiPartParserError."""
    watched = _Watched(body)
    parser = MultiPartParser(meta, watched, request.upload_handlers, STRICT)  # type: ignore[arg-type]
    try:
        fields, files = parser.parse()
    except UnicodeDecodeError as wrong:
        raise NotUtf8(wrong.start) from None
    length, closing = parser._content_length, b"--" + parser._boundary + b"--"  # type: ignore[attr-defined]
    if length and (watched.count < length or closing not in watched.tail):
        for _name, sent in files.lists():
            for file in sent:
                file.close()
        raise Incomplete("incomplete")
    return fields, files


class WholeRequests:
    """Refuses a form that broke off on its way or is not in UTF-8, before anything is made of it; and TRACE."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return HttpResponseNotAllowed(READ_METHODS, b"TRACE is not possible here.\n", content_type="text/plain")
        request.parse_file_upload = partial(_parsed, request)  # type: ignore[method-assign]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Read a page's form; the API reads its requests itself, and answers with problems."""
        if request.method != "POST" or request.path_info.startswith("/api/"):
            return None
        try:
            _check(request)
        except NotUtf8 as wrong:
            return refused(request, 400, _("The content is not UTF-8 (at byte %(at)s).") % {"at": wrong.at})
        except (Incomplete, UnreadablePostError):
            return refused(request, 400, _("The content ended before it was whole."))
        except MultiPartParserError:
            return refused(request, 400, _("The request cannot be read."))
        return None


def _check(request: HttpRequest) -> None:
    if request.content_type == "multipart/form-data":
        _fields = request.POST
        return
    if request.content_type != "application/x-www-form-urlencoded":
        return
    body = request.body
    if len(body) < int(request.META.get("CONTENT_LENGTH") or 0):
        raise Incomplete("incomplete")
    try:
        unquote_to_bytes(body).decode()
    except UnicodeDecodeError as wrong:
        raise NotUtf8(wrong.start) from None
