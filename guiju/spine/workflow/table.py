"""The frozen table of states and transitions, checked when it is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from guiju.spine.acts import Missing, NotFound, current
from guiju.spine.records.models import Record

Words = str | Promise
Guard = Callable[[Any], Missing | None]  # what is missing for this record, or None


@dataclass(frozen=True)
class State:
    """A state, the word for it and its tone ("none", "due", "done", "late").

    With `follows=(state, date field)` it is not stored: a record stored in that state is read as being in this one
    from that date on (law L16).
    """

    name: str
    label: Words
    tone: str = "none"
    final: bool = False
    follows: tuple[str, str] | None = None


class Touch(NamedTuple):
    """Something that a step reaches besides its record: in words with how many, the address where all of it stands ("" for
    none), and the first of it as (words, address)."""

    text: str
    url: str = ""
    rows: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Transition:
    """One door from one or more states to another.

    `needs` are its guards; `form` asks for what `effect(record, inputs)` then does (a form with `fit(record)` is fitted to
    the record before a page shows it; what must hold is refused by the effect); `meaning` makes it signed, over
    the row that `signs(record)` gives (law L9). `sentence` is how the history tells it, with %(who)s and %(what)s.
    Where several people have to take the same door, `others(record)` says whether some have still to: the record
    then stays where it is. `touches(record)` lists what else the step reaches, before it is taken.
    With `instead=(state, condition)` it leads a record of which the condition holds before the step to that state.
    Where `offered(record)` does not hold, it is not shown at all: it is for few, and its guards refuse the others.
    An `inner` one is no door: the step of another record takes it by `follow`, and it may lead on from a final state.
    """

    name: str
    label: Words
    source: str | tuple[str, ...]
    target: str
    sentence: Words
    explains: Words = ""
    needs: tuple[Guard, ...] = ()
    form: type[forms.Form] | None = None
    asks_reason: bool = False
    meaning: Words = ""
    signs: Callable[[Any], Any] | None = None
    effect: Callable[[Any, Mapping[str, Any]], Mapping[str, str | None] | None] | None = None
    others: Callable[[Any], bool] | None = None
    touches: Callable[[Any], Sequence["Touch"]] | None = None
    icon: str = "arrow-right"
    inner: bool = False
    instead: tuple[str, Callable[[Any], bool]] | None = None
    offered: Callable[[Any], bool] | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source,) if isinstance(self.source, str) else self.source

    @property
    def targets(self) -> tuple[str, ...]:
        return (self.target, self.instead[0]) if self.instead else (self.target,)

    def leads_to(self, record: Record) -> str:
        """The state to which it leads this record, asked before the step."""
        return self.instead[0] if self.instead and self.instead[1](record) else self.target

    def missing(self, record: Record) -> list[Missing]:
        """What is wanting before this door opens, in words; empty when nothing is."""
        return [found for need in self.needs if (found := need(record))]


class Workflow:
    """States and transitions of one kind of record; `subject` names its actions ("documents.approve").

    ValueError when the table is not whole: unknown or unreachable states, a door out of a final state, two doors
    of one name, a signed door that does not say what is signed.
    """

    def __init__(self, subject: str, states: Sequence[State], transitions: Sequence[Transition]) -> None:
        self.subject = subject
        self.states = {state.name: state for state in states}
        self.transitions = {transition.name: transition for transition in transitions}
        self.initial = states[0].name
        self._check(states, transitions)

    def _check(self, states: Sequence[State], transitions: Sequence[Transition]) -> None:
        if len(self.states) != len(states) or len(self.transitions) != len(transitions):
            raise ValueError(f"{self.subject}: a name is used twice")
        reached = {self.initial}
        for transition in transitions:
            unknown = {*transition.sources, *transition.targets} - self.states.keys()
            if unknown:
                raise ValueError(f"{self.subject}.{transition.name}: unknown states {', '.join(sorted(unknown))}")
            if not transition.inner and any(self.states[source].final for source in transition.sources):
                raise ValueError(f"{self.subject}.{transition.name}: leads out of a final state")
            if any(self.states[target].follows for target in transition.targets):
                raise ValueError(f"{self.subject}.{transition.name}: leads to a state that only a date brings")
            if bool(transition.meaning) != (transition.signs is not None):
                raise ValueError(f"{self.subject}.{transition.name}: meaning and signs belong together")
            reached.update(transition.targets)
        reached |= {state.name for state in states if state.follows and state.follows[0] in reached}
        if lost := self.states.keys() - reached:
            raise ValueError(f"{self.subject}: no way leads to {', '.join(sorted(lost))}")

    def transition(self, name: str) -> Transition:
        """NotFound for a door that this kind does not have."""
        found = self.transitions.get(name)
        if found is None or found.inner:
            raise NotFound(gettext_noop("There is no such step for this record."))
        return found

    @property
    def steps(self) -> list[Transition]:
        """The doors that people take."""
        return [transition for transition in self.transitions.values() if not transition.inner]

    def state_of(self, record: Any, today: date | None = None) -> State:
        """The state as of a date (by default the act's), from what is stored and from the record's dates."""
        today = today or current().today()
        return self.state_on(record.state, lambda field: getattr(record, field), today)

    def state_on(self, stored: str, value: Callable[[str], Any], today: date) -> State:
        """The same from a stored state and a function that gives the record's dates."""
        for state in self.states.values():
            if state.follows and state.follows[0] == stored:
                on = value(state.follows[1])
                if on is not None and on <= today:
                    return state
        return self.states[stored]

    def condition(self, name: str, today: date) -> Q:
        """The condition under which records are read as being in a state on a date; KeyError for an unknown one."""
        state = self.states[name]
        if state.follows:
            return Q(state=state.follows[0], **{f"{state.follows[1]}__lte": today})
        found = Q(state=name)
        for other in self.states.values():
            if other.follows and other.follows[0] == name:
                found &= ~Q(**{f"{other.follows[1]}__lte": today}) | Q(**{f"{other.follows[1]}__isnull": True})
        return found

    def doors(self, record: Any) -> list[Transition]:
        """The transitions out of a record's present state that the acting person has the right to."""
        now, actor = self.state_of(record).name, current().actor
        meant = (t for t in self.steps if now in t.sources and (t.offered is None or t.offered(record)))
        return [t for t in meant if actor.may(f"{self.subject}.{t.name}", record)]

    @property
    def actions(self) -> list[str]:
        """The names of the rights this table asks for."""
        return [f"{self.subject}.{name}" for name in self.transitions]
