"""Who stands before a terminal at this moment: kept on the server for minutes, and gone when they leave.

A browser keeps what was sent, and "Back" and "Reload" send it again. So the form for number and PIN carries a word
that holds once: what is sent a second time recognizes nobody, whoever sends it.
"""

from datetime import datetime
from secrets import compare_digest, token_urlsafe
from uuid import UUID

from django.http import HttpRequest

from guiju.modules.terminals.models import Terminal
from guiju.spine.acts import current

MINUTES = 10  # in which a person who was recognized reads and confirms
ONCE, WHO, THANKED = "terminal_once", "terminal_who", "terminal_thanked"  # in the web session


def once(request: HttpRequest) -> str:
    """The word for the next form; the same until it is used, so that two pages side by side both serve."""
    if ONCE not in request.session:
        request.session[ONCE] = token_urlsafe(18)
    return str(request.session[ONCE])


def spent(request: HttpRequest) -> bool:
    """Use up the word that was sent: False where it is none that waits, so that nothing may be done with what came with it."""
    waiting = str(request.session.pop(ONCE, ""))
    return bool(waiting) and compare_digest(waiting.encode(), request.POST.get("once", "").encode("utf-8", "replace"))


def begin(request: HttpRequest, terminal: Terminal, person: UUID) -> None:
    """From now on this person stands before this terminal."""
    request.session[WHO] = [str(terminal.pk), str(person), current().now().isoformat()]


def who(request: HttpRequest, terminal: Terminal) -> UUID | None:
    """Who was recognized here and has neither left nor taken too long."""
    found = request.session.get(WHO)
    if found is None:
        return None
    at, person, since = found
    gone = (current().now() - datetime.fromisoformat(since)).total_seconds() > MINUTES * 60
    if at != str(terminal.pk) or gone:
        end(request)
        return None
    return UUID(person)


def end(request: HttpRequest) -> None:
    """Whoever stood here has left, for good: only number and PIN bring them back."""
    request.session.pop(WHO, None)


def thank(request: HttpRequest, name: str) -> None:
    """End the visit, and keep the name for one page of thanks."""
    end(request)
    request.session[THANKED] = name


def thanked(request: HttpRequest) -> str:
    """The name for that page, once."""
    return str(request.session.pop(THANKED, ""))
