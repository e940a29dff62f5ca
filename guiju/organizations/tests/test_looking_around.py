"""What a visitor meets: the language they read in, the zones on offer, whom to ask for a right."""

from zoneinfo import available_timezones

import pytest

from guiju.conftest import make_person
from guiju.organizations import services
from guiju.organizations.forms.account import ZoneField
from guiju.organizations.models import Person
from guiju.spine.acts import act

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(settings):
    """A demonstration's organization, with one person who reads Chinese."""
    settings.DEMO = True
    made = services.found("sample", "Sample", sample=True)
    with act(made):
        services.join(make_person("sam", "Sample Sam", language="zh-hans"), ["quality_manager"])
    return made


def test_a_visitor_of_a_demonstration_goes_on_in_the_language_of_the_door(sample, browser):
    client = browser()
    client.post("/demo/sign-in/", {"username": "sam"})
    assert client.get("/sample/people/absence/")["Content-Language"] == "en"


def test_a_visitor_who_turns_to_another_language_leaves_the_person_as_it_was(sample, browser):
    client = browser()
    client.post("/demo/sign-in/", {"username": "sam"})
    client.post("/language/", {"language": "zh-hans"})
    client.post("/language/", {"language": "en"})
    assert client.get("/sample/people/absence/")["Content-Language"] == "en"
    assert Person.objects.get(username="sam").language == "zh-hans"


def test_present_zones_are_offered_with_their_offset_and_former_ones_are_not():
    offered = dict(ZoneField().choices)
    assert offered["Asia/Shanghai"] == "Asia/Shanghai (UTC+08:00)"
    assert offered["UTC"] == "UTC"
    assert not {"Asia/Calcutta", "Europe/Kiev", "US/Eastern", "Asia/Chongqing"} & set(offered)
    assert set(offered) <= available_timezones()


def test_a_former_zone_is_still_taken_and_offered_where_it_is_kept():
    assert ZoneField().clean("Asia/Calcutta") == "Asia/Calcutta"
    assert "Asia/Calcutta" in dict(ZoneField(present="Asia/Calcutta").choices)


def test_who_may_not_is_told_who_administers_roles(lanzhu, browser):
    refusal = browser("tang").get("/lanzhu/people/settings/")
    assert refusal.status_code == 403
    assert "Chen Wei, Zhou Min administer roles here." in refusal.content.decode()
