"""Everything that happened at Lanzhu Lighting in more than a year, as one list of events in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from guiju.project.sample import (
    drawing_the_map,
    editions,
    keeping,
    lives_of_the_forms,
    lives_of_the_product,
    lives_of_the_system,
    paper,
    people,
    readers,
    remarks,
)
from guiju.project.sample.days import Days, some_time
from guiju.project.sample.lives import Issue, Life, Step

LIVES: tuple[Life, ...] = lives_of_the_system.LIVES + lives_of_the_product.LIVES + lives_of_the_forms.LIVES
REWRITING = timedelta(minutes=25)  # between beginning a revision and having its text
ASKED_FOR = 7  # days in which a review is asked for, where nothing else is said
A_YEAR = 365


@dataclass(frozen=True)
class Event:
    """What somebody does, and when. `do` names a verb of `making`, `given` are its arguments."""

    at: datetime
    who: str
    do: str
    given: dict[str, Any]
    deputy_for: str = ""


def events(days: Days) -> list[Event]:
    """All events after the founding, the earliest first."""
    found = [*_of_people(days), *_of_remarks(days), *_of_files(days)]
    for told in (readers, paper, editions, keeping, drawing_the_map):
        found += [Event(*one) for one in told.happenings(days)]
    for life in LIVES:
        found += _of_life(life, days)
    return sorted(found, key=lambda event: event.at)


def _of_people(days: Days) -> Iterator[Event]:
    for someone in people.PEOPLE:
        if someone.joined != people.FOUNDED:
            yield Event(days.at(someone.joined, "8:30"), people.ADMINISTRATOR, "join", {"someone": someone})
    for absence in people.ABSENCES:
        at = days.at(absence.told, some_time(absence.absent))
        yield Event(at, absence.absent, "name_deputy", {"absence": absence})
    for day in remarks.READ_ON:
        for someone in people.PEOPLE:
            if someone.joined <= day:
                yield Event(days.at(day, "17:40"), someone.username, "read_notices", {})


def _of_remarks(days: Days) -> Iterator[Event]:
    for remark in remarks.REMARKS:
        given = {"number": remark.number, "text": remark.text}
        yield Event(days.at(remark.day, remark.clock), remark.who, "remark", given)
    for request in remarks.REQUESTS:
        at = days.at(request.day, some_time(f"{request.number} {request.door}"))
        yield Event(at, request.by, "ask", {"request": request, "due_on": days.day(request.due)})


def _of_files(days: Days) -> Iterator[Event]:
    for number, day, who in remarks.FILES_TAKEN:
        yield Event(days.at(day, "10:50"), who, "take_file", {"number": number})


def _of_life(life: Life, days: Days) -> Iterator[Event]:
    for issue in life.issues:
        yield from _begun(life, issue, days)
        for place, step in enumerate(issue.steps):
            yield _taken(life, issue, step, place, days)


def _begun(life: Life, issue: Issue, days: Days) -> Iterator[Event]:
    at = days.at(issue.begun, issue.clock or some_time(f"{life.number} {issue.label}"))
    due_on: date | None = days.workday(issue.begun) + timedelta(days=A_YEAR)
    if issue is life.issues[-1]:
        due_on = None if life.again is None else days.day(life.again)
    content = {**life.content(issue), "due_on": due_on}
    if issue is life.issues[0]:
        yield Event(at, issue.by, "draft", {"life": life, "label": issue.label, "content": content})
        return
    yield Event(at, issue.by, "revise", {"number": life.number, "label": issue.label, "reason": issue.why})
    yield Event(at + REWRITING, issue.by, "rewrite", {"number": life.number, "content": content})


def _taken(life: Life, issue: Issue, step: Step, place: int, days: Days) -> Event:
    day = issue.begun + step.after
    at = days.at(day, step.clock or some_time(f"{life.number} {issue.label} {place}"))
    inputs: dict[str, Any] = {}
    if step.door == "submit":
        until = at.date() + timedelta(days=ASKED_FOR) if step.until is None else days.day(step.until)
        inputs = {"reviewers": step.reviewers, "due_on": until}
    elif step.door == "approve":
        inputs = {"effective_on": days.workday(day + step.effective)}
    given = {"number": life.number, "door": step.door, "reason": step.reason, "inputs": inputs}
    return Event(at, step.who or issue.by, "take", given, step.deputy_for)
