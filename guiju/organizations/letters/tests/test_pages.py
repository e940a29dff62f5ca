"""Choosing one's letters, and saying that an address is right: the account's page, a person's page, the page of health."""

import re

import pytest
from django.test import Client

from guiju.conftest import join, make_person
from guiju.organizations.letters import boxes
from guiju.organizations.letters.models import Letterbox
from guiju.organizations.letters.tests.conftest import change
from guiju.project.checkup import work as checkup
from guiju.project.checkup.line import State
from guiju.spine.acts import act

pytestmark = pytest.mark.django_db
ONE_A_DAY = {"daily": "daily", "hour": "7", "at_once": "on"}


def signed_in(who) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who.person)
    return client


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def refused(house):
    with act(None):
        boxes.refuse(house.wei.person, "550 5.1.1 User <unknown>\nhere")
    return house


def test_at_first_one_gets_a_letter_a_day_at_seven_and_what_is_urgent_at_once(house):
    form = signed_in(house.wei).get("/account/").context["letters"]["form"]
    assert form.initial == {"daily": "daily", "hour": 7, "at_once": True}
    assert "Europe/Berlin" in form.fields["hour"].help_text


def test_one_chooses_ones_letters(house):
    client = signed_in(house.wei)
    answer = client.post("/account/letters/", {"daily": "none", "hour": "18"})
    assert answer.url == "/account/#letters"
    box = Letterbox.objects.get()
    assert (box.person, box.daily, box.hour, box.at_once) == (house.wei.person, False, 18, False)
    assert client.get("/account/").context["letters"]["form"].initial["daily"] == "none"


@pytest.mark.parametrize("other", [{"hour": "24"}, {"hour": "-1"}, {"hour": "x"}, {"daily": "yearly"}, {"daily": ""}])
def test_what_cannot_be_chosen_is_refused_on_the_page(house, other):
    answer = signed_in(house.wei).post("/account/letters/", ONE_A_DAY | other)
    assert answer.status_code == 422 and "Not saved yet" in words(answer)
    assert not Letterbox.objects.exists()


def test_a_choice_is_ones_own_and_needs_a_sign_in(house):
    assert Client().post("/account/letters/", ONE_A_DAY).url.startswith("/account/login/")
    assert not Letterbox.objects.exists()


def test_where_no_letters_are_sent_the_page_says_so(house, settings):
    settings.EMAIL_URL = ""
    assert "This installation sends no letters." in words(signed_in(house.wei).get("/account/"))


def test_without_an_address_the_page_says_so(house):
    change(house.wei.person, email="")
    assert "You have no address here" in words(signed_in(house.wei).get("/account/"))


def test_a_refused_address_is_said_with_the_servers_words(refused):
    shown = words(signed_in(refused.wei).get("/account/"))
    assert "a mail server refused wei@lanzhu.example" in shown
    assert "It said: 550 5.1.1 User &lt;unknown&gt; here" in shown


def test_the_person_says_that_the_address_is_right(refused):
    client = signed_in(refused.wei)
    assert client.post("/account/letters/address/").url == "/account/#letters"
    assert not boxes.is_refused(refused.wei.person, boxes.of(refused.wei.person))
    assert "was refused" not in words(client.get("/account/"))


def test_who_administers_people_sees_it_and_says_that_the_address_is_right(refused):
    client, page = signed_in(refused.min), f"/lanzhu/people/{refused.wei.id}/"
    assert "550 5.1.1 User &lt;unknown&gt; here" in words(client.get(page))
    assert client.post(f"{page}letters/").url == page
    assert client.get(page).context["address"] is None


def test_others_neither_see_it_nor_say_so(refused):
    reader = join(refused.organization, make_person("gu", "Gu Yi"), "people.view")
    client, page = signed_in(reader), f"/lanzhu/people/{refused.wei.id}/"
    assert "550 5.1.1" not in words(client.get(page))
    assert client.post(f"{page}letters/").status_code == 403
    assert boxes.of(refused.wei.person).refused_at


def test_no_administrator_of_another_organization_says_so(refused, other):
    assert signed_in(other.eve).post(f"/other/people/{refused.wei.id}/letters/").status_code == 404
    assert boxes.of(refused.wei.person).refused_at


def test_the_page_of_health_says_whose_address_was_refused(refused):
    with act(refused.organization, refused.min):
        line = checkup.addresses()
    assert (line.state, "Chen Wei" in line.says) == (State.LOOK, True)


def test_the_page_of_health_says_nothing_of_other_organizations_people(refused, other):
    with act(other.organization, other.eve):
        assert checkup.addresses().state is State.FINE


def test_the_page_of_health_forgets_an_address_that_was_changed(refused):
    change(refused.wei.person, email="chen@lanzhu.example")
    with act(refused.organization, refused.min):
        assert checkup.addresses().state is State.FINE
