"""Each request's act: who, for which organization (section 5). Order and place are in the settings."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver, resolve
from django.urls.converters import SlugConverter
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from guiju.organizations import sessions
from guiju.organizations.members import Member, member, memberships_of, today_in
from guiju.organizations.models import Organization, Person
from guiju.spine.acts import SYSTEM, Refused, act
from guiju.spine.registers.past import asked_instant, carried

Handler = Callable[[HttpRequest], HttpResponse]
SLUG = re.compile(SlugConverter.regex)
SEEN = "seen"  # when the person was last seen, in the web session
SINCE = "since"  # when the person signed in, or was first seen, in the web session
SEEN_EVERY = 60  # seconds between two writings of it
LANGUAGE = "language"  # in which a visitor of a demonstration reads, in the web session
DEPUTY_FOR = "deputy_for"  # {organization: id of the absent person} in the web session


def network(get_response: Handler) -> Handler:
    """Believe X-Forwarded-For and X-Forwarded-Proto from the proxies that are named in the settings, from nobody else."""

    def handle(request: HttpRequest) -> HttpResponse:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        scheme = request.META.pop("HTTP_X_FORWARDED_PROTO", "")
        if request.META.get("REMOTE_ADDR") in settings.TRUSTED_PROXIES:
            hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
            outside = [hop for hop in hops if hop not in settings.TRUSTED_PROXIES]
            if outside:
                request.META["REMOTE_ADDR"] = outside[-1]
            if scheme == "https":
                request.META["wsgi.url_scheme"] = "https"
        return get_response(request)

    return handle


def language_and_idleness(get_response: Handler) -> Handler:
    """The reader's language, and log-off of whoever has not been seen for a while, or is signed in for too long."""

    def handle(request: HttpRequest) -> HttpResponse:
        person = request.user if isinstance(request.user, Person) else None
        if person is not None and (_idle_seconds(request) > settings.IDLE_MINUTES * 60 or _too_long(request)):
            logout(request)
            person = None
        chosen = person.language if person else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if person and settings.DEMO:
            chosen = request.session.get(LANGUAGE, chosen)
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", "zh-Hans" if language == "zh-hans" else language)
            return response

    return handle


def _idle_seconds(request: HttpRequest) -> int:
    """Seconds since the request before this one, to the minute; that this one came is written down."""
    now = int(timezone.now().timestamp())
    before = request.session.get(SEEN)
    request.idle_seconds = 0 if before is None else now - before  # type: ignore[attr-defined]
    request.session.setdefault(SINCE, now)
    if before is None or SEEN_EVERY <= now - before <= settings.IDLE_MINUTES * 60:
        request.session[SEEN] = now
        sessions.seen(request.session.session_key)
    return request.idle_seconds  # type: ignore[attr-defined]


def _too_long(request: HttpRequest) -> bool:
    return timezone.now().timestamp() - request.session[SINCE] > settings.SESSION_HOURS * 3600


def acting(get_response: Handler) -> Handler:
    """Open the act: of a member under an organization's address, of the installation elsewhere.

    An address of an organization answers 404 to whoever is not its member, as if there were none. The API opens
    its own act, from its token. A web session that was idle for longer than the organization allows has ended.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        slug = _slug(request)
        request.organization = request.member = None  # type: ignore[attr-defined]
        if slug is None:
            person = request.user if isinstance(request.user, Person) else None
            who = Member(person, None, frozenset(), session=request.session) if person else SYSTEM
            with act(None, who):
                return get_response(request)
        if not isinstance(request.user, Person):
            return redirect_to_login(request.get_full_path())
        memberships = request.memberships = memberships_of(request.user)  # type: ignore[attr-defined]
        mine: Any = next((m for m in memberships if m.organization.slug == slug), None)
        if mine is None:
            raise Http404
        if mine.idle_minutes and request.idle_seconds > mine.idle_minutes * 60:  # type: ignore[attr-defined]
            logout(request)
            return redirect_to_login(request.get_full_path())
        return _as_member(request, mine.organization, get_response)

    return handle


def _as_member(request: HttpRequest, organization: Organization, get_response: Handler) -> HttpResponse:
    absent = request.session.get(DEPUTY_FOR, {}).get(organization.slug)
    found = member(organization, request.user, today_in(organization), deputy_for=absent, session=request.session)  # type: ignore[arg-type]
    if found is None:
        raise Http404
    request.organization, request.member = organization, found  # type: ignore[attr-defined]
    try:
        instant = _as_of(request, organization)
    except Refused as refused:
        with act(organization, found):
            return _unreadable(request, str(refused))
    with act(organization, found, as_of=instant):
        response = get_response(request)
        if instant is not None and response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            page = carried(response.content.decode(), organization.slug, request.GET["as_of"])
            response.content = page.encode()
        return response


def _slug(request: HttpRequest) -> str | None:
    """The organization an address names; None for those of the installation and of the API.

    Told by the first word where that is enough: taking the whole address apart costs as much as a query, and Django does it too.
    """
    word = request.path_info.removeprefix("/").partition("/")[0]
    if not SLUG.fullmatch(word) or word == "api":
        return None
    if word not in _words_of_the_installation():
        return word
    try:
        return resolve(request.path_info).kwargs.get("organization")
    except Http404:
        return None


@cache
def _words_of_the_installation() -> frozenset[str]:
    """With what the addresses begin that are not an organization's."""
    routes = (str(one.pattern) for one in get_resolver().url_patterns)
    return frozenset(route.partition("/")[0] for route in routes if not route.startswith("<slug:organization>"))


def _as_of(request: HttpRequest, organization: Organization) -> datetime | None:
    return asked_instant(request.GET.get("as_of", ""), request.user.time_zone or organization.time_zone)  # type: ignore[union-attr]


def _unreadable(request: HttpRequest, why: str) -> HttpResponse:
    context = {
        "status": 422,
        "title": _("This moment cannot be shown"),
        "why": why,
        "back_url": request.path,
    }
    return render(request, "refused.html", context, status=422)
