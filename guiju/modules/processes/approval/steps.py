"""What the steps of a process do."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop as _

from guiju.modules.processes import revisions
from guiju.modules.processes.models import Process
from guiju.organizations.models import Person
from guiju.spine.acts import Refused, current
from guiju.spine.notices.services import tell
from guiju.spine.tasks import services as tasks
from guiju.spine.workflow.perform import acting_people

Says = Mapping[str, str | None]
REVIEW_MONTHS = 12  # until a process is looked at again, where no other day is chosen
MOST_MONTHS = 36


def submit(process: Process, inputs: Mapping[str, Any]) -> Says:
    revision = revisions.seal(process)
    drafters = {revision.drafted_by_id, revision.submitted_by_id}
    reviewers, approvers = (_others(inputs.get(name, ()), drafters, name) for name in ("reviewers", "approvers"))
    params, due_on = {"title": process.title}, inputs.get("due_on")
    for person in reviewers:
        tasks.ask(process, person.pk, _("Review %(title)s"), params=params, due_on=due_on, door="review")
    for person in approvers:
        tasks.ask(process, person.pk, _("Approve %(title)s"), params=params, door="approve", turn=1, waits=bool(reviewers))
    tell([p.pk for p in reviewers], _("You are asked to review %(number)s %(title)s."), revisions.words(process), process)
    if not reviewers:
        _tell_approvers([p.pk for p in approvers], process)
    says = {"revision": str(revision), "reviewers": ",".join(str(p.pk) for p in reviewers)}
    return says | ({"approvers": ",".join(str(p.pk) for p in approvers)} if approvers else {})


def _others(people: Sequence[Person], drafters: set[UUID], name: str) -> list[Person]:
    chosen = list(people)
    if any(person.pk in drafters for person in chosen):
        sentence = _("Whoever drafted it neither reviews nor approves it: choose others.")
        raise Refused(sentence, errors={name: [sentence]})
    return chosen


def _tell_approvers(people: Sequence[UUID], process: Process) -> None:
    tell(people, _("You are asked to approve %(number)s %(title)s."), revisions.words(process), process)


def review(process: Process, inputs: Mapping[str, Any]) -> Says:
    """The last review passes it on to those who approve."""
    if not tasks.of(process).filter(door="review").exclude(who__in=acting_people()).exists():
        _tell_approvers(tasks.next_turn(process, "approve"), process)
    return {"revision": str(process.revision)}


def give_back(process: Process, inputs: Mapping[str, Any]) -> Says:
    for door in ("review", "approve"):
        tasks.drop(process, door=door)
    if process.drafted_by_id:
        tasks.ask(process, process.drafted_by_id, _("Rework %(title)s"), params={"title": process.title}, door="submit")
        tell([process.drafted_by_id], _("%(number)s %(title)s came back to you."), revisions.words(process), process)
    return {"revision": str(process.revision)}


def approve(process: Process, inputs: Mapping[str, Any]) -> Says:
    """It comes into force on the day chosen; from that day on it is what the map and the pages show."""
    today = current().today()
    on = inputs.get("effective_on") or today
    if on < today:
        raise Refused(
            _("A process cannot have been in force before it was approved."),
            errors={"effective_on": [_("Choose today or a later day.")]},
        )
    revision = revisions.put_into_force(process, on)
    process.reviewed_on, process.due_on = today, _next_review(inputs.get("next_on"), on)
    tasks.drop(process)
    told = {person for person in (revision.drafted_by_id, process.owner_id) if person} - acting_people()
    tell(told, _("%(number)s %(title)s has been approved."), revisions.words(process), process)
    return {"revision": str(revision), "effective_on": on.isoformat()}


def _next_review(chosen: date | None, since: date) -> date:
    """The day chosen, or a year later: after the day from which it counts, and no further than three years away."""
    on = chosen or after_months(since, REVIEW_MONTHS)
    last = after_months(since, MOST_MONTHS)
    if not since < on <= last:
        sentence = _("Choose a day after %(first)s and no later than %(last)s.")
        params = {"first": since.isoformat(), "last": last.isoformat()}
        raise Refused(sentence, params, errors={"next_on": [sentence % params]})
    return on


def after_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def revise(process: Process, inputs: Mapping[str, Any]) -> Says:
    """What is approved stays in force as its revision keeps it; the process itself becomes the draft of the next."""
    process.revision += 1
    process.effective_on = None
    process.drafted_by_id, process.reason = current().person_id, str(inputs.get("reason", ""))
    tasks.drop(process)
    return {"revision": str(process.revision)}


def confirm(process: Process, inputs: Mapping[str, Any]) -> Says:
    looked_at = str(inputs.get("looked_at") or "").strip()
    if not looked_at:
        sentence = _("Say what you looked at: it is kept with the review.")
        raise Refused(sentence, errors={"looked_at": [sentence]})
    today = current().today()
    process.reviewed_on, process.due_on = today, _next_review(inputs.get("next_on"), today)
    return {"revision": str(process.revision), "looked_at": looked_at, "next_on": process.due_on.isoformat()}


def was_approved(process: Process) -> bool:
    """Whether a revision was approved before the draft that is being worked on."""
    return revisions.approved_before(process) is not None


def give_up(process: Process, inputs: Mapping[str, Any]) -> Says:
    """The draft is not to be: what was approved before it stands again; a first one is withdrawn with its process."""
    given_up = str(process.revision)
    tasks.drop(process)
    if revisions.give_up(process) is None:
        process.due_on = None
    return {"revision": given_up}


def withdraw(process: Process, inputs: Mapping[str, Any]) -> Says:
    revision = revisions.newest(process)
    revision.withdrawn_on = current().today()
    revision.save(action="withdraw")
    tasks.drop(process)
    process.due_on = None  # nobody looks again at what nobody works by
    return {"revision": str(revision)}
