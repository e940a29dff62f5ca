"""Roles as data: what they begin with, how they are tuned, and that somebody can always change them."""

import pytest

from guiju.conftest import make_person
from guiju.organizations import roles, services
from guiju.organizations.members import covers, member, people_who_may, today_in
from guiju.organizations.models import Grant, Membership, Role
from guiju.organizations.services import found
from guiju.spine.acts import Conflict, NotPermitted, Refused, act
from guiju.spine.trail.past import history
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db):
    """A new organization with its default roles and one administrator."""
    organization = found("bamboo", "Bamboo")
    person = make_person("ada", "Ada")
    with act(organization):
        services.join(person, ["administrator"])
    return organization, acting(organization, person)


def acting(organization, person):
    return member(organization, person, today_in(organization))


def test_a_new_organization_has_seven_roles_in_both_languages(house):
    with act(*house):
        named = [(role.key, role.name_zh) for role in roles.in_order()]
    assert named == [(default.key, default.name_zh) for default in roles.DEFAULTS]
    assert len(named) == 7


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        ("contributor", ["documents.view", "documents.comment", "documents.review"], ["documents.create", "people.view"]),
        ("process_owner", ["documents.approve", "processes.change"], ["documents.withdraw", "roles.change"]),
        ("quality_manager", ["documents.withdraw", "processes.create", "people.view", "trail.verify"], ["people.invite"]),
        ("auditor", ["documents.view", "processes.view", "trail.verify"], ["documents.review", "documents.change"]),
        ("top_management", ["documents.approve", "documents.review"], ["documents.change"]),
        ("administrator", ["people.confirm", "roles.change", "tokens.create"], ["documents.approve", "documents.review"]),
        ("guest", ["documents.view"], ["documents.comment", "people.view"]),
    ],
)
def test_a_default_role_includes_what_it_is_for_and_no_more(house, role, may, may_not):
    with act(*house):
        actions = Role.objects.get(key=role).actions
    assert [name for name in may if not covers(actions, name)] == []
    assert [name for name in may_not if covers(actions, name)] == []


def test_the_catalogue_names_the_actions_of_registers_and_those_of_the_house(house):
    with act(*house):
        names = {action.name for action in roles.catalogue()}
    assert {"documents.view", "documents.import", "documents.approve", "processes.change", "roles.change"} <= names


def test_a_change_of_a_role_is_on_the_trail_with_its_reason(house):
    with act(*house):
        guest = Role.objects.get(key="guest")
        roles.tune(guest, ["documents.view", "documents.comment"], reason="Visitors asked for it")
        newest = history("organizations.role", guest.pk)[0]
    assert (newest.action, newest.reason) == ("change", "Visitors asked for it")
    assert newest.state["actions"] == '["documents.comment","documents.view"]'
    assert [str(finding) for finding in verify()] == []


def test_a_change_of_a_role_works_at_once_for_whoever_has_it(house, browser):
    organization, ada = house
    eve = make_person("eve", "Eve")
    with act(organization, ada):
        services.join(eve, ["guest"])
    client = browser("eve")
    assert client.get("/bamboo/people/").status_code == 403
    with act(organization, ada):
        roles.tune(Role.objects.get(key="guest"), ["documents.view", "people.view"])
    assert client.get("/bamboo/people/").status_code == 200


def test_a_whole_subject_that_stays_whole_includes_what_a_later_release_adds(house):
    with act(*house):
        keeper = Role.objects.get(key="quality_manager")
        chosen = [action.name for action in roles.catalogue() if covers(keeper.actions, action.name)]
        roles.tune(keeper, [*chosen, "tokens.create"])
        assert "documents.*" in Role.objects.get(key="quality_manager").actions
        roles.tune(keeper, [name for name in chosen if name != "documents.withdraw"])
        actions = Role.objects.get(key="quality_manager").actions
    assert "documents.*" not in actions
    assert not covers(actions, "documents.withdraw")
    assert covers(actions, "documents.approve")


def test_the_last_role_with_it_cannot_lose_the_right_to_change_roles(house):
    with act(*house):
        with pytest.raises(Conflict) as refused:
            roles.tune(Role.objects.get(key="administrator"), ["people.view"])
        assert "Nobody could change roles any more" in str(refused.value)
        assert covers(Role.objects.get(key="administrator").actions, "roles.change")


def test_the_last_person_who_can_change_roles_cannot_lose_that(house):
    organization, ada = house
    with act(organization, ada):
        membership = Membership.objects.get(person=ada.person)
        with pytest.raises(Conflict):
            services.set_roles(membership, ["contributor"])
        with pytest.raises(Conflict):
            services.change_membership(membership, {"expires_on": today_in(organization).replace(year=2020)})


def test_somebody_invited_who_cannot_sign_in_yet_does_not_count_as_keeper(house):
    organization, ada = house
    waiting = services.add_person("waiting", "Waiting")
    with act(organization, ada):
        services.join(waiting, ["administrator"])
        with pytest.raises(Conflict):
            services.set_roles(Membership.objects.get(person=ada.person), ["contributor"])


def test_with_a_second_keeper_the_first_can_give_it_up(house):
    organization, ada = house
    with act(organization, ada):
        services.join(make_person("bea", "Bea"), ["administrator"])
        services.set_roles(Membership.objects.get(person=ada.person), ["contributor"])
        assert [person.username for person in people_who_may("roles.change")] == ["bea"]


def test_a_role_taken_back_and_given_again_is_one_grant(house):
    organization, ada = house
    with act(organization, ada):
        membership = services.join(make_person("bea", "Bea"), ["contributor"])
        services.set_roles(membership, [])
        services.set_roles(membership, ["contributor"])
        assert Grant.objects.filter(membership=membership).count() == 1
        assert [m.action for m in history("organizations.grant", Grant.objects.get(membership=membership).pk)] == [
            "grant",
            "take_back",
            "create",
        ]


def test_a_role_altered_behind_the_products_back_is_found(house):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE organizations_role SET actions = '[\"*\"]' WHERE key = 'guest'")
    assert any("actions" in str(finding) for finding in verify())


def test_only_whoever_has_the_right_changes_roles(lanzhu):
    with act(lanzhu.organization, lanzhu.tang):
        role = Role.objects.get(key="own-tang")
        with pytest.raises(NotPermitted):
            roles.tune(role, ["documents.view"])
        with pytest.raises(NotPermitted):
            roles.make("Own", "")
        with pytest.raises(NotPermitted):
            services.set_roles(Membership.objects.get(person=lanzhu.tang.person), [])


def test_an_unknown_right_is_refused(as_wei):
    with pytest.raises(Refused):
        roles.tune(Role.objects.get(key="own-tang"), ["documents.fly"])


def test_the_page_shows_roles_by_actions_and_tunes_them(house, browser):
    client = browser("ada")
    page = client.get("/bamboo/people/roles/").content.decode()
    assert "Quality manager" in page and "see the people and their roles" in page
    with act(*house):
        guest = Role.objects.get(key="guest")
    form = {"actions": ["documents.view", "documents.comment"], "reason": "So that visitors can ask"}
    assert client.post(f"/bamboo/people/roles/{guest.pk}/", form).status_code == 302
    assert "So that visitors can ask" in client.get(f"/bamboo/people/roles/{guest.pk}/").content.decode()


def test_the_page_says_why_the_last_right_stays(house, browser):
    with act(*house):
        role = Role.objects.get(key="administrator")
    answer = browser("ada").post(f"/bamboo/people/roles/{role.pk}/", {"actions": ["people.view"]})
    assert (answer.status_code, "Nobody could change roles any more" in answer.content.decode()) == (422, True)


def test_a_new_role_is_made_on_the_page(house, browser):
    client = browser("ada")
    assert client.post("/bamboo/people/roles/", {"name": "Calibrator", "name_zh": "校准员"}).status_code == 302
    assert client.post("/bamboo/people/roles/", {"name": "calibrator"}).status_code == 422
