"""Founding an organization, people, memberships and the roles they hold. Each is on the chain it belongs to (law L5)."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from guiju.organizations import roles
from guiju.organizations.accounts import taken
from guiju.organizations.keeping import still_kept
from guiju.organizations.members import IDLE_PARAMETER, require
from guiju.organizations.models import Department, Grant, Membership, Organization, Person, Role, Site
from guiju.organizations.parameters import set_parameter
from guiju.organizations.signals import placed
from guiju.spine.acts import SYSTEM, Refused, act, current, current_or_none, write

T = TypeVar("T")
# First parts of addresses that are the installation's, and therefore no organization's.
RESERVED = frozenset({"account", "api", "demo", "healthz", "invitation", "language", "readyz", "static", "terminal", "theme"})


def _in_some_act(fn: Callable[[], T]) -> T:
    """Within the act of the moment, or one of the installation when there is none."""
    if current_or_none() is not None:
        return write(fn)
    with act(None, SYSTEM):
        return write(fn)


def found(slug: str, name: str, *, at: datetime | None = None, **facts: Any) -> Organization:
    """A new organization with its default roles, on a chain of its own.

    `facts`: name_zh, time_zone, language, about, about_zh, sample (fixed from then on, law L4); `at` is a sample's clock.
    Refused for an address that is used, reserved or not an address.
    """
    if slug in RESERVED or Organization.objects.filter(slug=slug).exists():
        raise Refused(_("The address “%(slug)s” is used or reserved."), {"slug": slug})
    organization = Organization(slug=slug, name=name, **facts)
    _clean(organization)
    with act(organization, SYSTEM, at=at):

        def founding() -> None:
            organization.save()
            roles.set_up()

        write(founding)
    return organization


def add_person(username: str, name: str, *, password: str = "", email: str = "", **facts: Any) -> Person:
    """A new account; without a password it waits for its invitation. `facts`: name_zh, language, time_zone.

    Refused when the user name or the address is taken or not one. A user name has no "@": one text means one person.
    """
    username = username.strip()
    if "@" in username:
        raise Refused(_("A user name has no “@” in it."), errors={"username": [_("A user name has no “@” in it.")]})
    person = Person(username=username, name=name.strip(), email=email.strip().lower(), **facts)
    person.password = make_password(password or None)
    _clean(person)
    try:
        _in_some_act(person.save)
    except IntegrityError as error:
        raise taken(error) from error
    return person


def _clean(row: Any) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        errors = {name: [str(m) for m in messages] for name, messages in error.message_dict.items()}
        raise Refused(_("Some of this cannot be kept as it is."), errors=errors) from error


def join(person: Person, keys: Iterable[str] = ("contributor",), **facts: Any) -> Membership:
    """Make a person a member of the acting organization, with roles by key.

    `facts`: position, position_zh, department, site, top_management, expires_on, active.
    Refused for whoever is one already, or an unknown role.
    """

    def joining() -> Membership:
        if Membership.objects.filter(person=person).exists():
            raise Refused(_("%(name)s is a member already."), {"name": person.name})
        membership = Membership(person=person, **facts)
        membership.save()
        for role in _roles(keys):
            Grant(membership=membership, role=role).save()
        placed.send(Membership, membership=membership)
        return membership

    return write(joining)


def _roles(keys: Iterable[str]) -> list[Role]:
    keys = list(keys)
    found = {role.key: role for role in Role.objects.filter(key__in=keys)}
    if unknown := set(keys) - found.keys():
        raise Refused(_("There is no role “%(role)s” here."), {"role": sorted(unknown)[0]})
    return [found[key] for key in keys]


def grant(membership: Membership, key: str, *, reason: str = "") -> Grant:
    """Give a member a role, by key; once given it stays one grant."""

    def granting() -> Grant:
        role = _roles([key])[0]
        row = Grant.objects.select_for_update(of=("self",)).filter(membership=membership, role=role).first()
        row = row or Grant(membership=membership, role=role)
        if row._state.adding or not row.active:
            row.active = True
            row.save(action="grant", reason=reason)
            placed.send(Membership, membership=membership)
        return row

    return write(granting)


def set_roles(membership: Membership, keys: Iterable[str], *, reason: str = "") -> None:
    """Give a member exactly these roles. Needs roles.change. Conflict when nobody could change roles any more."""
    require("roles.change")
    wanted = set(keys)

    def setting() -> None:
        with still_kept():
            for row in Grant.objects.select_for_update(of=("self",)).filter(membership=membership, active=True):
                if row.role.key not in wanted:
                    row.active = False
                    row.save(action="take_back", reason=reason)
            for role in _roles(sorted(wanted)):
                grant(membership, role.key, reason=reason)
        placed.send(Membership, membership=membership)

    write(setting)


def change_membership(membership: Membership, values: dict[str, Any], *, version: int | None = None) -> Membership:
    """Change position, place, top management or the last day. Needs people.change.

    Conflict when nobody could change roles any more.
    """
    require("people.change")
    allowed = {"position", "position_zh", "department", "site", "top_management", "expires_on"}
    if values.keys() - allowed:
        raise ValueError(f"{', '.join(sorted(values.keys() - allowed))} is not changed here")

    def changing() -> Membership:
        row = Membership.locked(membership.pk)
        with still_kept():
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        placed.send(Membership, membership=row)
        return row

    return write(changing)


def reactivate(membership: Membership, *, reason: str = "") -> Membership:
    """Let a deactivated person back in, with the roles they had. Needs people.change."""
    require("people.change")

    def waking() -> Membership:
        row = Membership.locked(membership.pk)
        row.active = True
        row.save(action="reactivate", reason=reason)
        person = Person.locked(row.person_id)
        if not person.is_active:
            person.is_active = True
            person.save(action="reactivate", reason=reason)
        placed.send(Membership, membership=row)
        return row

    return write(waking)


def change_organization(values: dict[str, Any], idle_minutes: int | None) -> None:
    """Change the acting organization's name, language or time zone, and how soon the idle are signed off.

    Needs organization.change.
    """
    require("organization.change")

    def changing() -> None:
        row = Organization.locked(current().organization.pk)
        for name in ("name", "name_zh", "time_zone", "language", "about", "about_zh"):
            setattr(row, name, values.get(name, getattr(row, name)))
        row.save()
        set_parameter(IDLE_PARAMETER, idle_minutes)

    write(changing)


def keep_place(place: Site | Department, values: dict[str, Any]) -> Site | Department:
    """A new or changed site or department. Needs organization.change. Refused when its name is used."""
    require("organization.change")

    def keeping() -> Site | Department:
        row = place if place._state.adding else type(place).locked(place.pk)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        return row

    try:
        return write(keeping)
    except IntegrityError as error:
        sentence = _("There is one of this name already.")
        raise Refused(sentence, errors={"name": [sentence]}) from error


def in_force(membership: Membership, today: date) -> bool:
    return membership.active and (membership.expires_on is None or membership.expires_on >= today)


def found_with_administrator(slug: str, name: str, username: str, person_name: str, password: str) -> Organization:
    """A new organization with its first person, who administers it and keeps its quality system until others come.

    Refused when the name is taken or the password is too weak. Together or not at all.
    """
    try:
        validate_password(password)
    except ValidationError as error:
        raise Refused(_("The password is too weak: %(why)s"), {"why": " ".join(error.messages)}) from error
    with transaction.atomic():
        organization = found(slug, name)
        person = add_person(username, person_name, password=password)
        with act(organization, SYSTEM, "the first person"):
            join(person, ["administrator", "quality_manager"])
    return organization


def in_each(work: Callable[[], Any]) -> None:
    """Let the installation do its daily or hourly work in every organization, in an act of each."""
    for organization in Organization.objects.all():
        with act(organization, SYSTEM):
            work()
