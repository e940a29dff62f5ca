"""What the steps of a document do."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents import revisions
from guiju.modules.documents.approval import guards, one_person
from guiju.modules.documents.checkout import taking
from guiju.modules.documents.confidential.insiders import let_in
from guiju.modules.documents.jobs import index_file
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.signals import approved, taken_back, withdrawn
from guiju.modules.kinds import services as kinds
from guiju.modules.kinds.models import KindRule
from guiju.organizations.models import Person
from guiju.spine.acts import Refused, current
from guiju.spine.notices.services import tell
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks
from guiju.spine.workflow.perform import acting_people

Says = Mapping[str, str | None]
MOST_MONTHS = 60  # until the next review of a kind without an interval


def submit(document: Document, inputs: Mapping[str, Any]) -> Says:
    revision, rule = document.newest(), kinds.rule(document.kind)
    reviewers = _others(inputs.get("reviewers", ()), revision)
    approvers = _others(inputs.get("approvers", ()), revision)
    if not one_person.declared():
        _refuse_too_few(rule, reviewers, approvers)
    revisions.seal_facts(document, revision, inputs.get("planned_on"))
    _plan(document, reviewers, "review", _("Review %(title)s"), rule.reviews_in_turn, inputs.get("due_on"))
    _plan(document, approvers, "approve", _("Approve %(title)s"), rule.approvals_in_turn)
    let_in(document, [person.pk for person in (*reviewers, *approvers)])
    _ask(document, "review" if reviewers else "approve")
    says = {"reviewers": _ids(reviewers), "revision": revision.label}
    return says | ({"approvers": _ids(approvers)} if approvers else {})


def _others(people: Sequence[Person], revision: Revision) -> list[Person]:
    return [person for person in people if person.pk != revision.author_id]


def _ids(people: Sequence[Person]) -> str:
    return ",".join(str(person.pk) for person in people)


def _refuse_too_few(rule: KindRule, reviewers: Sequence[Person], approvers: Sequence[Person]) -> None:
    if rule.reviewers == 1 and not reviewers:
        sentence = _("Choose at least one reviewer other than the author.")
        raise Refused(sentence, errors={"reviewers": [sentence]})
    for field, chosen, least in (("reviewers", reviewers, rule.reviewers), ("approvers", approvers, rule.approvers)):
        if len(chosen) < least and (least > 1 or field == "reviewers"):
            sentence = _("This kind of document asks for at least %(least)s people here, other than the author.")
            raise Refused(sentence, {"least": least}, errors={field: [sentence % {"least": least}]})


def _plan(document: Document, people: Sequence[Person], door: str, what: str, in_turn: bool, due_on: date | None = None) -> None:
    """Lay out who is to be asked for a step; each is asked when the turn comes."""
    for place, person in enumerate(people):
        params, turn = {"title": document.title}, place if in_turn else 0
        tasks.ask(document, person.pk, what, params=params, due_on=due_on, door=door, turn=turn, waits=True)


def _ask(document: Document, door: str) -> None:
    """Open the next turn of a step and tell those whose turn it is."""
    asks = {
        "review": _("You are asked to review %(number)s %(title)s."),
        "approve": _("You are asked to approve %(number)s %(title)s."),
    }
    asked = tasks.next_turn(document, door)
    pressing = tasks.of(document).filter(door=door, who__in=asked, due_on__lte=current().today()).exists()
    tell(asked, asks[door], revisions.words(document), document, urgent=pressing)


def review(document: Document, inputs: Mapping[str, Any]) -> Says:
    revision = document.newest()
    if guards.others_have_to(document, "review"):
        _ask(document, "review")
    else:
        told = _("%(number)s %(title)s has been reviewed by all.")
        tell([revision.author_id], told, revisions.words(document), document)
        _ask(document, "approve")
    return {"revision": revision.label}


def give_back(document: Document, inputs: Mapping[str, Any]) -> Says:
    revision = document.newest()
    for door in ("review", "approve"):  # what else is asked of its people goes on: its readers, those who call copies back
        tasks.drop(document, door=door)
    tasks.ask(document, revision.author_id, _("Rework %(title)s"), params={"title": document.title}, door="submit")
    tell([revision.author_id], _("%(number)s %(title)s came back to you."), revisions.words(document), document, urgent=True)
    return {"revision": revision.label}


def approve(document: Document, inputs: Mapping[str, Any]) -> Says:
    """The last approval puts the revision into force; those before it plan the day and pass it on."""
    revision = document.newest()
    on = _day(document, inputs.get("effective_on"), revision.planned_on)
    if guards.others_have_to(document, "approve"):
        if on != revision.planned_on:
            revision.planned_on = on
            revision.save()
        _ask(document, "approve")
        return {"revision": revision.label}
    revisions.put_into_force(document, revision, on)
    _plan_next_review(document, on)
    tasks.drop(document)
    approved.send(Document, document=document, revision=revision)
    told = [person for person in (revision.author_id, document.owner_id) if person]
    tell(told, _("%(number)s %(title)s has been approved."), revisions.words(document), document)
    return {"revision": revision.label, "effective_on": on.isoformat()}


def _day(document: Document, chosen: date | None, planned: date | None) -> date:
    """The first day in force: as chosen, or as planned where that can still be, or as soon as the kind's lead allows."""
    today = current().today()
    lead = kinds.rule(document.kind).lead_days
    first = today + timedelta(days=lead)
    on = chosen or max(planned or first, first)
    if on < today:
        raise Refused(
            _("A revision cannot have been in force before it was approved."),
            errors={"effective_on": [_("Choose today or a later day.")]},
        )
    if on < first:
        sentence = _("This kind of document leaves %(days)s days for reading: not before %(day)s.")
        params = {"days": lead, "day": first.isoformat()}
        raise Refused(sentence, params, errors={"effective_on": [sentence % params]})
    return on


def _plan_next_review(document: Document, on: date) -> None:
    """When the kind is reviewed at intervals, the next review is due so many months after the effect."""
    months = kinds.rule(document.kind).review_months
    if months:
        document.due_on = after_months(on, months)


def after_months(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def revise(document: Document, inputs: Mapping[str, Any]) -> Says:
    made = revisions.begin(document, inputs.get("revision") or "")
    tasks.drop(document, door="confirm")
    return {"revision": made.label}


def confirm(document: Document, inputs: Mapping[str, Any]) -> Says:
    """The periodic review found it right: the next one is due after the kind's interval, or on the day chosen."""
    looked_at = str(inputs.get("looked_at") or "").strip()
    if not looked_at:
        sentence = _("Say what you looked at: it is kept with the review.")
        raise Refused(sentence, errors={"looked_at": [sentence]})
    document.due_on = _next_review(document, inputs.get("next_on"))
    revision = document.newest()
    revision.confirmed_on, revision.confirmed_with = current().today(), looked_at
    revision.save(action="confirm")
    next_on = document.due_on.isoformat() if document.due_on else None
    return {"revision": document.revision, "looked_at": looked_at, "next_on": next_on}


def _next_review(document: Document, chosen: date | None) -> date | None:
    """The day chosen, or the one after the kind's interval: later than today, and no further away than that interval."""
    months = kinds.rule(document.kind).review_months
    today = current().today()
    on = chosen or (after_months(today, months) if months else None)
    if on is None and document.due_on is not None:
        sentence = _("This kind has no interval: say by which day it is reviewed again.")
        raise Refused(sentence, errors={"next_on": [sentence]})
    if on is not None and on <= today:
        sentence = _("Choose a later day.")
        raise Refused(sentence, errors={"next_on": [sentence]})
    last = after_months(today, months or MOST_MONTHS)
    if on is not None and on > last:
        sentence = _("Choose a day no later than %(day)s: that is the interval of its kind, or five years where it has none.")
        params = {"day": last.isoformat()}
        raise Refused(sentence, params, errors={"next_on": [sentence % params]})
    return on


def has_standing(document: Document) -> bool:
    """Whether a revision was approved before the draft that is being written."""
    return bool(document.standing_revision)


def give_up(document: Document, inputs: Mapping[str, Any]) -> Says:
    """The draft is not to be: what was approved before it stands again; a first one is withdrawn with its document."""
    reason = str(inputs.get("reason", ""))
    if (held := taking.of(document)) is not None:
        taking.taken_from(document, held, reason)
    if not has_standing(document):
        return withdraw(document, inputs)
    draft = revisions.give_up(document, reason)
    for door in ("submit", "review", "approve"):  # what is asked of its readers and of those who hold copies goes on
        tasks.drop(document, door=door)
    words = revisions.words(document) | {"revision": draft.label, "reason": reason}
    told = {person for person in (draft.author_id, document.owner_id) if person} - acting_people()
    tell(told, _("Revision %(revision)s of %(number)s %(title)s was given up: %(reason)s"), words, document)
    index_file(document)
    return {"revision": draft.label}


def take_back(document: Document, inputs: Mapping[str, Any]) -> Says:
    """An approved revision does not come into force: the one before stands on as if nothing had been."""
    reason = str(inputs.get("reason", ""))
    signed = {signature.signer_id for signature in signatures_of([document.newest()])}
    revision = revisions.take_back(document, reason)
    taken_back.send(Document, document=document, revision=revision)
    words = revisions.words(document) | {"revision": revision.label, "reason": reason}
    told = {person for person in (revision.author_id, document.owner_id) if person} | signed
    sentence = _("Revision %(revision)s of %(number)s %(title)s was taken back and does not come into force: %(reason)s")
    tell(told - acting_people(), sentence, words, document)
    index_file(document)
    return {"revision": revision.label}


def withdraw(document: Document, inputs: Mapping[str, Any]) -> Says:
    revision = document.newest()
    revision.withdrawn_on = current().today()
    revision.save(action="withdraw")
    tasks.drop(document)
    document.state = "withdrawn"
    document.due_on = None  # nobody looks again at what nobody works by
    withdrawn.send(Document, document=document, revision=revision)
    return {"revision": revision.label}
