"""Whether one person alone works here: then nobody else is there to review what that person wrote."""

import json
from datetime import timedelta
from uuid import UUID

from guiju.organizations.models import Grant, Membership, Role
from guiju.spine.acts import current
from guiju.spine.trail.models import Entry
from guiju.spine.trail.past import Moment, latest, moments, sequence_at
from guiju.spine.trail.states import kind_of

READING = ("view", "comment", "verify")


def writes(actions: list[str]) -> bool:
    """Whether a set of rights lets anybody change anything."""
    return any(action.rpartition(".")[2] not in READING for action in actions)


def alone_now(person: UUID) -> bool:
    """Whether no other active member has a right to write."""
    others = Grant.objects.filter(active=True, membership__active=True).exclude(membership__person_id=person)
    return not any(writes(actions) for actions in others.values_list("role__actions", flat=True))


def alone_for(person: UUID, days: int) -> bool:
    """Whether it has been so for a number of days, by the trail: False for an organization younger than that."""
    first = sequence_at(current().now() - timedelta(days=days))
    if first == 0 or not alone_now(person):
        return False
    whose = dict(Membership.objects.values_list("pk", "person_id"))
    writing = {UUID(m.state["id"] or "") for m in _within(Role, first) if writes(_actions(m))}
    for grant in _within(Grant, first):
        holder = whose.get(UUID(grant.state["membership"] or ""))
        if grant.state["active"] == "true" and holder != person and UUID(grant.state["role"] or "") in writing:
            return False
    return True


def _within(model: type[Grant] | type[Role], first: int) -> list[Moment]:
    """The states of all rows of a model at the beginning of the time, and every one since."""
    since = Entry.objects.filter(kind=kind_of(model), stateful=True, sequence__gt=first)
    return moments(latest(kind_of(model), first)) + moments(since)


def _actions(moment: Moment) -> list[str]:
    return json.loads(moment.state["actions"] or "[]")
