"""The second factor: turned on, used once, lost, replaced, and found when it was changed behind the product's back."""

import re

import pytest
from allauth.mfa.models import Authenticator

from guiju.organizations.models import Person
from guiju.organizations.tests.conftest import PASSWORD, code_of, factors_of, turn_on_factor
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db


def first_step(browser, who="wei"):
    client = browser()
    answer = client.post("/account/login/", {"login": who, "password": PASSWORD})
    assert answer["Location"] == "/account/login/code/"
    return client


def findings():
    return [f"{finding.part}: {finding.says}" for finding in verify()]


def turned_on_by_page(browser):
    """Turned on by the pages: asked for the password again, then the code of the new secret."""
    client = browser("wei")
    assert client.get("/account/factor/on/")["Location"].startswith("/account/again/")
    client.post("/account/again/?next=/account/factor/on/", {"password": PASSWORD})
    page = client.get("/account/factor/on/").content.decode()
    secret = re.search(r'class="gj-code">([A-Z2-7]+)<', page)[1]
    answer = client.post("/account/factor/on/", {"code": code_of(secret)})
    assert answer["Location"] == "/account/factor/codes/", answer.content.decode()
    return client, secret


def test_it_is_turned_on_after_the_password_was_asked_again(lanzhu, browser):
    client, _secret = turned_on_by_page(browser)
    assert factors_of(lanzhu.wei.person) == {"totp", "recovery_codes"}
    assert "10 of 10 codes are left" in client.get("/account/factor/codes/").content.decode()
    assert findings() == []


def test_a_wrong_code_does_not_turn_it_on(lanzhu, browser):
    client = browser("wei")
    client.post("/account/again/?next=/account/factor/on/", {"password": PASSWORD})
    client.get("/account/factor/on/")
    assert client.post("/account/factor/on/", {"code": "000000"}).status_code == 422
    assert factors_of(lanzhu.wei.person) == set()


def test_signing_in_asks_for_the_code(lanzhu, browser):
    secret = turn_on_factor(lanzhu.wei.person)
    client = first_step(browser)
    assert client.get("/lanzhu/people/")["Location"].startswith("/account/login/")
    assert client.post("/account/login/code/", {"code": code_of(secret)})["Location"] == "/"
    assert client.get("/lanzhu/people/").status_code == 200


def test_a_code_works_once(lanzhu, browser):
    secret = turn_on_factor(lanzhu.wei.person)
    code = code_of(secret)
    first_step(browser).post("/account/login/code/", {"code": code})
    answer = first_step(browser).post("/account/login/code/", {"code": code})
    assert (answer.status_code, "was used already" in answer.content.decode()) == (422, True)


def test_a_code_older_than_one_that_was_used_is_worth_nothing(lanzhu, browser):
    secret = turn_on_factor(lanzhu.wei.person)
    first_step(browser).post("/account/login/code/", {"code": code_of(secret)})
    assert first_step(browser).post("/account/login/code/", {"code": code_of(secret, -1)}).status_code == 422


def test_a_clock_that_is_half_a_minute_off_is_understood(lanzhu, browser):
    secret = turn_on_factor(lanzhu.wei.person)
    assert first_step(browser).post("/account/login/code/", {"code": code_of(secret, -1)}).status_code == 302


def test_codes_are_guessed_five_times_and_the_password_does_not_forgive_that(lanzhu, browser):
    secret = turn_on_factor(lanzhu.wei.person)
    for _time in range(5):
        first_step(browser).post("/account/login/code/", {"code": "000000"})
    answer = first_step(browser).post("/account/login/code/", {"code": code_of(secret)})
    assert (answer.status_code, "Please wait 15 min" in answer.content.decode()) == (429, True)


def test_a_recovery_code_works_once_and_its_use_is_on_the_trail(lanzhu, browser):
    client, _secret = turned_on_by_page(browser)
    code = re.search(r"<li>(\d{8})</li>", client.get("/account/factor/codes/").content.decode())[1]
    assert first_step(browser).post("/account/login/code/", {"code": code}).status_code == 302
    assert first_step(browser).post("/account/login/code/", {"code": code}).status_code == 422
    assert findings() == []


def test_new_recovery_codes_replace_the_old(lanzhu, browser):
    client, _secret = turned_on_by_page(browser)
    before = client.get("/account/factor/codes/").content
    assert client.post("/account/factor/codes/new/")["Location"] == "/account/factor/codes/"
    assert client.get("/account/factor/codes/").content != before
    assert findings() == []


def test_turned_off_it_is_gone_with_its_recovery_codes(lanzhu, browser):
    client, _secret = turned_on_by_page(browser)
    assert client.post("/account/factor/off/")["Location"] == "/account/factor/"
    assert factors_of(lanzhu.wei.person) == set()
    assert findings() == []


def test_the_picture_to_scan_needs_no_other_place(lanzhu, browser):
    client = browser("wei")
    client.post("/account/again/?next=/account/factor/on/", {"password": PASSWORD})
    assert 'src="data:image/svg+xml;base64,' in client.get("/account/factor/on/").content.decode()


def test_a_factor_added_behind_the_products_back_is_found(lanzhu):
    Authenticator.objects.create(user=lanzhu.wei.person, type="totp", data={"secret": "STOLEN"})
    assert findings() == ["totp: was not added through the product"]


def test_a_factor_changed_behind_the_products_back_is_found(lanzhu):
    turn_on_factor(lanzhu.wei.person)
    Authenticator.objects.update(data={"secret": "STOLEN"})
    assert findings() == ["totp: is not the one that was set up"]


def test_a_factor_removed_behind_the_products_back_is_found(lanzhu):
    turn_on_factor(lanzhu.wei.person)
    Authenticator.objects.all().delete()
    assert findings() == ["totp: is gone, though no entry says so"]


def test_a_password_changed_behind_the_products_back_is_found(lanzhu):
    super(type(Person.objects.all()), Person.objects.all()).update(password="md5$stolen")
    assert any(finding.startswith("password: ") for finding in findings())
