"""The act: opened by the middleware for a request, by a job or a command for itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

# The chain, and the place in lists keyed by organization, of what belongs to no organization (law L5).
INSTALLATION = UUID(int=0)


class NoAct(RuntimeError):
    """Something was read or written without anyone acting, or for no organization."""


class ReadOnly(RuntimeError):
    """A past state was opened for reading, and something tried to write."""


class Actor(Protocol):
    """What the spine asks of whoever acts; `organizations` answers."""

    @property
    def id(self) -> UUID | None: ...

    @property
    def on_behalf_of(self) -> UUID | None: ...

    @property
    def by_token(self) -> bool: ...

    def may(self, action: str, record: Any = None) -> bool: ...


class System:
    """The installation acting by itself: scheduled work, migrations, the first account."""

    id: UUID | None = None
    on_behalf_of: UUID | None = None
    by_token = False
    name = "Guiju"

    def may(self, action: str, record: Any = None) -> bool:
        return True


SYSTEM = System()


@dataclass
class Act:
    """One person's doing, for one organization (None: the installation itself).

    `as_of` opens a past instant for reading only. `at` is the sample clock: it is refused for an organization
    that was not created as a sample (law L4).
    """

    organization: Any
    actor: Actor
    reason: str = ""
    as_of: datetime | None = None
    at: datetime | None = None
    # What this act changes, gathered while it writes and emptied at each commit.
    changes: dict[tuple[str, UUID], Any] = field(default_factory=dict)
    events: list[Any] = field(default_factory=list)
    # The rows, by kind and id, whose entries so far this act erases.
    erased: set[tuple[str, UUID]] = field(default_factory=set)
    writing: bool = False
    # Rules that this act has read and will ask for again; whoever changes one takes it out.
    known: dict[Any, Any] = field(default_factory=dict)

    @property
    def organization_id(self) -> UUID:
        """The organization's id; NoAct when the act is the installation's."""
        if self.organization is None:
            raise NoAct("This act is for no organization: its records cannot be read or written here.")
        return self.organization.pk

    @property
    def person_id(self) -> UUID:
        """The acting person's id; NoAct when the installation acts by itself."""
        if self.actor.id is None:
            raise NoAct("This needs a person who acts.")
        return self.actor.id

    def now(self) -> datetime:
        """The instant of this act: the sample clock's where one was passed."""
        return self.at or timezone.now()

    def today(self) -> date:
        """The date on which this act reads: of the opened past instant, or of now, where the organization is (law L16)."""
        zone = ZoneInfo(self.organization.time_zone) if self.organization is not None else UTC
        return (self.as_of or self.now()).astimezone(zone).date()

    @property
    def chain(self) -> UUID:
        """The chain on which this act's own entries are written."""
        return INSTALLATION if self.organization is None else self.organization.pk


_current: ContextVar[Act | None] = ContextVar("act", default=None)


def current() -> Act:
    """The act of the moment; NoAct outside of one."""
    found = _current.get()
    if found is None:
        raise NoAct("Nobody is acting here: open act(organization, actor) first.")
    return found


def current_or_none() -> Act | None:
    return _current.get()


@contextmanager
def act(
    organization: Any,
    actor: Actor = SYSTEM,
    reason: str = "",
    *,
    as_of: datetime | None = None,
    at: datetime | None = None,
) -> Iterator[Act]:
    """Open an act. Opening one inside the writing of another is refused: attribution would be ambiguous."""
    outer = _current.get()
    if outer is not None and outer.writing:
        raise RuntimeError("An act is being written; another cannot begin inside it.")
    if at is not None and not (organization is not None and organization.sample):
        raise ValueError("Only an organization created as a sample has a clock of its own.")
    token = _current.set(Act(organization, actor, reason, as_of, at))
    try:
        yield _current.get()  # type: ignore[misc]
    finally:
        _current.reset(token)
