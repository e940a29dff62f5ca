"""Founding, people and memberships as commands use them, each on the chain it belongs to."""

from datetime import UTC, datetime

import pytest

from guiju.organizations import services
from guiju.organizations.members import acting_for, member, today_in
from guiju.organizations.models import Person, Role
from guiju.spine.acts import INSTALLATION, SYSTEM, NotPermitted, Refused, act
from guiju.spine.trail.models import Entry
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db


def chains(action, kind):
    return set(Entry.everywhere.filter(action=action, kind=kind).values_list("chain", flat=True))


def test_an_organization_is_founded_on_its_own_chain_with_its_roles(db):
    made = services.found("bamboo", "Bamboo", name_zh="竹", time_zone="Asia/Shanghai")
    assert chains("create", "organizations.organization") == chains("create", "organizations.role") == {made.pk}
    assert Role.everywhere.filter(organization=made).count() == 7


def test_a_person_is_on_the_chain_of_the_installation_whoever_acts(lanzhu):
    services.add_person("lin", "Lin")
    with act(lanzhu.organization, lanzhu.wei):
        services.add_person("lan", "Lan")
    assert chains("create", "organizations.person") == {INSTALLATION}


def test_a_sample_begins_at_its_own_clock(db):
    past = datetime(2025, 1, 1, tzinfo=UTC)
    made = services.found("sample", "Sample", sample=True, at=past)
    assert {entry.at for entry in Entry.everywhere.filter(chain=made.pk)} == {past}
    with pytest.raises(ValueError):
        services.found("real", "Real", at=past)


@pytest.mark.parametrize("slug", ["account", "api", "static", "Lanzhu", "lan zhu", "", "竹", "lanzhu"])
def test_an_address_that_is_used_reserved_or_none_is_refused(lanzhu, slug):
    with pytest.raises(Refused):
        services.found(slug, "Name")


@pytest.mark.parametrize(
    "facts", [{"username": "wei"}, {"username": "a@b"}, {"username": ""}, {"username": "x" * 61}, {"email": "nonsense"}]
)
def test_a_person_that_cannot_be_is_refused_with_the_field(lanzhu, facts):
    with pytest.raises(Refused) as refused:
        services.add_person(**{"username": "lin", "name": "Lin"} | facts)
    assert list(refused.value.errors) == list(facts)
    assert not Person.objects.filter(name="Lin").exists()


def test_two_people_do_not_share_an_address(lanzhu):
    services.add_person("lin", "Lin", email="lin@lanzhu.example")
    with pytest.raises(Refused) as refused:
        services.add_person("lan", "Lan", email="LIN@lanzhu.example")
    assert list(refused.value.errors) == ["email"]


def test_a_member_joins_with_roles(db):
    made = services.found("bamboo", "Bamboo")
    person = services.add_person("lin", "Lin", password="desk-lamp-and-square-7")
    with act(made):
        membership = services.join(person, ["auditor"], position="Auditor")
        services.grant(membership, "guest")
        with pytest.raises(Refused):
            services.join(person)
        with pytest.raises(Refused):
            services.grant(membership, "nonsense")
    assert member(made, person, today_in(made)).may("trail.verify")
    assert [str(finding) for finding in verify()] == []


def test_work_for_later_is_done_by_the_person_with_the_rights_of_then(lanzhu):
    organization, acting = acting_for(str(lanzhu.organization.pk), str(lanzhu.tang.id))
    assert (organization, acting.actions) == (lanzhu.organization, lanzhu.tang.actions)
    assert acting_for("", "") == (None, SYSTEM)


def test_work_of_whoever_is_no_member_any_more_is_not_done(lanzhu, other):
    with pytest.raises(NotPermitted):
        acting_for(str(lanzhu.organization.pk), str(other.eve.id))
