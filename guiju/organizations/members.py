"""The acting member: a person, an organization and the rights of the moment, asked anew for each request."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju.organizations import passkeys, proof
from guiju.organizations.models import Deputyship, Grant, Membership, Organization, Parameter, Person
from guiju.spine.acts import SYSTEM, NotPermitted, current
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.records.models import Record

IDLE_PARAMETER = "idle_minutes"


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
    # The absent people for whom this person may act today, with their rights.
    stands_for: tuple["Member", ...] = field(default=(), compare=False)

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
        """Whether the right to an action is there; of a record also by a lesser one that suffices for this record, and only
        with a further one where the record is others' work."""
        if self._has(action):
            further = record.further_right(action, self.ids) if isinstance(record, Record) else ""
            return not further or self._has(further)
        lesser = record.lesser_right(action, self.id) if isinstance(record, Record) else ""
        return bool(lesser) and self._has(lesser)

    def _has(self, action: str) -> bool:
        return covers(self.actions, action) and (self.scope is None or covers(self.scope, action))

    def needs_code(self, session: Any) -> bool:
        """Whether signing asks for the one-time code as well: once in each web session (law L10)."""
        return proof.needs_code(self.person, session)

    @property
    def has_passkey(self) -> bool:
        """Whether signing can be done with a passkey as well."""
        return passkeys.possible() and passkeys.has_passkey(self.person)

    def prove(self, secret: str, code: str = "", session: Any = None, passkey: str = "") -> str:
        """A fresh proof that the acting person is that person; answers how it was given (law L10).

        Raises Refused for a wrong password, code or passkey, and while signing is closed; TooManyFailures.
        """
        return proof.prove(self.person, secret, code, session, passkey)


def today_in(organization: Organization) -> date:
    """The date where the organization is (law L16)."""
    return timezone.now().astimezone(ZoneInfo(organization.time_zone)).date()


def not_expired(today: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}expires_on": None}) | Q(**{f"{prefix}expires_on__gte": today})


def named(text: str) -> Q:
    """The memberships of people in whose name or user name a text stands."""
    return Q(person__name__icontains=text) | Q(person__name_zh__icontains=text) | Q(person__username__icontains=text)


def member(
    organization: Organization, person: Person, today: date, *, deputy_for: UUID | str | None = None, **more: Any
) -> Member | None:
    """The person as a member of the organization on a date, in one statement; None for whoever is not one then.

    With `deputy_for`, in the place of that absent person, if deputy today; else as themselves.
    """
    if not person.is_active:
        return None
    actions: dict[UUID, set[str]] = {}
    guests: set[UUID] = set()
    for who, expires_on, granted, held in _STANDING.rows(organization=organization.pk, person=person.pk, today=today):
        actions.setdefault(who, set()).update(held if granted else ())
        if expires_on is not None:
            guests.add(who)
    if person.pk not in actions:
        return None
    absent = Person.objects.in_bulk(actions.keys() - {person.pk}) if len(actions) > 1 else {}
    stands_for = tuple(Member(absent[pk], organization, frozenset(actions[pk])) for pk in sorted(absent))
    found = Member(person, organization, frozenset(actions[person.pk]), guest=person.pk in guests, stands_for=stands_for, **more)
    return as_deputy(found, deputy_for) or found


def as_deputy(found: Member, absent: UUID | str | None) -> Member | None:
    """The member in the place of an absent one (by person id), with the absent person's rights; None when not deputy."""
    for theirs in found.stands_for:
        if str(theirs.person.pk) == str(absent):
            return replace(found, actions=theirs.actions, deputy_for=theirs.person)
    return None


def _standing() -> QuerySet:
    """A person's membership, and those of the people for whom they are deputy on a date, a row for each role."""
    organization, person, today = Param("organization", UUIDField()), Param("person", UUIDField()), Param("today", DateField())
    deputy_of = Deputyship.everywhere.filter(
        organization_id=organization, deputy__person_id=person, ended=False, from_on__lte=today, until_on__gte=today
    )
    return (
        Membership.everywhere.filter(organization_id=organization, active=True, person__is_active=True)
        .filter(Q(expires_on=None) | Q(expires_on__gte=today))
        .filter(Q(person_id=person) | Q(pk__in=deputy_of.values("absent")))
        .values_list("person_id", "expires_on", "grants__active", "grants__role__actions")
    )


_STANDING = Prepared(_standing)


@dataclass(frozen=True)
class Belonging:
    """One person's membership of one organization, as every page needs it."""

    organization: Organization
    idle_minutes: int | None


ORGANIZATION = [field.attname for field in Organization._meta.concrete_fields]


def _memberships() -> QuerySet:
    idle = Parameter.everywhere.filter(organization=OuterRef("organization"), name=IDLE_PARAMETER).values("value")[:1]
    return (
        Membership.everywhere.filter(person_id=Param("person", UUIDField()), active=True)
        .annotate(idle_minutes=Subquery(idle))
        .order_by("organization__name")
        .values_list("expires_on", "idle_minutes", *(f"organization__{name}" for name in ORGANIZATION))
    )


_MEMBERSHIPS = Prepared(_memberships)


def memberships_of(person: Person) -> list[Belonging]:
    """A person's memberships that hold today, with the organization's limit of idleness, by its name."""
    found = []
    for expires_on, idle_minutes, *values in _MEMBERSHIPS.rows(person=person.pk):
        organization = Organization.from_db("default", ORGANIZATION, values)
        if expires_on is None or expires_on >= today_in(organization):
            found.append(Belonging(organization, idle_minutes))
    return found


def member_elsewhere(person: Person, organization: Organization) -> bool:
    """Whether a person belongs, or was asked to belong, to another organization too."""
    return Membership.everywhere.filter(person=person).exclude(organization=organization).exists()


def people_who_may(action: str) -> list[Person]:
    """The active members of the acting organization with a right, by name."""
    from_roles = Grant.objects.filter(active=True, membership__active=True, membership__person__is_active=True)
    from_roles = from_roles.filter(not_expired(current().today(), "membership__"))
    rows = from_roles.select_related("membership__person", "role").order_by("membership__person__name")
    found = {g.membership.person_id: g.membership.person for g in rows if covers(g.role.actions, action)}
    return list(found.values())


def sample_people() -> Iterator[tuple[Membership, str]]:
    """(membership, role key) of the people of sample organizations: whom a demonstration lets one be."""
    rows = Grant.everywhere.filter(
        active=True, membership__active=True, organization__sample=True, membership__person__is_active=True
    )
    for grant in rows.select_related("membership__person", "membership__organization", "role").order_by("membership__id"):
        yield grant.membership, grant.role.key


def require(action: str, record: Any = None) -> Member:
    """The acting member, who must have a right, for a record where one is given; NotPermitted if not."""
    actor = current().actor
    if not actor.may(action, record):
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))
    return actor  # type: ignore[return-value]


def acting_for(organization: str, person: str) -> tuple[Organization | None, Any]:
    """Who does work that was asked for earlier (ids as text, or ""): the person, with today's rights.

    NotPermitted when the person is not there any more.
    """
    found = Organization.objects.filter(pk=organization).first() if organization else None
    who = Person.objects.filter(pk=person).first() if person else None
    if who is None:
        return found, SYSTEM
    acting = member(found, who, today_in(found)) if found else Member(who, None, frozenset())
    if acting is None:
        raise NotPermitted(_("Whoever asked for this is not a member any more."))
    return found, acting
