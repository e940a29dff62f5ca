"""Web sessions: seen, and ended, by the person they belong to. They are not evidence; ending one is an event."""

from collections.abc import Iterable
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guiju.organizations.models import Person
from guiju.organizations.throttle import network_of
from guiju.spine.acts import INSTALLATION, write
from guiju.spine.trail.append import note
from guiju.spine.trail.states import kind_of

# What a browser calls itself, from the particular to the general: each also claims to be those below it.
BROWSERS = tuple(
    pair.split("=") for pair in "Edg=Edge MicroMessenger=WeChat OPR=Opera Firefox=Firefox Chrome=Chrome Safari=Safari".split()
)
SYSTEMS = tuple(
    pair.split("=")
    for pair in "HarmonyOS=HarmonyOS Android=Android iPhone=iPhone iPad=iPad Windows=Windows Macintosh=macOS Linux=Linux".split()
)


def device(user_agent: str) -> str:
    """What a person would call the device: "Firefox, Windows"."""
    known = (next((name for mark, name in names if mark in user_agent), "") for names in (BROWSERS, SYSTEMS))
    return ", ".join(name for name in known if name) or user_agent[:40]


def of(person: Person) -> list[UserSession]:
    """The person's living sessions, the one seen last first; those that have ended are forgotten on the way."""
    return sorted(UserSession.objects.purge_and_list(person), key=lambda session: session.last_seen_at, reverse=True)


def shown(session: UserSession, current_key: str | None) -> dict[str, Any]:
    """As the account page tells of it; instants as they are."""
    return {
        "id": session.pk,
        "device": device(session.user_agent),
        "network": network_of(session.ip),
        "since": session.created_at,
        "last_seen": session.last_seen_at,
        "current": session.session_key == current_key,
    }


def renew(request: HttpRequest) -> None:
    """Give the session of whoever has proven themselves again another key: one that was seen before opens nothing more."""
    before = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


class Renewing:
    """A view of proving oneself again."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        renew(self.request)
        return response


def seen(session_key: str | None) -> None:
    """Note that a session is in use."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())


def end(person: Person, session: int) -> bool:
    """End one of a person's sessions; False when there is none such."""
    found = list(UserSession.objects.filter(user=person, pk=session))
    _end(person, found)
    return bool(found)


def end_others(person: Person, keep: str | None) -> int:
    """End all sessions but the one with the key; answers how many."""
    found = list(UserSession.objects.filter(user=person).exclude(session_key=keep))
    _end(person, found)
    return len(found)


def end_all(person: Person) -> int:
    return end_others(person, None)


def _end(person: Person, sessions: Iterable[UserSession]) -> None:
    ids = [session.pk for session in sessions]
    if not ids:
        return

    def ending() -> None:
        for session in UserSession.objects.filter(pk__in=ids):
            session.end()
        note(kind_of(Person), person.pk, "end_sessions", chain=INSTALLATION, says={"count": str(len(ids))})

    write(ending)
