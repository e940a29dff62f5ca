"""Absences: who stands in, with whose rights, under whose name, and not against separation of duties."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from guiju.conftest import join, make_person
from guiju.lib.dates import show_date
from guiju.modules.documents.approval.guards import not_the_author
from guiju.organizations import deputies, tokens
from guiju.organizations.members import member, today_in
from guiju.organizations.models import Deputyship, Membership
from guiju.spine.acts import NotFound, NotPermitted, Refused, act, current, write
from guiju.spine.notices.models import Notice
from guiju.spine.trail.past import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def absent(lanzhu):
    """Wei is away this week; Tang stands in."""
    lanzhu.today = today_in(lanzhu.organization)
    with act(lanzhu.organization, lanzhu.wei):
        lanzhu.wei_in = Membership.objects.get(person=lanzhu.wei.person)
        lanzhu.tang_in = Membership.objects.get(person=lanzhu.tang.person)
        lanzhu.deputyship = deputies.name(lanzhu.wei_in, lanzhu.tang_in, lanzhu.today, lanzhu.today + timedelta(days=6))
    return lanzhu


def test_a_guest_stands_in_for_nobody(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        today = current().today()
        wei, guest = (Membership.objects.get(person=one.person) for one in (lanzhu.wei, lanzhu.tang))
        guest.expires_on = today + timedelta(days=90)
        guest.save()
        with pytest.raises(Refused, match="A guest stands in for nobody"):
            deputies.name(wei, guest, today, today + timedelta(days=6))


def tang_for_wei(absent, on=None):
    return member(absent.organization, absent.tang.person, on or absent.today, deputy_for=absent.wei.id)


def switched(browser, absent):
    client = browser("tang")
    client.post("/lanzhu/people/deputy/", {"person": str(absent.wei.id)})
    return client


def test_as_deputy_one_has_the_rights_of_the_absent(absent):
    assert tang_for_wei(absent).may("people.change")
    assert not member(absent.organization, absent.tang.person, absent.today).may("people.change")


def test_a_deputy_is_told_for_whom_and_from_when_until_when(absent):
    first, last = show_date(absent.today, "en"), show_date(absent.today + timedelta(days=6), "en")
    with act(absent.organization, absent.tang):
        (notice,) = Notice.objects.filter(person=absent.tang.id)
        assert str(notice) == f"You are deputy for Chen Wei 陈玮 from {first} until {last}."


def test_of_a_deputy_the_two_are_told_and_nobody_else(absent):
    with act(absent.organization, absent.min):  # who may administer people, as Wei may
        tang_and_wei = deputies.name(
            absent.wei_in, absent.tang_in, absent.today + timedelta(days=9), absent.today + timedelta(days=9)
        )
        told = Notice.objects.exclude(key__contains="%(until_on)s.", person=absent.tang.id)
        day = show_date(absent.today + timedelta(days=9), "en")
        assert [(one.person_id, str(one)) for one in told] == [
            (absent.wei.id, f"Tang Li 唐丽 is deputy for you from {day} until {day}.")
        ]
        deputies.end(tang_and_wei.pk)
        ended = Notice.objects.filter(key__contains="no longer")
        assert {one.person_id for one in ended} == {absent.wei.id, absent.tang.id}


def test_when_somebody_leaves_who_stood_in_or_was_stood_in_for_is_told(absent):
    with act(absent.organization, absent.min):
        write(lambda: deputies.end_all(absent.tang_in))
        (told,) = Notice.objects.filter(key__contains="no longer")
        assert (told.person_id, str(told)) == (absent.wei.id, "Tang Li 唐丽 is no longer deputy for you.")


def test_a_deputy_is_told_when_it_ends_early(absent):
    with act(absent.organization, absent.wei):
        deputies.end(absent.deputyship.pk)
        newest = Notice.objects.filter(person=absent.tang.id).order_by("-id").first()
        assert str(newest) == "You are no longer deputy for Chen Wei 陈玮."


def test_both_people_count_when_duties_are_separated(absent):
    assert tang_for_wei(absent).ids == {absent.tang.id, absent.wei.id}


def test_a_deputy_cannot_approve_what_the_absent_wrote(absent):
    written_by_wei = SimpleNamespace(
        newest=lambda: SimpleNamespace(author_id=absent.wei.id, one_person=lambda: False), author_id=absent.wei.id
    )
    with act(absent.organization, tang_for_wei(absent)):
        assert not_the_author(written_by_wei) is not None


def test_what_a_deputy_does_is_kept_as_done_for_the_absent(absent):
    with act(absent.organization, tang_for_wei(absent)):
        absent.tang_in.position = "Tester"
        absent.tang_in.save()
        newest = history("organizations.membership", absent.tang_in.pk)[0]
    assert (newest.actor, newest.on_behalf_of) == (absent.tang.id, absent.wei.id)


@pytest.mark.parametrize("days", [-1, 7])
def test_before_and_after_the_absence_nobody_stands_in(absent, days):
    acting = tang_for_wei(absent, absent.today + timedelta(days=days))
    assert (acting.deputy_for, acting.may("people.change")) == (None, False)


def test_ended_early_it_ends_at_once(absent, browser):
    client = switched(browser, absent)
    assert client.get("/lanzhu/people/").status_code == 200
    with act(absent.organization, absent.wei):
        deputies.end(absent.deputyship.pk)
    assert client.get("/lanzhu/people/").status_code == 403


def test_the_deputy_switches_and_each_page_says_so_until_they_switch_back(absent, browser):
    client = browser("tang")
    assert "Act as deputy for Chen Wei" in client.get("/lanzhu/people/absence/").content.decode()
    client = switched(browser, absent)
    page = client.get("/lanzhu/people/").content.decode()
    assert "You act as deputy for Chen Wei." in page
    client.post("/lanzhu/people/deputy/", {"person": ""})
    assert client.get("/lanzhu/people/").status_code == 403


def test_nobody_switches_to_a_person_who_has_not_named_them(absent, browser):
    assert browser("tang").post("/lanzhu/people/deputy/", {"person": str(absent.min.id)}).status_code == 422
    assert browser("min").post("/lanzhu/people/deputy/", {"person": "nonsense"}).status_code == 422


def test_a_deputy_makes_no_tokens_in_the_name_of_the_absent(absent):
    with act(absent.organization, tang_for_wei(absent)), pytest.raises(NotPermitted):
        tokens.make(current().actor, "x", ["*"])


def test_when_the_absent_leaves_nobody_stands_in_any_more(absent):
    with act(absent.organization, absent.min):
        row = Membership.locked(absent.wei_in.pk)
        row.active = False
        row.save()
    assert tang_for_wei(absent).deputy_for is None


def test_one_names_a_deputy_for_oneself_only_without_the_right_over_people(absent):
    with act(absent.organization, absent.tang):
        deputies.name(absent.tang_in, absent.wei_in, absent.today, absent.today)
        with pytest.raises(NotPermitted):
            deputies.name(absent.wei_in, absent.tang_in, absent.today, absent.today)


def test_nobody_puts_themselves_in_the_place_of_another(absent):
    with act(absent.organization, absent.min), pytest.raises(NotPermitted):
        deputies.name(absent.wei_in, Membership.objects.get(person=absent.min.person), absent.today, absent.today)


def test_the_absent_the_deputy_and_the_administrator_end_it_and_nobody_else(absent):
    li = join(absent.organization, make_person("li", "Li"), "documents.view")
    with act(absent.organization, li), pytest.raises(NotPermitted):
        deputies.end(absent.deputyship.pk)
    with act(absent.organization, absent.tang):
        assert deputies.end(absent.deputyship.pk).ended


def test_anothers_organizations_deputyship_is_not_there(absent, other):
    with act(other.organization, other.eve), pytest.raises(NotFound):
        deputies.end(absent.deputyship.pk)


@pytest.mark.parametrize(("first", "last"), [(3, 1), (-9, -2), (0, 400)])
def test_days_that_make_no_absence_are_refused(absent, first, last):
    day = absent.today
    with act(absent.organization, absent.wei), pytest.raises(Refused):
        deputies.name(absent.wei_in, absent.tang_in, day + timedelta(days=first), day + timedelta(days=last))


def test_nobody_is_their_own_deputy(absent):
    with act(absent.organization, absent.wei), pytest.raises(Refused):
        deputies.name(absent.wei_in, absent.wei_in, absent.today, absent.today)


def test_everybody_names_a_deputy_on_their_own_page(absent, browser):
    form = {"deputy": str(absent.min.id), "from_on": "2999-01-01", "until_on": "2999-01-05"}
    client = browser("tang")
    assert client.post("/lanzhu/people/absence/", form).status_code == 302
    assert "Zhou Min for Tang Li" in client.get("/lanzhu/people/absence/").content.decode()
    assert client.post("/lanzhu/people/absence/", form | {"until_on": "2998-01-01"}).status_code == 422


def test_a_deputyship_is_ended_on_the_page(absent, browser):
    browser("tang").post(f"/lanzhu/people/deputies/{absent.deputyship.pk}/end/")
    assert Deputyship.everywhere.get().ended
