"""The pages of people and accounts: what they show, to whom, and in how many statements."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from guiju.conftest import join, make_person
from guiju.organizations import deputies, services
from guiju.organizations.frame import frame_people
from guiju.organizations.members import today_in
from guiju.organizations.models import Department, Membership, Organization, Person, Site
from guiju.organizations.parameters import parameter
from guiju.organizations.roles import set_up
from guiju.spine.acts import act

pytestmark = pytest.mark.django_db
PAGES = ["", "invite/", "absence/", "roles/", "sites/", "sites/new/", "departments/", "departments/new/", "settings/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_page_opens_for_whoever_has_the_right(lanzhu, browser, page, language):
    client = browser("wei")
    client.post("/language/", {"language": language})
    answer = client.get(f"/lanzhu/people/{page}")
    assert answer.status_code == 200
    assert answer["Content-Language"] == {"en": "en", "zh-hans": "zh-Hans"}[language]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "absence/"])
def test_each_page_is_closed_to_whoever_has_not(lanzhu, browser, page):
    assert browser("tang").get(f"/lanzhu/people/{page}").status_code == 403


@pytest.mark.parametrize("page", ["", "roles/", "settings/"])
def test_another_organizations_pages_are_not_there(lanzhu, other, browser, page):
    assert browser("wei").get(f"/other/people/{page}").status_code == 404


def test_another_organizations_people_are_not_there(lanzhu, other, browser):
    client = browser("wei")
    for rest in ("", "change/", "deactivate/"):
        assert client.get(f"/lanzhu/people/{other.eve.id}/{rest}").status_code == 404
    for rest in ("roles/", "code/", "factor/", "confirm/", "reactivate/", "deputy/"):
        assert client.post(f"/lanzhu/people/{other.eve.id}/{rest}").status_code == 404


def test_who_and_where_takes_four_statements_and_one_more_for_a_deputy(lanzhu, browser, django_assert_num_queries):
    client = browser("tang")
    sent_on = "/lanzhu/people/?as_of=2020-01-01"  # these pages show the present: nothing but who and where is asked
    client.get(sent_on)
    with django_assert_num_queries(4):
        assert client.get(sent_on).status_code == 302
    today = today_in(lanzhu.organization)
    with act(lanzhu.organization, lanzhu.wei):
        absent, deputy = (Membership.objects.get(person=one.person) for one in (lanzhu.wei, lanzhu.tang))
        deputies.name(absent, deputy, today, today)
    client.post("/lanzhu/people/deputy/", {"person": str(lanzhu.wei.id)})
    with django_assert_num_queries(5):
        client.get(sent_on)


def test_the_list_names_people_roles_and_how_they_stand(lanzhu, browser):
    page = browser("wei").get("/lanzhu/people/").content.decode()
    assert "Chen Wei" in page and "3 people" in page


@pytest.mark.parametrize(
    ("q", "count"), [("周敏", "1 person"), ("CHEN", "1 person"), ("tang", "1 person"), ("%", "0 people"), ("\x00", "3 people")]
)
def test_people_are_found_by_either_name_or_user_name(lanzhu, browser, q, count):
    assert count in browser("wei").get("/lanzhu/people/", {"q": q}).content.decode()


def test_more_than_fifty_people_are_shown_page_by_page(lanzhu, browser):
    for n in range(50):
        join(lanzhu.organization, make_person(f"p{n:02}", f"Person {n:02}"), "documents.view")
    client = browser("wei")
    assert 'rel="next"' in client.get("/lanzhu/people/").content.decode()
    last = client.get("/lanzhu/people/?page=2").content.decode()
    assert 'rel="prev"' in last and "Zhou Min" in last


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=x", "page=99999", "view=nonsense", "page=１"])
def test_a_nonsense_query_shows_the_list_all_the_same(lanzhu, browser, query):
    assert browser("wei").get(f"/lanzhu/people/?{query}").status_code == 200


def test_roles_are_given_on_the_persons_page_and_hold_at_once(lanzhu, browser):
    with act(lanzhu.organization, lanzhu.wei):
        set_up()
    tang = browser("tang")
    assert tang.get("/lanzhu/people/").status_code == 403
    client = browser("wei")
    assert client.post(f"/lanzhu/people/{lanzhu.tang.id}/roles/", {"roles": ["quality_manager"]}).status_code == 302
    assert tang.get("/lanzhu/people/").status_code == 200
    assert "gave the role Quality manager." in client.get(f"/lanzhu/people/{lanzhu.tang.id}/").content.decode()


def test_a_person_is_placed_in_the_organization(lanzhu, browser):
    with act(lanzhu.organization, lanzhu.wei):
        Department(name="Testing").save()
        department = Department.objects.get()
    form = {"name": "Tang Li", "name_zh": "唐丽", "position": "Tester", "department": str(department.pk), "top_management": "on"}
    browser("wei").post(f"/lanzhu/people/{lanzhu.tang.id}/change/", form)
    row = Membership.everywhere.get(person=lanzhu.tang.person)
    assert (row.position, row.department_id, row.top_management) == ("Tester", department.pk, True)


def test_anothers_organizations_department_cannot_be_chosen(lanzhu, other, browser):
    with act(other.organization, other.eve):
        theirs = Department(name="Theirs")
        theirs.save()
    answer = browser("wei").post(f"/lanzhu/people/{lanzhu.tang.id}/change/", {"department": str(theirs.pk)})
    assert answer.status_code == 422


def test_a_guest_whose_last_day_has_passed_is_out(lanzhu, browser):
    client = browser("tang")
    assert client.get("/lanzhu/people/absence/").status_code == 200
    with act(lanzhu.organization, lanzhu.wei):
        row = Membership.objects.get(person=lanzhu.tang.person)
        row.expires_on = "2020-01-01"
        row.save()
    assert client.get("/lanzhu/people/absence/").status_code == 404


def test_sites_and_departments_are_kept(lanzhu, browser):
    client = browser("wei")
    assert client.post("/lanzhu/people/sites/new/", {"name": "Shenzhen", "time_zone": "Asia/Shanghai"}).status_code == 302
    assert client.post("/lanzhu/people/departments/new/", {"name": "Testing"}).status_code == 302
    answer = client.post("/lanzhu/people/departments/new/", {"name": "Testing"})
    assert (answer.status_code, "There is one of this name already." in answer.content.decode()) == (422, True)
    assert (Site.everywhere.get().name, Department.everywhere.get().name) == ("Shenzhen", "Testing")


def test_a_department_is_not_part_of_itself(lanzhu, browser):
    client = browser("wei")
    client.post("/lanzhu/people/departments/new/", {"name": "Testing"})
    pk = Department.everywhere.get().pk
    assert client.post(f"/lanzhu/people/departments/{pk}/", {"name": "Testing", "parent": str(pk)}).status_code == 422


def test_the_settings_of_the_organization_are_kept(lanzhu, browser):
    form = {"name": "Lanzhu Lighting", "time_zone": "Asia/Shanghai", "language": "zh-hans", "idle_minutes": "15"}
    assert browser("wei").post("/lanzhu/people/settings/", form).status_code == 302
    assert Organization.objects.get(slug="lanzhu").name == "Lanzhu Lighting"
    with act(lanzhu.organization, lanzhu.wei):
        assert parameter("idle_minutes", None) == 15


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Base"}, {"name": ""}, {"idle_minutes": "0"}, {"name": "x\x00"}, {"name": "龘" * 201}]
)
def test_settings_that_cannot_be_meant_come_back(lanzhu, browser, wrong):
    form = {"name": "Lanzhu", "time_zone": "Asia/Shanghai", "language": "en"} | wrong
    assert browser("wei").post("/lanzhu/people/settings/", form).status_code == 422


def test_people_pages_show_the_present_only(lanzhu, browser):
    assert browser("wei").get("/lanzhu/people/?as_of=2020-01-01T12:00")["Location"] == "/lanzhu/people/"


@pytest.mark.parametrize("instant", ["yesterday", "2026-13-01", "9999-99-99T99:99", "0001-01-01T00:00"])
def test_an_instant_that_is_none_is_refused_with_a_sentence(lanzhu, browser, instant):
    answer = browser("wei").get("/lanzhu/people/", {"as_of": instant})
    assert answer.status_code in (302, 422)


def test_the_profile_is_changed_by_oneself_and_the_name_is_not(lanzhu, browser):
    form = {"name": "Wei Chen", "name_zh": "陈玮", "language": "zh-hans", "time_zone": "Asia/Shanghai", "theme": "dark"}
    assert browser("wei").post("/account/profile/", form).status_code == 302
    person = Person.objects.get(username="wei")
    assert (person.name, person.language, person.time_zone, person.theme) == ("Chen Wei", "zh-hans", "Asia/Shanghai", "dark")


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Base"}, {"theme": "pink"}, {"language": "xx"}])
def test_a_profile_that_cannot_be_comes_back(lanzhu, browser, wrong):
    form = {"language": "en", "time_zone": "", "theme": ""} | wrong
    assert browser("wei").post("/account/profile/", form).status_code == 422


def test_language_and_theme_are_the_persons_own_and_outside_the_browsers(lanzhu, browser):
    client = browser("wei")
    answer = client.post("/language/", {"language": "zh-hans", "next": "/lanzhu/people/"})
    assert answer["Location"] == "/lanzhu/people/"
    client.post("/theme/", {"theme": "dark"})
    person = Person.objects.get(username="wei")
    assert (person.language, person.theme) == ("zh-hans", "dark")
    stranger = browser()
    stranger.post("/language/", {"language": "zh-hans"})
    stranger.post("/theme/", {"theme": "dark"})
    page = stranger.get("/account/login/").content.decode()
    assert 'lang="zh-CN"' in page and 'data-bs-theme="dark"' in page


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_choice_of_language_leads_to_no_other_site(lanzhu, browser, where):
    assert browser().post("/language/", {"language": "en", "next": where})["Location"] == "/"


def test_a_language_that_is_not_there_is_refused(lanzhu, browser):
    client = browser("wei")
    client.post("/language/", {"language": "xx"})
    assert Person.objects.get(username="wei").language == "en"


def test_the_first_page_leads_to_the_only_organization_or_lets_one_choose(lanzhu, other, browser):
    assert browser().get("/")["Location"] == "/account/login/"
    assert browser("tang").get("/")["Location"] == "/lanzhu/"
    join(other.organization, lanzhu.wei.person, "documents.view")
    page = browser("wei").get("/").content.decode()
    assert 'href="/lanzhu/"' in page and 'href="/other/"' in page
    make_person("alone", "Alone")
    assert "No organization has you as a member" in browser("alone").get("/").content.decode()


def test_a_demonstration_lets_one_be_a_sample_person_and_nobody_else(lanzhu, browser, settings):
    sample = make_sample()
    settings.DEMO = True
    page = browser().get("/account/login/").content.decode()
    assert "Look around as someone" in page and "Sample Sam" in page and "Chen Wei" not in page
    client = browser()
    assert client.post("/demo/sign-in/", {"username": "sam"})["Location"] == f"/{sample.slug}/"
    assert client.get(f"/{sample.slug}/people/absence/").status_code == 200
    assert browser().post("/demo/sign-in/", {"username": "wei"}).status_code == 404


def test_outside_a_demonstration_nobody_comes_in_without_a_password(lanzhu, browser):
    make_sample()
    assert browser().post("/demo/sign-in/", {"username": "sam"}).status_code == 404
    assert "Look around" not in browser().get("/account/login/").content.decode()


def make_sample():
    sample = services.found("sample", "Sample", sample=True)
    with act(sample):
        services.join(make_person("sam", "Sample Sam"), ["quality_manager"])
    return sample


def test_the_frame_of_a_stranger_knows_nobody(db, rf: RequestFactory):
    request = rf.get("/")
    request.user = AnonymousUser()
    frame = frame_people(request)
    assert (frame["person"], frame["theme"]) == (None, "")
