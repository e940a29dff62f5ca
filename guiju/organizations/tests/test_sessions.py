"""Web sessions: seen, ended, ended by a new password, ended by idleness."""

import pytest
import time_machine
from allauth.usersessions.models import UserSession

from guiju.organizations.parameters import set_parameter
from guiju.organizations.sessions import device
from guiju.organizations.tests.conftest import PASSWORD
from guiju.spine.acts import act

pytestmark = pytest.mark.django_db
NEW = "desk-lamp-and-square-7"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def is_in(client):
    return client.get("/account/").status_code == 200


def test_the_account_page_lists_each_session_with_its_network(lanzhu, browser):
    browser("wei", address="198.51.100.4")
    page = browser("wei").get("/account/").content.decode()
    assert "198.51.100.0/24" in page
    assert page.count("this one") == 1


def test_instants_are_shown_where_the_person_is(lanzhu, browser):
    with time_machine.travel("2026-03-02 09:00:00Z", tick=False):
        assert "since 2 Mar 2026, 17:00" in browser("wei").get("/account/").content.decode()


def test_one_session_is_ended(lanzhu, browser):
    there, here = browser("wei", address="198.51.100.4"), browser("wei")
    (session,) = UserSession.objects.filter(ip="198.51.100.4")
    here.post(f"/account/sessions/{session.pk}/end/")
    assert (is_in(there), is_in(here)) == (False, True)


def test_the_session_of_another_person_is_not_ended(lanzhu, browser):
    theirs = browser("min")
    session = UserSession.objects.get(user=lanzhu.min.person)
    browser("wei").post(f"/account/sessions/{session.pk}/end/")
    assert is_in(theirs)


def test_all_others_are_ended_at_once(lanzhu, browser):
    others, here = [browser("wei"), browser("wei")], browser("wei")
    here.post("/account/sessions/others/end/")
    assert [is_in(client) for client in (*others, here)] == [False, False, True]


def test_a_new_password_ends_the_other_sessions(lanzhu, browser):
    there, here = browser("wei"), browser("wei")
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/account/password/change/", form)["Location"] == "/account/"
    assert (is_in(there), is_in(here)) == (False, True)
    assert is_in(browser("wei", NEW))


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("wrong", NEW, NEW), (PASSWORD, NEW, "other"), (PASSWORD, "short", "short"), (PASSWORD, "1234567890", "1234567890")],
)
def test_a_password_is_not_changed_without_the_old_or_to_a_weak_one(lanzhu, browser, old, new, again):
    form = {"oldpassword": old, "password1": new, "password2": again}
    assert browser("wei").post("/account/password/change/", form).status_code == 422
    assert is_in(browser("wei"))


def test_the_old_password_is_guessed_five_times_only(lanzhu, browser):
    client = browser("wei")
    form = {"password1": NEW, "password2": NEW}
    for _time in range(5):
        client.post("/account/password/change/", form | {"oldpassword": "wrong"})
    assert client.post("/account/password/change/", form | {"oldpassword": PASSWORD}).status_code == 429


def test_whoever_is_idle_for_too_long_is_signed_off(lanzhu, browser, settings):
    with time_machine.travel("2026-03-02 09:00:00Z", tick=False) as clock:
        client = browser("wei")
        clock.shift(settings.IDLE_MINUTES * 60 - 1)
        assert is_in(client)
        clock.shift(settings.IDLE_MINUTES * 60 + 61)
        assert not is_in(client)


def test_an_organization_may_be_stricter(lanzhu, browser):
    with act(lanzhu.organization, lanzhu.wei):
        set_parameter("idle_minutes", 5)
    with time_machine.travel("2026-03-02 09:00:00Z", tick=False) as clock:
        client = browser("wei")
        assert client.get("/lanzhu/people/").status_code == 200
        clock.shift(4 * 60)
        assert client.get("/lanzhu/people/").status_code == 200
        clock.shift(6 * 60)
        assert client.get("/lanzhu/people/")["Location"].startswith("/account/login/")


def test_when_a_session_was_last_seen_is_known_to_the_minute(lanzhu, browser):
    with time_machine.travel("2026-03-02 09:00:00Z", tick=False) as clock:
        client = browser("wei")
        client.get("/account/")
        clock.shift(300)
        client.get("/account/")
        assert UserSession.objects.get().last_seen_at.isoformat() == "2026-03-02T09:05:00+00:00"


def test_a_browser_is_named_as_people_name_it():
    assert device(FIREFOX) == "Firefox, Windows"
    assert device("curl/8") == "curl/8"


def test_however_busy_a_person_signs_in_again_after_a_day(lanzhu, browser, settings):
    with time_machine.travel("2026-03-02 09:00:00Z", tick=False) as clock:
        client = browser("wei")
        assert is_in(client)
        for _half_hour in range(2 * settings.SESSION_HOURS):
            clock.shift(30 * 60)
            assert is_in(client)
        clock.shift(60)
        assert not is_in(client)


def test_signing_in_makes_a_session_of_another_name(lanzhu, browser):
    client = browser()
    client.cookies["guiju_session"] = given = "a" * 32
    client.post("/account/login/", {"login": "wei", "password": PASSWORD})
    assert client.cookies["guiju_session"].value not in ("", given)
    assert len(client.cookies["guiju_session"].value) == 32


@pytest.mark.parametrize(
    "new",
    [
        "Guiju-Quality-2026",  # the product and the trade
        "lanzhu-9001-audit!",  # the organization
        "wei-chen-chen-wei",  # the person
        "password123456",  # the list of those that are used most
    ],
)
def test_a_password_that_would_be_tried_first_is_refused(lanzhu, browser, new):
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert browser("wei").post("/account/password/change/", form).status_code == 422


@pytest.mark.parametrize(
    "new", ["lower case words only", "灯下检查每一盏台灯的焊点", "x1" * 32, "  two spaces around  ", "the-quality-of-a-lamp-7"]
)
def test_any_other_password_is_taken_and_works_exactly_as_typed(lanzhu, browser, new):
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert browser("wei").post("/account/password/change/", form).status_code == 302
    assert is_in(browser("wei", new))
    wrong = browser().post("/account/login/", {"login": "wei", "password": new.strip().upper()[:-1]})
    assert wrong.status_code == 422


def test_whoever_has_proven_themselves_again_has_a_session_of_another_key(lanzhu, browser):
    client, seen = browser("wei"), browser()
    is_in(client)
    seen.cookies["guiju_session"] = before = client.cookies["guiju_session"].value
    assert is_in(seen)
    assert client.post("/account/again/?next=/account/", {"password": PASSWORD}).status_code == 302
    assert client.cookies["guiju_session"].value != before
    assert (is_in(client), is_in(seen)) == (True, False)
    assert UserSession.objects.get().session_key == client.cookies["guiju_session"].value
