"""What waits for whoever acts: a deputy does what the absent person was asked, and nothing that only they can do."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from guiju.modules.readings import audience
from guiju.organizations import deputies
from guiju.organizations.members import Member, member, today_in
from guiju.organizations.models import Membership
from guiju.spine.acts import act
from guiju.spine.tasks import services as tasks

MIN = "You are deputy for Zhou Min today"


@pytest.fixture
def absent(team: SimpleNamespace, draft, take) -> SimpleNamespace:
    """Min is away and asked to review what Wei wrote, and to read it; Hua stands in and has something of her own to do."""
    take(draft, "submit", team.wei, reviewers=[team.min.person])
    today = today_in(team.organization)
    with act(team.organization, team.min):
        people = [Membership.objects.get(person=one.person) for one in (team.min, team.hua)]
        deputies.name(*people, today, today + timedelta(days=6))
    with act(team.organization, team.wei):
        tasks.ask(draft, team.min.id, "Read it", own=True)
        tasks.ask(draft, team.hua.id, "Look at it")
    return team


@pytest.fixture
def hua(absent: SimpleNamespace) -> Client:
    client = Client()
    client.force_login(absent.hua.person)
    return client


def stand_in(client: Client, absent: SimpleNamespace) -> None:
    client.post("/lanzhu/people/deputy/", {"person": str(absent.min.id)})


def as_deputy(absent: SimpleNamespace) -> Member:
    found = member(absent.organization, absent.hua.person, today_in(absent.organization), deputy_for=absent.min.id)
    assert found is not None
    return found


def page(client: Client, path: str = "work/") -> str:
    return client.get(f"/lanzhu/{path}").content.decode()


def test_as_oneself_one_sees_own_tasks_and_is_told_how_much_waits_for_the_absent(hua):
    for path in ("work/", ""):
        found = page(hua, path)
        assert "Look at it" in found and "Review Ageing" not in found
        assert f"{MIN}; 1 task waits." in found


def test_as_deputy_one_sees_what_the_absent_was_asked_and_not_what_only_they_can_do(hua, absent):
    stand_in(hua, absent)
    for path in ("work/", ""):
        found = page(hua, path)
        assert "Review Ageing" in found
        assert "Read it" not in found and "Look at it" not in found and MIN not in found


def test_the_list_of_what_waits_and_the_count_are_those_of_the_absent(hua, absent, draft, take):
    stand_in(hua, absent)
    with act(absent.organization, as_deputy(absent)):
        assert tasks.waiting() == {"documents.document": (1, None)}
    assert "Ageing" in page(hua, "documents/?view=mine")
    take(draft, "return", absent.wei, reason="Later")
    assert "Ageing" not in page(hua, "documents/?view=mine")


def test_with_nothing_to_do_one_is_still_told_for_whom_one_is_deputy(hua, absent, draft, take):
    take(draft, "return", absent.wei, reason="Later")
    assert f"{MIN}." in page(hua)


def test_nobody_else_is_told(absent):
    client = Client()
    client.force_login(absent.jun.person)
    assert MIN not in page(client)


def test_looking_back_it_is_the_same(hua, absent):
    stand_in(hua, absent)
    found = page(hua, f"work/?as_of={today_in(absent.organization)}")
    assert "Review Ageing" in found
    assert "Read it" not in found and "Look at it" not in found


def test_own_reading_is_not_offered_while_one_stands_in_for_another(hua, absent, draft, take):
    with act(absent.organization, absent.wei):
        audience.distribute(draft, people=[absent.hua.person, absent.min.person])
    take(draft, "review", absent.min)
    take(draft, "approve", absent.jun)
    assert "Read and confirm" in page(hua, "documents/QP-01/")
    stand_in(hua, absent)
    assert "Read and confirm" not in page(hua, "documents/QP-01/")
