"""Those who have still to read a document are reminded, once a day; who has read it leaves as a file."""

from datetime import timedelta

import pytest
from django.test import Client

from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.modules.readings import audience, confirming, reminding
from guiju.organizations.models import Role
from guiju.spine.acts import Act, Conflict, NotPermitted, current
from guiju.spine.notices.models import Notice
from guiju.spine.registers.tests.programs import Program
from guiju.spine.trail.models import Entry

HERE = "/lanzhu/documents/QP-01/"


@pytest.fixture
def in_force(draft, team, take, as_):
    """To be read by Tang and Hua."""
    with as_(team.wei):
        audience.distribute(draft, people=[team.tang.person, team.hua.person])
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


def reminded(who) -> int:
    return Notice.objects.filter(person_id=who.id, key__startswith="Reminder").count()


def test_each_who_has_not_confirmed_is_told_once_and_nobody_else(in_force, team, as_):
    with as_(team.tang):
        confirming.confirm(in_force)
    with as_(team.wei):
        assert [row.person_id for row in reminding.remind(in_force)] == [team.hua.id]
        assert (reminded(team.hua), reminded(team.tang), reminded(team.wei)) == (1, 0, 0)


def test_once_a_day_is_enough(in_force, team, as_, monkeypatch):
    with as_(team.wei):
        reminding.remind(in_force)
    with as_(team.min), pytest.raises(Conflict):
        reminding.remind(in_force)
    with as_(team.min):
        tomorrow = current().today() + timedelta(days=1)
        monkeypatch.setattr(Act, "today", lambda _act: tomorrow)
        reminding.remind(in_force)
        assert reminded(team.hua) == 2


def test_it_stands_in_the_history(in_force, team, as_):
    with as_(team.wei):
        reminding.remind(in_force)
        assert Entry.objects.filter(record=in_force.pk, action="remind_readers").count() == 1
    shown = signed_in(team.tang).get(f"{HERE}history/").content.decode()
    assert "reminded those who have still to read revision 1: 2." in shown


def test_without_the_right_to_distribute_nobody_reminds(in_force, team, as_):
    with as_(team.tang), pytest.raises(NotPermitted):
        reminding.remind(in_force)
    assert "Remind those" not in signed_in(team.tang).get(f"{HERE}readers/").content.decode()


def test_where_nobody_is_missing_nobody_is_reminded(in_force, team, as_):
    for who in (team.tang, team.hua):
        with as_(who):
            confirming.confirm(in_force)
    with as_(team.wei), pytest.raises(Conflict):
        reminding.remind(in_force)


def test_who_may_not_see_it_any_more_is_not_reminded_of_it(in_force, team, as_):
    with as_(team.wei):
        insiders.set_confidential(in_force, True, [], "x")
        role = Role.objects.get(key="own-hua")
        role.actions = []
        role.save()
        hidden = Document.objects.get(pk=in_force.pk)
        assert [row.person_id for row in reminding.to_be_reminded(hidden)] == [team.tang.id]


def test_the_page_reminds_and_then_says_when(in_force, team):
    wei = signed_in(team.wei)
    assert wei.post(f"{HERE}readers/remind/").status_code == 302
    shown = wei.get(f"{HERE}readers/").content.decode()
    assert "2 people are reminded" in shown and "once a day is enough" in shown and "readers/remind/" not in shown
    assert wei.post(f"{HERE}readers/remind/").status_code == 409


def test_programs_remind_too(in_force, team):
    answer = Program(team.wei).post("documents/QP-01/reminders/", {})
    assert answer.json() == {
        "revision": "1",
        "people": [{"id": str(one.id), "name": one.person.name} for one in (team.hua, team.tang)],
    }
    assert Program(team.wei).post("documents/QP-01/reminders/", {}).status_code == 409
    assert Program(team.tang).post("documents/QP-01/reminders/", {}).status_code == 403


def test_who_has_read_it_leaves_as_a_file(in_force, team, as_):
    with as_(team.tang):
        confirming.confirm(in_force)
    sent = b"".join(signed_in(team.wei).get(f"{HERE}readers/export.csv").streaming_content).decode("utf-8-sig")
    rows = [line.split(",") for line in sent.splitlines()]
    assert [row[0] for row in rows] == ["Person", "Lin Hua", "Tang Li"]
    assert [row[4] for row in rows[1:]] == ["to be read", "confirmed"]
    assert signed_in(team.wei).get(f"{HERE}readers/export.xlsx").status_code == 200


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client
