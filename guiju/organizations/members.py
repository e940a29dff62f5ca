"""The acting member: a person, an organization and the rights of the moment, asked anew for each request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from guiju.organizations.models import Grant, Membership, Organization, Person


def covers(actions: Iterable[str], action: str) -> bool:
    """Whether a set of rights contains one: by name, by its subject ("documents.*"), or by "*"."""
    return action in actions or f"{action.partition('.')[0]}.*" in actions or "*" in actions


@dataclass(frozen=True)
class Member:
    """Who acts. As deputy, the rights are the absent person's, and both ids count for separation of duties."""

    person: Person
    organization: Organization | None
    actions: frozenset[str]
    deputy_for: Person | None = None
    scope: frozenset[str] | None = None
    guest: bool = False
    session: Any = field(default=None, compare=False)

    @property
    def id(self) -> UUID:
        return self.person.pk

    @property
    def on_behalf_of(self) -> UUID | None:
        return self.deputy_for.pk if self.deputy_for else None

    @property
    def ids(self) -> frozenset[UUID]:
        """The people in whose place this member stands: for separation of duties."""
        return frozenset({self.person.pk} | ({self.deputy_for.pk} if self.deputy_for else set()))

    @property
    def by_token(self) -> bool:
        return self.scope is not None

    def may(self, action: str, record: Any = None) -> bool:
        return covers(self.actions, action) and (self.scope is None or covers(self.scope, action))


def rights(organization: Organization, person: Person, today: date) -> tuple[frozenset[str], bool] | None:
    """(actions, guest?) of a member on a date, in one statement; None for whoever is not a member then."""
    rows = list(
        Membership.everywhere.filter(organization=organization, person=person, active=True)
        .filter(Q(expires_on=None) | Q(expires_on__gte=today))
        .values_list("expires_on", "grants__active", "grants__role__actions")
    )
    if not rows:
        return None
    actions = frozenset(action for _, active, held in rows if active for action in held)
    return actions, rows[0][0] is not None


def member(organization: Organization, person: Person, today: date, **more: Any) -> Member | None:
    """The person as a member of the organization, or None."""
    if not person.is_active or (found := rights(organization, person, today)) is None:
        return None
    return Member(person, organization, found[0], guest=found[1], **more)


def people_who_may(action: str) -> list[Person]:
    """The active members of the acting organization with a right, by name."""
    from_roles = Grant.objects.filter(active=True, membership__active=True, membership__person__is_active=True)
    rows = from_roles.select_related("membership__person", "role").order_by("membership__person__name")
    found = {g.membership.person_id: g.membership.person for g in rows if covers(g.role.actions, action)}
    return list(found.values())
