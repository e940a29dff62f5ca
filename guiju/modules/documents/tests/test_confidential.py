"""A confidential document is hidden from all who are not let in: in lists, search, past, notices, files and the API (7.5.3.1)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guiju.conftest import join, make_person
from guiju.modules.documents import jobs, services
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.modules.kinds.services import set_rule
from guiju.modules.readings import assigning, audience
from guiju.organizations import handover, tokens
from guiju.organizations.models import Membership
from guiju.spine.acts import NotPermitted, act
from guiju.spine.notices.services import tell
from guiju.spine.registers.declaration import by_key
from guiju.spine.trail.verify import verify

SECRET = "Geheimrezept"


@pytest.fixture
def hidden(team, as_):
    """A document that only Wei and Min may see; and one that anybody may, and that refers to it."""
    with as_(team.wei):
        document = services.draft({"title": SECRET, "kind": "procedure", "language": "en", "text": f"{SECRET} 焊锡"})
        other = services.draft({"title": "Open", "kind": "procedure", "language": "en", "text": "See [[QP-01]]."})
        insiders.set_confidential(document, True, [team.min.person], "As agreed")
        for one in (document, other):
            jobs.read_texts(one)
        tell([team.tang.id], "%(title)s was made.", {"title": SECRET}, document)
        return Document.objects.get(pk=document.pk)


@pytest.fixture
def tang(team) -> Client:
    client = Client()
    client.force_login(team.tang.person)
    return client


PAGES = (
    "/lanzhu/",
    "/lanzhu/documents/",
    "/lanzhu/documents/?q=Geheim",
    "/lanzhu/documents/?sort=title",
    "/lanzhu/documents/QP-02/",
    "/lanzhu/search/?q=Geheimrezept",
    "/lanzhu/search/?q=焊锡",
    "/lanzhu/go/?q=QP-01",
    "/lanzhu/notices/",
    "/lanzhu/work/",
    "/lanzhu/processes/",
    "/lanzhu/documents/export.csv",
)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_says_a_word_of_it(hidden, tang, path):
    answer = tang.get(path)
    body = answer.getvalue().decode() if answer.streaming else answer.content.decode()
    assert answer.status_code == 200 and SECRET not in body.replace(f'value="{SECRET}"', "").replace(f"“{SECRET}”", "").replace(
        f"{SECRET} · ", ""
    ).replace(f"q={SECRET}", "")


@pytest.mark.parametrize(
    "path", ["", "history/", "change/", "print/", "compare/", "confidential/", "revision/1/", "approve/", "readers/", "read/"]
)
def test_its_own_pages_are_not_there(hidden, tang, path):
    answer = tang.get(f"/lanzhu/documents/QP-01/{path}")
    assert answer.status_code in (403, 404) and SECRET not in answer.content.decode()


def test_it_is_not_there_in_the_past_either(hidden, tang):
    later = (timezone.now() + timedelta(seconds=1)).isoformat(timespec="seconds").replace("+00:00", "")
    for path in ("/lanzhu/documents/", "/lanzhu/documents/QP-01/"):
        answer = tang.get(path, {"as_of": later})
        assert SECRET not in answer.content.decode()


def test_nor_by_the_api(hidden, team, as_):
    with as_(team.tang):
        _row, secret = tokens.issue(team.tang.person, "t", ["documents.*"])
    headers = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert [d["number"] for d in Client().get("/api/v1/lanzhu/documents/", **headers).json()["items"]] == ["QP-02"]
    for path in ("QP-01/", "QP-01/history/"):
        assert Client().get(f"/api/v1/lanzhu/documents/{path}", **headers).status_code == 404


def test_those_who_were_let_in_see_it(hidden, team):
    for member in (team.wei, team.min):
        client = Client()
        client.force_login(member.person)
        assert SECRET in client.get("/lanzhu/documents/").content.decode()
        assert SECRET in client.get("/lanzhu/documents/QP-01/").content.decode()


def restricted(team, name, *more):
    return join(team.organization, make_person(name, name.title()), "documents.view", "documents.change", *more)


def test_the_right_to_see_all_that_is_confidential_does(hidden, team):
    client = Client()
    client.force_login(restricted(team, "boss", "documents.confidential").person)
    assert SECRET in client.get("/lanzhu/documents/").content.decode()


def test_the_owner_sees_it_and_a_deputy_of_the_owner(team, as_):
    owner = restricted(team, "olga", "documents.create")
    with as_(owner):
        document = services.draft({"title": SECRET, "kind": "procedure", "language": "en", "text": "x"})
        insiders.set_confidential(document, True, [], "x")
        register = by_key("documents")
        assert register.rows(owner).count() == 1
    assert_deputy_sees(team, owner, document)


def assert_deputy_sees(team, owner, document):
    deputy = replace(team.tang, deputy_for=owner.person)
    register = by_key("documents")
    with act(team.organization, deputy):
        assert register.rows(deputy).filter(pk=document.pk).exists()


def test_who_is_asked_to_work_on_it_is_let_in(hidden, team, take, as_):
    take(hidden, "submit", team.wei, reviewers=[team.hua.person])
    with as_(team.hua):
        assert by_key("documents").rows(team.hua).filter(pk=hidden.pk).exists()


def test_who_gets_it_to_read_is_let_in(hidden, team, take, as_):
    document = take(hidden, "submit", team.wei, reviewers=[team.min.person])
    take(take(document, "review", team.min), "approve", team.min)
    with as_(team.wei):
        audience.distribute(document, people=[team.tang.person])
        assigning.assign(document)
        assert by_key("documents").rows(team.tang).filter(pk=document.pk).exists()


def test_shut_out_again_one_sees_it_no_more_and_the_trail_says_both(hidden, team, as_):
    with as_(team.wei):
        insiders.set_confidential(hidden, True, [], "Min has left the project")
        assert [row.person_id for row in insiders.of(hidden)] == [team.wei.id]
        assert list(verify()) == []


def test_shown_again_everybody_sees_it(hidden, team, as_, tang):
    with as_(team.wei):
        insiders.set_confidential(hidden, False, [], "No secret any more")
    assert SECRET in tang.get("/lanzhu/documents/").content.decode()


def test_a_kind_can_begin_confidential(team, as_):
    with as_(team.wei):
        set_rule("record", {"confidential": True})
        document = services.draft({"title": SECRET, "kind": "record", "language": "en", "text": "x"})
        assert document.confidential and [row.person_id for row in insiders.of(document)] == [team.wei.id]
        assert not by_key("documents").rows(team.tang).exists()


def test_who_may_not_change_it_says_not_who_sees_it(hidden, team, as_):
    with as_(team.tang), pytest.raises(NotPermitted):
        insiders.set_confidential(hidden, False, [], "x")


def test_the_page_says_who_may_see_it(hidden, team):
    client = Client()
    client.force_login(team.wei.person)
    shown = client.get("/lanzhu/documents/QP-01/confidential/").content.decode()
    assert "checked" in shown and "Zhou Min" in shown
    assert client.post("/lanzhu/documents/QP-01/confidential/", {"confidential": "on"}).status_code == 422
    assert client.post("/lanzhu/documents/QP-01/confidential/", {"reason": "x"}).status_code == 302


def test_whoever_deactivates_the_owner_is_told_how_many_there_are_and_not_which(team, hidden, as_):
    admin = join(team.organization, make_person("admin", "Admin"), "people.change", "people.view", "documents.view")
    with as_(admin):
        owner = Membership.objects.get(person=hidden.owner_id)
        (holding,) = (one for one in handover.holdings(owner) if one.name == "documents")
        assert SECRET not in holding.text
        assert (holding.count, holding.visible) == (2, 1)
    client = Client()
    client.force_login(admin.person)
    answer = client.get(f"/lanzhu/people/{hidden.owner_id}/deactivate/").content.decode()
    assert SECRET not in answer and "1 more" in answer
