"""How often secrets may be guessed: per account and network, per network, per account from everywhere."""

from datetime import timedelta

import pytest
from django.db.models import F

from guiju.organizations import throttle
from guiju.organizations.models import FailedSignIn
from guiju.organizations.tests.conftest import PASSWORD
from guiju.spine.acts import act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installation(db):
    with act(None):
        yield


def fail(account, network, times=1):
    for _time in range(times):
        throttle.failed(throttle.begin(account, network))


def pass_minutes(minutes):
    FailedSignIn.objects.update(last_at=F("last_at") - timedelta(minutes=minutes))


def pass_hours(hours):
    gone = timedelta(hours=hours)
    FailedSignIn.objects.update(last_at=F("last_at") - gone, hour=F("hour") - gone)


def test_five_failures_of_an_account_from_a_network_are_heard_and_the_sixth_try_is_not():
    fail("a", "n", 5)
    with pytest.raises(throttle.TooManyFailures) as refused:
        throttle.begin("a", "n")
    assert str(refused.value) == "Too many wrong tries. Please wait 15 min, then try again."
    assert refused.value.status == 429


def test_a_try_that_was_turned_away_does_not_lengthen_the_wait():
    fail("a", "n", 5)
    pass_minutes(14)
    with pytest.raises(throttle.TooManyFailures):
        throttle.begin("a", "n")
    pass_minutes(2)
    throttle.begin("a", "n")


def test_after_the_wait_one_try_is_heard_and_then_the_wait_begins_again():
    fail("a", "n", 5)
    pass_minutes(16)
    fail("a", "n")
    with pytest.raises(throttle.TooManyFailures):
        throttle.begin("a", "n")


def test_failures_of_three_hours_ago_count_no_more():
    fail("a", "n", 5)
    pass_hours(3)
    fail("a", "n", 5)


def test_a_success_forgives_what_the_account_failed_from_this_network():
    fail("a", "n", 4)
    throttle.succeeded(throttle.begin("a", "n"))
    fail("a", "n", 5)


def test_a_success_of_one_account_does_not_forgive_the_failures_of_another_on_the_network():
    fail("a", "n", 4)
    throttle.succeeded(throttle.begin("b", "n"))
    fail("a", "n")
    with pytest.raises(throttle.TooManyFailures):
        throttle.begin("a", "n")


def test_the_same_account_is_heard_from_another_network():
    fail("a", "n", 5)
    throttle.begin("a", "m")


def test_a_network_that_tries_out_names_is_stopped_for_all_names_for_a_short_time():
    for n in range(throttle.NETWORK_TRIES):
        fail(f"name {n}", "n")
    with pytest.raises(throttle.TooManyFailures) as refused:
        throttle.begin("another", "n")
    assert refused.value.seconds <= throttle.NETWORK_WAIT.total_seconds()


def test_an_account_tried_from_many_networks_is_stopped_for_strange_ones():
    for n in range(throttle.ANYWHERE_TRIES):
        fail("a", f"n{n}")
    with pytest.raises(throttle.TooManyFailures):
        throttle.begin("a", "new")


def test_it_is_not_stopped_where_the_person_is_signed_in_so_that_nobody_can_lock_them_out():
    for n in range(throttle.ANYWHERE_TRIES):
        fail("a", f"n{n}")
    throttle.begin("a", "home", at_home={"home"})


def test_old_counts_are_swept_away():
    fail("a", "n")
    pass_hours(24 * 8)
    assert throttle.forget_old() == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_an_address_belongs_to_a_network(address, network):
    assert throttle.network_of(address) == network


def test_the_sign_in_page_says_when_to_try_again(lanzhu, browser):
    client = browser()
    for _time in range(5):
        client.post("/account/login/", {"login": "wei", "password": "wrong"})
    answer = client.post("/account/login/", {"login": "wei", "password": PASSWORD})
    assert answer.status_code == 429
    assert "Please wait 15 min" in answer.content.decode()
    assert 800 < int(answer["Retry-After"]) <= 900


def test_the_address_and_the_user_name_of_a_person_are_counted_together(lanzhu, browser):
    lanzhu.wei.person.email = "wei@lanzhu.example"
    lanzhu.wei.person.save()
    client = browser()
    for n in range(5):
        client.post("/account/login/", {"login": ("wei", "wei@lanzhu.example")[n % 2], "password": "wrong"})
    assert client.post("/account/login/", {"login": "wei", "password": PASSWORD}).status_code == 429


def test_a_name_that_nobody_has_is_stopped_in_the_same_words(lanzhu, browser):
    client = browser()
    for _time in range(5):
        client.post("/account/login/", {"login": "nobody", "password": "wrong"})
    answer = client.post("/account/login/", {"login": "nobody", "password": "wrong"})
    assert (answer.status_code, "Please wait 15 min" in answer.content.decode()) == (429, True)
