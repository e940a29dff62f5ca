"""A real installation begins with one organization and its first person."""

import pytest

from guiju.organizations import services
from guiju.organizations.members import member, today_in
from guiju.organizations.models import Organization, Person
from guiju.spine.acts import Refused
from guiju.spine.trail.verify import verify


def test_the_first_person_administers_and_keeps_the_system(db):
    organization = services.found_with_administrator("acme", "Acme Ltd", "ann", "Ann Lee", "a lamp and a charger")
    ann = member(organization, Person.objects.get(username="ann"), today_in(organization))
    assert ann is not None and ann.may("people.invite") and ann.may("documents.create")
    assert list(verify()) == []


def test_a_weak_password_founds_nothing(db):
    with pytest.raises(Refused, match="too weak"):
        services.found_with_administrator("acme", "Acme Ltd", "ann", "Ann Lee", "12345678")
    assert not Organization.objects.exists()


def test_a_taken_user_name_founds_nothing(db):
    services.found_with_administrator("acme", "Acme Ltd", "ann", "Ann Lee", "a lamp and a charger")
    with pytest.raises(Refused):
        services.found_with_administrator("other", "Other Ltd", "ann", "Ann Lee", "a lamp and a charger")
    assert [o.slug for o in Organization.objects.all()] == ["acme"]
