"""What could not be done, as RFC 9457 says it: one shape for whatever refuses, in the reader's language."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guiju.spine.acts import Refused
from guiju.spine.acts.words import said

MEDIA_TYPE = "application/problem+json"
ROOT = "/api/v1"
KINDS = f"{ROOT}/docs"  # where each type is explained

TITLES = {
    400: _("This cannot be read"),
    401: _("A token is needed"),
    403: _("No right to this"),
    404: _("There is no such thing here"),
    405: _("This cannot be done here"),
    409: _("Something stands against it"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Not this kind of content"),
    422: _("Not accepted as it is"),
    428: _("The version is missing"),
    429: _("Too many requests"),
    500: _("A fault of ours"),
    503: _("Not possible at the moment"),
}


class Problem(Exception):
    """Something refused by the API itself: status, a code, a message key with parameters; `errors` as they are answered."""

    def __init__(
        self,
        status: int,
        code: str,
        key: str,
        params: Mapping[str, Any] | None = None,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.key, self.params = status, code, key, dict(params or {})
        self.errors, self.headers = list(errors), dict(headers or {})

    def __str__(self) -> str:
        return said(self.key, self.params)


def error(field: str | None, code: str, message: Any) -> dict[str, Any]:
    return {"field": field, "code": code, "message": str(message)}


def answer(
    status: int,
    code: str,
    detail: Any,
    *,
    errors: Iterable[Mapping[str, Any]] = (),
    missing: Iterable[str] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The response for a problem."""
    content = {
        "type": f"{KINDS}#{code}",
        "title": str(TITLES.get(status, TITLES[422])),
        "status": status,
        "detail": str(detail),
        "errors": list(errors),
        "missing": list(missing),
    }
    response = HttpResponse(as_bytes(content), content_type=MEDIA_TYPE, status=status, headers=headers)
    response.headers["Cache-Control"] = "no-store"
    return spoken(response)


def refused(why: Refused) -> HttpResponse:
    """The response for a refusal by the services. A stale version is 412, since the API asks for it by If-Match."""
    status = 412 if why.code == "stale" else why.status
    errors = [error(name or None, why.code, why.said(s)) for name, sentences in why.errors.items() for s in sentences]
    after = getattr(why, "retry_after", None)
    headers = {"Retry-After": str(int(after))} if after else {}
    return answer(status, why.code, why, errors=errors, missing=map(str, why.missing), headers=headers)


def spoken(response: HttpResponse) -> HttpResponse:
    """The response, saying in which language its words are."""
    language, _dash, script = (get_language() or "en").partition("-")
    response.headers["Content-Language"] = f"{language}-{script.title()}" if script else language
    return response


def as_bytes(content: Any) -> bytes:
    """JSON as UTF-8; half of a surrogate pair, which UTF-8 cannot hold, stays an escape."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
