"""Joining by a code on paper or by a letter."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from guiju.conftest import join, make_person
from guiju.organizations import invitations, services
from guiju.organizations.models import Invitation, Membership, Person, Role
from guiju.organizations.roles import set_up
from guiju.organizations.tests.conftest import PASSWORD
from guiju.spine.acts import NotFound, NotPermitted, Refused, act
from guiju.spine.jobs.worker import Work
from guiju.spine.trail.models import Payload
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db
NEW = "desk-lamp-and-square-7"
ACCEPT = {"username": "lin", "password1": NEW, "password2": NEW}


@pytest.fixture
def house(as_wei):
    set_up()
    return as_wei


def invited(**more):
    facts = {"username": "lin", "name": "Lin Tao", "roles": [Role.objects.get(key="contributor")]} | more
    return invitations.invite(**facts)


def test_a_code_has_ten_characters_that_are_not_mistaken_for_others():
    code = invitations.new_code()
    assert re.fullmatch("[2-9A-HJ-KM-NP-Z]{10}", code)
    assert invitations.in_groups("ABCDEFGHJK") == "ABCDE-FGHJK"


def test_the_invited_choose_user_name_and_password_and_are_in(house, browser):
    _invitation, code = invited()
    client = browser()
    answer = client.post(f"/invitation/{code}/", ACCEPT | {"username": "lintao"})
    assert answer["Location"] == "/lanzhu/"
    assert client.get("/lanzhu/people/absence/").status_code == 200
    assert Person.objects.get(username="lintao").check_password(NEW)


def test_a_code_is_understood_as_people_type_it(house, browser):
    _invitation, code = invited()
    answer = browser().post("/invitation/", {"code": f" {code[:5].lower()} - {code[5:].lower()} "})
    assert answer["Location"] == f"/invitation/{code}/"


def test_a_code_works_once(house, browser):
    _invitation, code = invited()
    browser().post(f"/invitation/{code}/", ACCEPT)
    answer = browser().post(f"/invitation/{code}/", ACCEPT)
    assert (answer.status_code, "not valid, or not any more" in answer.content.decode()) == (404, True)


def test_looking_at_the_page_does_not_use_the_code(house, browser):
    _invitation, code = invited()
    page = browser().get(f"/invitation/{code}/").content.decode()
    assert "Welcome, Lin Tao" in page and "Lanzhu" in page
    assert browser().post(f"/invitation/{code}/", ACCEPT).status_code == 302


def test_after_seven_days_a_code_works_no_more(house, browser):
    _invitation, code = invited()
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert browser().get(f"/invitation/{code}/").status_code == 404


def test_a_code_can_be_withdrawn_and_replaced(house):
    invitation, code = invited()
    assert invitations.withdraw(invitation.membership) == 1
    with pytest.raises(NotFound):
        invitations.find(code, "n")
    _second, renewed = invitations.renew(invitation.membership)
    assert invitations.find(renewed, "n").membership.person.username == "lin"


def test_a_new_code_makes_the_old_one_worthless(house):
    invitation, code = invited()
    invitations.renew(invitation.membership)
    with pytest.raises(NotFound):
        invitations.find(code, "n")


def test_the_code_itself_is_kept_nowhere(house):
    _invitation, code = invited()
    kept = str(list(Invitation.objects.values())) + str(list(Payload.everywhere.values_list("values", flat=True)))
    assert code not in kept


def test_codes_are_guessed_five_times_and_a_valid_one_does_not_buy_more(house):
    _invitation, code = invited()
    for _time in range(4):
        with pytest.raises(NotFound):
            invitations.find("WRONGWRONG", "n")
    invitations.find(code, "n")
    with pytest.raises(NotFound):
        invitations.find("WRONGWRONG", "n")
    with pytest.raises(Refused) as refused:
        invitations.find(code, "n")
    assert refused.value.status == 429


@pytest.mark.parametrize("code", ["%00", "..%2f", "龘", "A" * 500])
def test_bad_codes_are_answered_with_a_sentence(house, browser, code):
    assert browser().get(f"/invitation/{code}/").status_code in (404, 429)


def test_the_page_to_invite_shows_the_code_once_to_be_printed(house, browser):
    client = browser("wei")
    answer = client.post("/lanzhu/people/invite/", {"name": "Lin Tao", "roles": ["contributor"], "language": "zh-hans"})
    page = answer.content.decode()
    code = re.search(r'class="gj-code">([2-9A-Z]{5})-([2-9A-Z]{5})<', page)
    assert (answer.status_code, bool(code), "data:image/svg+xml" in page) == (200, True, True)
    lin = Person.objects.get(name="Lin Tao")
    assert code[1] not in client.get(f"/lanzhu/people/{lin.pk}/").content.decode()
    assert lin.username == "lintao"


@pytest.mark.django_db(transaction=True)
def test_with_an_address_the_worker_sends_a_letter_and_no_code_lies_in_the_queue(house, browser, settings):
    settings.EMAIL_URL = "smtp://mail.example"
    form = {"name": "Lin Tao", "email": "lin@lanzhu.example", "roles": ["contributor"], "language": "zh-hans"}
    assert browser("wei").post("/lanzhu/people/invite/", form).status_code == 302
    queued = str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    Work(["notices"]).turn()
    (letter,) = mail.outbox
    code = re.search(r"/invitation/([2-9A-Z]{10})/", letter.body)[1]
    assert letter.to == ["lin@lanzhu.example"]
    assert code not in queued
    assert browser().post(f"/invitation/{code}/", ACCEPT)["Location"] == "/lanzhu/"


def test_a_guest_needs_a_last_day(house, browser):
    answer = browser("wei").post("/lanzhu/people/invite/", {"name": "Gu", "roles": ["guest"], "language": "en"})
    assert (answer.status_code, "A guest has a last day." in answer.content.decode()) == (422, True)


def test_nobody_gives_a_role_with_more_rights_than_their_own(house):
    hr = join(house.organization, make_person("hr", "HR"), "people.invite", "documents.view")
    with act(house.organization, hr), pytest.raises(NotPermitted):
        invited(roles=[Role.objects.get(key="administrator")])


def test_whoever_may_not_invite_does_not(house):
    with act(house.organization, house.tang), pytest.raises(NotPermitted):
        invited()


@pytest.mark.parametrize("username", ["wei", "lin@lanzhu", "lin tao", ""])
def test_a_user_name_that_cannot_be_is_refused_and_nobody_is_made(house, username):
    with pytest.raises(Refused):
        invited(username=username)
    assert not Person.objects.filter(name="Lin Tao").exists()


def test_a_user_name_taken_meanwhile_is_refused_and_the_code_stays_good(house, browser):
    _invitation, code = invited()
    client = browser()
    answer = client.post(f"/invitation/{code}/", ACCEPT | {"username": "min"})
    assert (answer.status_code, "This user name is taken." in answer.content.decode()) == (422, True)
    assert client.post(f"/invitation/{code}/", ACCEPT).status_code == 302


def with_address(person, email="eve@elsewhere.example"):
    with act(None):
        row = Person.locked(person.pk)
        row.email = email
        row.save()
    return row


def test_whoever_has_an_account_signs_in_and_joins(house, other, browser):
    with_address(other.eve.person)
    _invitation, code = invited(username="", name="Eve", email="Eve@elsewhere.example")
    assert browser().get(f"/invitation/{code}/")["Location"].startswith("/account/login/")
    client = browser("eve")
    assert client.get("/lanzhu/people/absence/").status_code == 404
    assert "Join" in client.get(f"/invitation/{code}/").content.decode()
    assert client.post(f"/invitation/{code}/")["Location"] == "/lanzhu/"
    assert client.get("/lanzhu/people/absence/").status_code == 200


def test_the_holder_of_the_code_cannot_set_the_password_of_an_account_that_is_there(house, other, browser):
    with_address(other.eve.person)
    invitation, code = invited(username="", name="Eve", email="eve@elsewhere.example")
    with pytest.raises(NotPermitted):
        invitations.accept(invitations.find(code, "n"), password=NEW)
    assert browser("wei").post(f"/invitation/{code}/", ACCEPT).status_code == 403
    assert browser("eve", PASSWORD)
    assert not Membership.objects.get(pk=invitation.membership_id).active


def test_an_account_that_waits_for_another_organization_is_not_taken_over(house, other):
    with act(other.organization, other.eve):
        set_up()
        invitations.invite(username="new", name="New", email="new@elsewhere.example")
    _mine, code = invited(username="", name="New", email="new@elsewhere.example")
    assert invitations.has_account(invitations.find(code, "n"))


def test_after_all_this_the_trail_verifies(house, browser):
    invitation, code = invited()
    invitations.renew(invitation.membership)
    _second, code = invitations.renew(invitation.membership)
    browser().post(f"/invitation/{code}/", ACCEPT)
    assert [str(finding) for finding in verify()] == []


def test_a_member_is_not_invited_twice(house):
    with_address(house.min.person, "min@lanzhu.example")
    with pytest.raises(Refused) as refused:
        invited(username="", name="Min", email="min@lanzhu.example")
    assert "is a member already" in str(refused.value)


def test_who_was_added_without_a_password_waits(db):
    person = services.add_person("lin", "Lin Tao")
    assert not person.has_usable_password()
