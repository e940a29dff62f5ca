"""Signing in and out, and what the trail says of it."""

import json

import pytest

from guiju.organizations.models import FailedSignIn, Person
from guiju.organizations.tests.conftest import PASSWORD
from guiju.spine.acts import INSTALLATION, act
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db


def events(action):
    return list(Entry.everywhere.filter(chain=INSTALLATION, action=action).order_by("sequence"))


def test_a_person_signs_in_by_user_name(lanzhu, browser):
    answer = browser().post("/account/login/", {"login": "wei", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@pytest.mark.parametrize("login", ["chen.wei@lanzhu.example", "Chen.Wei@Lanzhu.Example", " chen.wei@lanzhu.example "])
def test_a_person_signs_in_by_address_however_it_is_written(lanzhu, browser, login):
    with act(None):
        lanzhu.wei.person.email = "chen.wei@lanzhu.example"
        lanzhu.wei.person.save()
    assert browser(login).get("/lanzhu/people/").status_code == 200


def test_a_user_name_typed_with_a_capital_is_understood(lanzhu, browser):
    assert browser("Wei").get("/lanzhu/people/").status_code == 200


def test_after_signing_in_the_asked_page_opens(lanzhu, browser):
    answer = browser().post("/account/login/?next=/lanzhu/people/", {"login": "wei", "password": PASSWORD})
    assert answer["Location"] == "/lanzhu/people/"


def test_another_site_is_not_opened_after_signing_in(lanzhu, browser):
    answer = browser().post("/account/login/?next=https://evil.example/", {"login": "wei", "password": PASSWORD})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("login", ["wei", "nobody", "nobody@lanzhu.example", "li"])
def test_the_answer_to_a_wrong_sign_in_is_the_same_for_somebody_nobody_and_the_deactivated(lanzhu, browser, login):
    with act(None):
        Person(username="li", name="Li", is_active=False, password=lanzhu.wei.person.password).save()
    answer = browser().post("/account/login/", {"login": login, "password": "wrong"})
    assert answer.status_code == 422
    assert "User name, e-mail or password is not right." in answer.content.decode()


def test_the_right_password_does_not_let_the_deactivated_in(lanzhu, browser):
    with act(None):
        lanzhu.tang.person.is_active = False
        lanzhu.tang.person.save()
    answer = browser().post("/account/login/", {"login": "tang", "password": PASSWORD})
    assert "User name, e-mail or password is not right." in answer.content.decode()


def test_deactivating_a_person_ends_what_they_have_open(lanzhu, browser):
    client = browser(lanzhu.wei)
    with act(None):
        lanzhu.wei.person.is_active = False
        lanzhu.wei.person.save()
    assert client.get("/lanzhu/people/")["Location"].startswith("/account/login/")


def test_signing_in_is_an_entry_by_the_person_that_holds_the_network_apart(lanzhu, browser):
    browser(lanzhu.wei)
    (entry,) = events("sign_in")
    assert (entry.actor, entry.record) == (lanzhu.wei.id, lanzhu.wei.id)
    payload = Payload.everywhere.get(entry=entry, holds=Payload.PERSONAL)
    assert json.loads(payload.values) == {"@network": "192.0.2.0/24"}


def test_the_first_failure_of_an_hour_is_an_entry_and_the_others_are_counted(lanzhu, browser):
    client = browser()
    for _time in range(3):
        client.post("/account/login/", {"login": "wei", "password": "wrong"})
    (entry,) = events("fail_sign_in")
    assert entry.record == lanzhu.wei.id
    assert FailedSignIn.objects.get().count == 3


def test_many_names_that_nobody_has_make_one_entry_an_hour(lanzhu, browser):
    client = browser()
    for n in range(4):
        client.post("/account/login/", {"login": f"robot{n}", "password": "wrong"})
    (entry,) = events("fail_sign_in")
    assert entry.record == INSTALLATION


def test_what_was_typed_as_a_name_is_not_kept(lanzhu, browser):
    browser().post("/account/login/", {"login": "my-secret-by-mistake", "password": "wrong"})
    assert "my-secret-by-mistake" not in str(list(FailedSignIn.objects.values())) + str(list(Payload.everywhere.values()))


def test_nobody_signs_up(lanzhu, browser):
    assert browser().post("/account/signup/", {"username": "robot", "password1": PASSWORD}).status_code == 302
    assert not Person.objects.filter(username="robot").exists()
    assert browser(lanzhu.wei).get("/account/signup/").status_code == 404


def test_signing_out_ends_the_session(lanzhu, browser):
    client = browser(lanzhu.wei)
    assert client.post("/account/logout/")["Location"] == "/account/login/"
    assert client.get("/lanzhu/people/")["Location"].startswith("/account/login/")


@pytest.mark.parametrize("login", ["", "\x00", "龘" * 300, "‮wei", "a@b@c"])
def test_bad_names_are_answered_with_a_sentence(lanzhu, browser, login):
    assert browser().post("/account/login/", {"login": login, "password": "x"}).status_code == 422


def test_after_all_this_the_trail_verifies(lanzhu, browser):
    browser().post("/account/login/", {"login": "wei", "password": "wrong"})
    browser(lanzhu.wei)
    assert [str(finding) for finding in verify()] == []
