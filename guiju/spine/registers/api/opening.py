"""The token's act: who, for which organization, in which language, as of when."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_noop as _
from ninja.security import HttpBearer

from guiju.spine.acts import Refused, act
from guiju.spine.acts.hooks import by_token
from guiju.spine.registers.past import asked_instant


class BearerToken(HttpBearer):
    """`Authorization: Bearer guiju_…`; the token's right is its scope and its person's rights at the moment."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """(organization, member), or None for a token that opens nothing. NotFound at another organization's address."""
        assert request.resolver_match is not None
        slug = request.resolver_match.kwargs["organization"]
        for resolve in by_token:
            if found := resolve(slug, token.strip()):
                _speak(request, found[1])
                return found
        return None


def _speak(request: HttpRequest, member: Any) -> None:
    """The language of the answers: what the program asks for, else its person's. The middleware puts it back afterwards."""
    if request.headers.get("Accept-Language", "*").strip() not in ("", "*"):
        return
    language = getattr(getattr(member, "person", None), "language", "")
    if language:
        translation.activate(language)
        request.LANGUAGE_CODE = language


@contextmanager
def opened(request: HttpRequest) -> Iterator[None]:
    """The act of an authenticated request; `as_of` looks back, and is for reading only."""
    organization, member = request.auth  # type: ignore[attr-defined]
    zone = getattr(member.person, "time_zone", "") or organization.time_zone
    instant = asked_instant(request.GET.get("as_of", ""), zone)
    if instant is not None and request.method != "GET":
        raise Refused(_("The past is only for reading."))
    with act(organization, member, as_of=instant):
        yield
