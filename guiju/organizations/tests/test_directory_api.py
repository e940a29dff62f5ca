"""The organization by the API: what records name by ids has names there, for whoever may see people."""

import pytest

from guiju.organizations.models import Department, Membership, Role, Site
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program


@pytest.fixture
def wei(lanzhu) -> Program:
    return Program(lanzhu.wei)


def test_members_are_listed_with_what_records_name_them_by(wei, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        hall = Department(name="Hall", name_zh="车间")
        hall.save()
        row = Membership.objects.get(person=lanzhu.tang.person)
        row.position, row.position_zh, row.department = "Fitter", "钳工", hall
        row.save()
        role = Role.objects.get(key="own-tang")
    found = {one["username"]: one for one in wei.get("people/").json()["items"]}
    assert set(found) == {"wei", "min", "tang"}
    assert found["tang"] == {
        "id": str(lanzhu.tang.id),
        "username": "tang",
        "name": "Tang Li",
        "name_zh": "唐丽",
        "position": "Fitter",
        "position_zh": "钳工",
        "department": str(hall.pk),
        "site": None,
        "roles": [str(role.pk)],
        "expires_on": None,
        "active": True,
    }
    assert wei.get(f"people/{lanzhu.tang.id}/").json() == found["tang"]


def test_who_has_left_is_still_named(wei, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        row = Membership.objects.get(person=lanzhu.tang.person)
        row.active = False
        row.save()
    assert not wei.get(f"people/{lanzhu.tang.id}/").json()["active"]
    names = {view: [one["username"] for one in wei.get(f"people/?view={view}").json()["items"]] for view in ("past", "active")}
    assert names == {"past": ["tang"], "active": ["min", "wei"]}


def test_members_are_found_by_a_part_of_the_name_and_read_in_pages(wei):
    assert [one["username"] for one in wei.get("people/?q=周").json()["items"]] == ["min"]
    first = wei.get("people/?limit=2").json()
    rest = wei.get(f"people/?limit=2&after={first['next']}").json()
    assert ([one["username"] for one in first["items"] + rest["items"]], rest["next"]) == (["tang", "min", "wei"], None)
    for query in ("view=old", "after=x", "limit=0", "colour=red", "q=%00"):
        assert wei.get(f"people/?{query}").status_code == 422


def test_departments_sites_and_roles_have_names(wei, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        site = Site(name="Works", name_zh="工厂", time_zone="Asia/Shanghai")
        site.save()
        house = Department(name="House")
        house.save()
        hall = Department(name="Hall", site=site, parent=house, closed=True)
        hall.save()
    (one,) = wei.get("sites/").json()["items"]
    assert one == {"id": str(site.pk), "name": "Works", "name_zh": "工厂", "time_zone": "Asia/Shanghai", "closed": False}
    first, second = wei.get("departments/").json()["items"]
    assert (first["name"], first["site"], first["parent"], first["closed"]) == ("Hall", str(site.pk), str(house.pk), True)
    assert (second["name"], second["parent"], wei.get("departments/?limit=1").json()["next"]) == ("House", None, first["id"])
    assert {one["key"] for one in wei.get("roles/").json()["items"]} == {"own-wei", "own-min", "own-tang"}


def test_a_token_can_be_made_for_it_alone(lanzhu):
    program = Program(lanzhu.wei, "people.view")
    assert (program.get("people/").status_code, program.get("documents/").status_code) == (200, 403)


def test_only_whoever_may_see_people_reads_it(lanzhu, other):
    for program, status in (
        (Program(lanzhu.tang), 403),
        (Program(lanzhu.wei, "documents.view"), 403),
        (Program(other.eve, slug="lanzhu"), 404),
    ):
        for path in ("people/", f"people/{lanzhu.wei.id}/", "departments/", "sites/", "roles/"):
            assert program.get(path).status_code == status


def test_of_another_organization_nobody_is_there(lanzhu, other):
    eve = Program(other.eve)
    assert [one["username"] for one in eve.get("people/").json()["items"]] == ["eve"]
    assert eve.get(f"people/{lanzhu.wei.id}/").status_code == 404
