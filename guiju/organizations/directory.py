"""Who belongs to the organization, as its page of people and programs list them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from guiju.organizations.members import not_expired
from guiju.organizations.models import Grant, Membership, Role
from guiju.spine.acts import current


def memberships(view: str, waiting: set[UUID]) -> QuerySet[Membership]:
    """The members of a view: invited, guests, past, all; else those who are there. `waiting` are those who are invited."""
    today = current().today()
    there = Membership.objects.filter(not_expired(today), active=True)
    match view:
        case "all":
            return Membership.objects.all()
        case "invited":
            return Membership.objects.filter(pk__in=waiting)
        case "guests":
            return there.exclude(expires_on=None)
        case "past":
            return Membership.objects.filter(Q(active=False) | Q(expires_on__lt=today)).exclude(pk__in=waiting)
    return there.exclude(pk__in=waiting)


def roles_of(memberships: Iterable[Membership]) -> dict[UUID, list[Role]]:
    """By membership the roles that it has, by name."""
    found: dict[UUID, list[Role]] = {}
    rows = Grant.objects.filter(membership__in=[one.pk for one in memberships], active=True)
    for grant in rows.select_related("role").order_by("role__name"):
        found.setdefault(grant.membership_id, []).append(grant.role)
    return found


def departments_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """By person (id) the name of the department of each, empty without one."""
    rows = Membership.objects.filter(person__in=set(people)).select_related("department")
    return {row.person_id: str(row.department or "") for row in rows}
