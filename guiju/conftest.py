"""Two organizations and their people, for the tests beside the code."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.conf import settings

from guiju.organizations.members import Member
from guiju.organizations.models import Grant, Membership, Organization, Person, Role
from guiju.spine.acts import act, write


@pytest.fixture(autouse=True)
def signing_key(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of its own for the key of each test, and for the heads it signs; made when something is signed."""
    folder = Path(settings.DATA) / "keys-of-tests" / uuid4().hex
    monkeypatch.setattr(settings, "SIGNING_KEY", folder / "signing-key.pem")
    monkeypatch.setattr(settings, "LAST_HEADS", folder / "last-heads.json")
    return folder / "signing-key.pem"


def make_person(username: str, name: str, **more: object) -> Person:
    with act(None):
        return _person(username, name, **more)


def _person(username: str, name: str, **more: object) -> Person:
    person = Person(username=username, name=name, **more)
    person.set_password("bamboo-lamp-42")
    person.save()
    return person


def make_organization(slug: str, *, sample: bool = False) -> Organization:
    organization = Organization(slug=slug, name=slug.title(), sample=sample, time_zone="Asia/Shanghai")
    with act(organization):
        organization.save()
    return organization


def join(organization: Organization, person: Person, *actions: str) -> Member:
    """Make a person a member with a role of their own that has these actions."""
    with act(organization):
        return write(lambda: _member(organization, person, *actions))


def _member(organization: Organization, person: Person, *actions: str) -> Member:
    membership = Membership(person=person)
    membership.save()
    role = Role(key=f"own-{person.username}", name=person.username, actions=list(actions))
    role.save()
    Grant(membership=membership, role=role).save()
    return Member(person, organization, frozenset(actions))


@pytest.fixture
def lanzhu(db: None) -> SimpleNamespace:
    """An organization with Wei and Min, who may do everything, and Tang, who may only read."""
    organization = make_organization("lanzhu")
    names = {"wei": ("Chen Wei", "陈玮"), "min": ("Zhou Min", "周敏"), "tang": ("Tang Li", "唐丽")}
    rights = {"wei": ("*",), "min": ("*",), "tang": ("documents.view", "processes.view")}
    # Together, since nearly every test begins with them: a third of the statements.
    with act(None):
        people = write(lambda: {key: _person(key, name, name_zh=zh) for key, (name, zh) in names.items()})
    with act(organization):
        members = write(lambda: {key: _member(organization, person, *rights[key]) for key, person in people.items()})
    return SimpleNamespace(organization=organization, **members)


@pytest.fixture
def other(db: None) -> SimpleNamespace:
    """Another organization, whose words must never be seen by the first."""
    organization = make_organization("other")
    return SimpleNamespace(organization=organization, eve=join(organization, make_person("eve", "Eve Elsewhere"), "*"))


@pytest.fixture
def as_wei(lanzhu: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """Wei acts for Lanzhu."""
    with act(lanzhu.organization, lanzhu.wei):
        yield lanzhu
