"""Each request's act: who, for which organization (section 5). Order and place are in the settings."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime

from guiju.organizations.members import Member, member
from guiju.organizations.models import Deputyship, Organization, Person
from guiju.spine.acts import SYSTEM, Refused, act

Handler = Callable[[HttpRequest], HttpResponse]
SEEN = "seen"  # when the person was last seen, in the web session
SEEN_EVERY = 60  # seconds between two writings of it


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
    """The reader's language, and log-off of whoever has not been seen for a while."""

    def handle(request: HttpRequest) -> HttpResponse:
        person = request.user if isinstance(request.user, Person) else None
        if person is not None and _idle(request):
            logout(request)
            person = None
        chosen = person.language if person else request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = get_response(request)
            response.headers.setdefault("Content-Language", "zh-Hans" if language == "zh-hans" else language)
            return response

    return handle


def _idle(request: HttpRequest) -> bool:
    now = int(timezone.now().timestamp())
    seen = request.session.get(SEEN)
    if seen is not None and now - seen > settings.IDLE_MINUTES * 60:
        return True
    if seen is None or now - seen >= SEEN_EVERY:
        request.session[SEEN] = now
    return False


def acting(get_response: Handler) -> Handler:
    """Open the act: of a member under an organization's address, of the installation elsewhere.

    An address of an organization answers 404 to whoever is not its member, as if there were none. The API opens
    its own act, from its token.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        slug = _slug(request)
        request.organization = request.member = None
        if slug is None:
            person = request.user if isinstance(request.user, Person) else None
            who = Member(person, None, frozenset(), session=request.session) if person else SYSTEM
            with act(None, who):
                return get_response(request)
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        organization = Organization.everywhere.filter(slug=slug).first()
        found = organization and _member(request, organization)
        if not found:
            raise Http404
        request.organization, request.member = organization, found
        with act(organization, found, as_of=_as_of(request, organization)):
            return get_response(request)

    return handle


def _slug(request: HttpRequest) -> str | None:
    try:
        match = resolve(request.path_info)
    except Http404:
        return None
    return match.kwargs.get("organization") if match.namespace != "api" and "api" not in match.namespaces else None


def _member(request: HttpRequest, organization: Organization) -> Member | None:
    today = timezone.now().astimezone(ZoneInfo(organization.time_zone)).date()
    found = member(organization, request.user, today, session=request.session)
    absent = request.session.get("deputy_for", {}).get(organization.slug)
    if found is None or absent is None:
        return found
    return as_deputy(found, absent, today) or found


def as_deputy(found: Member, absent: str, today: object) -> Member | None:
    """The member in the place of an absent one (by person id), with the absent person's rights; None when not deputy."""
    standing = (
        Deputyship.everywhere.filter(
            organization=found.organization,
            deputy__person=found.person,
            absent__person=absent,
            ended=False,
            from_on__lte=today,
            until_on__gte=today,
        )
        .select_related("absent__person")
        .first()
    )
    theirs = standing and member(found.organization, standing.absent.person, today)
    if not theirs:
        return None
    return Member(found.person, found.organization, theirs.actions, deputy_for=theirs.person, session=found.session)


def _as_of(request: HttpRequest, organization: Organization) -> datetime | None:
    asked = request.GET.get("as_of")
    if not asked:
        return None
    try:
        instant = parse_datetime(asked) or parse_datetime(f"{asked}T23:59:59")
    except ValueError:
        instant = None
    if instant is None:
        raise Refused("The instant to look at is written like 2026-03-01T12:00.")
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(request.user.time_zone or organization.time_zone))
    return instant.astimezone(UTC)
