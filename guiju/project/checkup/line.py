"""One line of the page of health, and how long something is in words."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class State(Enum):
    """How a line stands: its tone (see markup.TONES) and its word. The order is that of the page."""

    BROKEN = ("late", _("broken"))
    LOOK = ("due", _("to look at"))
    OPEN = ("none", _("not yet"))  # nothing is wrong, and nothing can be said
    FINE = ("done", _("fine"))

    @property
    def tone(self) -> str:
        return self.value[0]

    @property
    def word(self) -> str | Promise:
        return self.value[1]


@dataclass(frozen=True)
class Line:
    """What is looked at, how it stands, in a sentence why; what to do, and what to type or to set for it.

    `called` is a word for the state that fits better than its own.
    """

    name: str
    state: State
    says: str
    do: str = ""
    code: tuple[str, ...] = ()
    called: str = ""

    @property
    def word(self) -> str | Promise:
        return self.called or self.state.word


def how_long(span: timedelta) -> str:
    """A span in its largest unit that says something: 90 seconds, 3 minutes, 2 hours, 5 days."""
    seconds = span.total_seconds()
    if seconds < 1:
        n = round(seconds * 1000)
        return ngettext("%(n)s millisecond", "%(n)s milliseconds", n) % {"n": n}
    if seconds < 120:
        n = round(seconds)
        return ngettext("%(n)s second", "%(n)s seconds", n) % {"n": n}
    if seconds < 2 * 3600:
        n = round(seconds / 60)
        return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
    if seconds < 48 * 3600:
        n = round(seconds / 3600)
        return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}
    n = round(seconds / 86400)
    return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
