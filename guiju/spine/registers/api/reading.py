"""The body of a request as an object, or the problem that it is none."""

import json
from typing import Any

from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils.translation import gettext_noop as _

from guiju.spine.registers.api.problems import Problem, error

DEEPEST = 20  # objects and lists inside one another


def json_object(request: HttpRequest, *, empty: bool = False) -> dict[str, Any]:
    """The object that a request's body holds; {} for no body where `empty` allows it.

    Raises Problem: 415 for another content type or encoding, 413 when too large, 400 when it is no JSON in UTF-8
    (RFC 8259), names a field twice or is nested too deeply, 422 when it is JSON but no object.
    """
    body = _body(request)
    if not body:
        if empty:
            return {}
        raise Problem(400, "malformed", _("The content is missing."))
    if request.content_type != "application/json" and not (request.content_type or "").endswith("+json"):
        raise Problem(415, "media_type", _("The content is sent as application/json."))
    if (request.content_params or {}).get("charset", "utf-8").lower().replace("-", "") != "utf8":
        raise Problem(415, "encoding", _("JSON is sent in UTF-8."))
    found = _parsed(body)
    if not isinstance(found, dict):
        raise Problem(422, "type", _("The content is an object with the names of fields: {…}."))
    return found


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        raise Problem(413, "too_large", _("The content is too large. Files go to attachments/ first.")) from None
    except UnreadablePostError:
        raise Problem(400, "incomplete", _("The content ended before it was whole.")) from None


def _parsed(body: bytes) -> Any:
    try:
        found = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_once_each)
        _bounded(found, DEEPEST)
    except UnicodeDecodeError as wrong:
        raise Problem(400, "encoding", _("The content is not UTF-8 (at byte %(at)s)."), {"at": wrong.start}) from None
    except json.JSONDecodeError as wrong:
        params = {"line": wrong.lineno, "column": wrong.colno}
        raise Problem(400, "malformed", _("The content is not JSON (line %(line)s, column %(column)s)."), params) from None
    except ValueError:
        raise Problem(400, "malformed", _("The content holds a number that JSON does not know.")) from None
    except RecursionError:
        raise _too_deep() from None
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        sentence = _("The field “%(name)s” stands there twice.")
        raise Problem(400, "twice", sentence, {"name": twice[:80]})
    return found


def _bounded(value: Any, depth: int) -> None:
    """Raise for what no field can hold: too deep, or half of a surrogate pair."""
    if depth < 0:
        raise _too_deep()
    if isinstance(value, str):
        if any("\ud800" <= c <= "\udfff" for c in value):
            sentence = _("The text contains half of a character (an unpaired surrogate).")
            raise Problem(422, "surrogate", sentence, errors=[error(None, "surrogate", sentence)])
    elif isinstance(value, dict):
        for inner in (*value.keys(), *value.values()):
            _bounded(inner, depth - 1)
    elif isinstance(value, list):
        for inner in value:
            _bounded(inner, depth - 1)


def _too_deep() -> Problem:
    return Problem(400, "too_deep", _("The content is nested more deeply than anything here."))


def version_asked(request: HttpRequest, version: int, *, needed: bool) -> int | None:
    """The version that If-Match names, when it is the present one; None for "*", or for none where none is needed.

    Raises Problem: 428 without the header where it is needed, 412 when it names other versions.
    """
    text = request.headers.get("If-Match", "").strip()
    if not text:
        if needed:
            raise Problem(428, "version_missing", _("Say by If-Match which version you change: the ETag you have read."))
        return None
    if text == "*":
        return None
    if f'"{version}"' not in [tag.strip() for tag in text.split(",")]:
        raise Problem(412, "stale", _("Someone else has changed this since you opened it."))
    return version


def one_file(request: HttpRequest, most: int) -> Any:
    """The uploaded file of a multipart request. Problem: 415, 413, 400, or 422 without a file of the name `file`."""
    if request.content_type != "multipart/form-data":
        raise Problem(415, "media_type", _("A file is sent as multipart/form-data, in the field “file”."))
    if int(request.META.get("CONTENT_LENGTH") or 0) > most + (1 << 20):
        raise _file_too_large(most)
    try:
        found = request.FILES.getlist("file")
    except RequestDataTooBig:
        raise _file_too_large(most) from None
    except UnreadablePostError:
        raise Problem(400, "incomplete", _("The content ended before it was whole.")) from None
    except (BadRequest, MultiPartParserError):
        raise Problem(400, "malformed", _("The content is no multipart/form-data.")) from None
    if len(found) != 1:
        sentence = _("One file is sent at a time, in the field “file”.")
        raise Problem(422, "required", sentence, errors=[error("file", "required", sentence)])
    if (found[0].size or 0) > most:
        raise _file_too_large(most)
    return found[0]


def _file_too_large(most: int) -> Problem:
    return Problem(
        413, "too_large", _("The file is larger than %(limit)s MB, the most that is taken here."), {"limit": most >> 20}
    )
