"""The verbs by which nonconformities are reported and decided on."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from guiju.modules.actions.models import Action
from guiju.modules.nonconformities.models import CauseDecision, Nonconformity, Search
from guiju.modules.nonconformities.steps import CONTAIN
from guiju.organizations.members import people_who_may, require
from guiju.organizations.parameters import parameter
from guiju.spine.acts import Conflict, Refused, current, write
from guiju.spine.records.models import Link, Record, Relation
from guiju.spine.records.services import link
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.states import kind_of

CONTAIN_WITHIN = 1  # days, where the organization has set no other: parameter containment_days


def raise_one(values: Mapping[str, Any], *, raised_from: Record | None = None) -> Nonconformity:
    """A new nonconformity from cleaned values, linked to what it came from; detected today where no day is given.

    Those who contain are asked at once, until the day the organization has set.
    """

    def raising() -> Nonconformity:
        today = current().today()
        made = Nonconformity(**{"detected_on": today, **values}, state="reported")
        made.detected_on = made.detected_on or today
        if made.contain_by_on is None:
            made.contain_by_on = today + timedelta(days=int(parameter("containment_days", CONTAIN_WITHIN)))
        if made.owner_id is None:
            made.owner_id = made.process.owner_id if made.process is not None else None
        made.save()
        if raised_from is not None:
            link(made, raised_from, Relation.RAISED_FROM)
        people = {made.owner_id} if made.owner_id else {one.pk for one in people_who_may("nonconformities.contain")}
        for person in people:
            tasks.ask(made, person, CONTAIN, due_on=made.contain_by_on, door="contain")
        return made

    return write(raising)


def decide_cause(case: Nonconformity, *, decision: str, reason: str) -> Nonconformity:
    """Decide whether the cause is to be removed. Conflict where the case is not being analysed, Refused without a reason."""
    require("nonconformities.confirm_cause", case)
    if len(reason.strip()) < 3:
        words = _("Say why: what is decided on a cause is kept with its reason.")
        raise Refused(words, errors={"reason": [words]})

    def deciding() -> Nonconformity:
        row = _analysed(case)
        acting = current()
        row.cause_decision, row.cause_decision_reason = CauseDecision(decision), reason.strip()
        row.cause_decided_on, row.cause_decided_by_id = acting.today(), acting.actor.id
        row.save(action="decide_cause", says={"decision": row.cause_decision, "reason": reason.strip()})
        return row

    return write(deciding)


def look_for_similar(case: Nonconformity, *, where: str, found: str) -> Nonconformity:
    """Keep where similar cases were looked for and what was found. ISO 9001 10.2.1 b) 3."""
    require("nonconformities.change", case)

    def looking() -> Nonconformity:
        row = _analysed(case)
        acting = current()
        row.similar_search, row.similar_where, row.similar_found = Search.DONE, where.strip(), found.strip()
        row.similar_searched_on, row.similar_searched_by_id = acting.today(), acting.actor.id
        row.save(action="look_for_similar")
        return row

    return write(looking)


def _analysed(case: Nonconformity) -> Nonconformity:
    row = Nonconformity.locked(case.pk)
    if row.state != "contained":
        raise Conflict(_("This is decided while the cause is being looked for."))
    return row


def cases_of(action: Action) -> list[Nonconformity]:
    """The nonconformities that an action was raised from."""
    links = Link.objects.filter(
        source_kind=kind_of(Action), source=action.pk, target_kind=kind_of(Nonconformity), relation=Relation.RAISED_FROM
    )
    return list(Nonconformity.objects.filter(pk__in=links.values("target")).order_by("id"))


def recurrences(action: Action, since: date) -> int:
    """How often what an action was to prevent has happened again since a day: cases that name its own as having been before."""
    cases = [case.pk for case in cases_of(action)]
    return Nonconformity.objects.filter(recurrence_of__in=cases, detected_on__gt=since).exclude(state="dismissed").count()
