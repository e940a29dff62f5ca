"""After a reset somebody else made, signing waits for a second person (law L10)."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail

from guiju.conftest import join, make_person
from guiju.organizations import identity, invitations
from guiju.organizations.models import Membership, Person
from guiju.organizations.tests.conftest import PASSWORD, factors_of, turn_on_factor
from guiju.spine.acts import Conflict, NotPermitted, Refused, act
from guiju.spine.jobs.worker import Work
from guiju.spine.signatures.services import prove
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db
NEW = "desk-lamp-and-square-7"
RESET = {"password1": NEW, "password2": NEW}


def membership_of(member):
    return Membership.objects.get(person=member.person)


def reset_by_code(lanzhu, browser, by=None):
    """Wei makes a code for Tang, who chooses a new password with it."""
    with act(lanzhu.organization, by or lanzhu.wei):
        _invitation, code = invitations.renew(membership_of(lanzhu.tang))
    assert browser().post(f"/invitation/{code}/", RESET).status_code == 302
    lanzhu.tang.person.refresh_from_db()


def test_a_reset_by_code_sets_the_password_ends_sessions_and_closes_signing(lanzhu, browser):
    before = browser("tang")
    reset_by_code(lanzhu, browser)
    assert before.get("/account/").status_code == 302
    assert browser("tang", NEW).get("/account/").status_code == 200
    assert lanzhu.tang.person.signing_closed_by_id == lanzhu.wei.id


def test_closed_signing_is_refused_with_a_sentence(lanzhu, browser):
    reset_by_code(lanzhu, browser)
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(Refused) as refused:
        prove(NEW, session={})
    assert "a second authorized person has confirmed" in str(refused.value)


def test_whoever_made_the_reset_cannot_confirm_it(lanzhu, browser):
    reset_by_code(lanzhu, browser)
    with act(lanzhu.organization, lanzhu.wei), pytest.raises(NotPermitted):
        identity.confirm(lanzhu.tang.person, prove(PASSWORD, session={}))


def test_a_letter_asked_for_afterwards_does_not_let_them_confirm_it_either(lanzhu, browser):
    with act(lanzhu.organization, lanzhu.wei):
        identity.change_email(lanzhu.tang.person, "mailbox.of.wei@lanzhu.example")
        identity.reset(lanzhu.tang.person, make_password(NEW), None)
        assert not identity.may_confirm(lanzhu.tang.person)


def test_two_do_not_reset_in_turn_and_confirm_each_other(lanzhu, browser):
    reset_by_code(lanzhu, browser)
    with act(lanzhu.organization, lanzhu.min), pytest.raises(Conflict):
        identity.reset_factors(lanzhu.tang.person)


def test_the_person_cannot_confirm_themselves(lanzhu, browser):
    hr = join(lanzhu.organization, make_person("hr", "HR"), "people.change", "people.confirm")
    with act(lanzhu.organization, lanzhu.wei):
        identity.reset_factors(hr.person)
    with act(lanzhu.organization, hr):
        assert not identity.may_confirm(hr.person)


def test_a_second_person_confirms_with_a_proof_of_their_own_and_signing_opens(lanzhu, browser):
    reset_by_code(lanzhu, browser)
    client = browser("min")
    page = f"/lanzhu/people/{lanzhu.tang.id}/"
    assert "Confirm that it is this person" in client.get(page).content.decode()
    assert client.post(f"{page}confirm/", {"password": "wrong"}).status_code == 422
    assert client.post(f"{page}confirm/", {"password": PASSWORD}).status_code == 302
    assert Person.objects.get(pk=lanzhu.tang.id).signing_closed_at is None
    assert [str(finding) for finding in verify()] == []


def test_the_page_offers_whoever_made_the_reset_no_confirmation(lanzhu, browser):
    reset_by_code(lanzhu, browser)
    page = browser("wei").get(f"/lanzhu/people/{lanzhu.tang.id}/").content.decode()
    assert "Signing is closed" in page
    assert "Confirm that it is this person" not in page


def test_without_the_right_nobody_confirms(lanzhu, browser):
    reset_by_code(lanzhu, browser)
    hr = join(lanzhu.organization, make_person("hr", "HR"), "people.view", "people.change")
    assert browser(hr).post(f"/lanzhu/people/{lanzhu.tang.id}/confirm/", {"password": PASSWORD}).status_code == 403


def test_taking_the_second_factor_off_closes_signing(lanzhu, browser):
    turn_on_factor(lanzhu.tang.person)
    assert browser("wei").post(f"/lanzhu/people/{lanzhu.tang.id}/factor/").status_code == 302
    assert factors_of(lanzhu.tang.person) == set()
    assert Person.objects.get(pk=lanzhu.tang.id).signing_closed_by_id == lanzhu.wei.id
    assert [str(finding) for finding in verify()] == []


def test_a_change_of_anothers_address_closes_signing(lanzhu, browser):
    form = {"name": "Tang Li", "name_zh": "唐丽", "position": "Tester", "email": "new@lanzhu.example"}
    assert browser("wei").post(f"/lanzhu/people/{lanzhu.tang.id}/change/", form).status_code == 302
    tang = Person.objects.get(pk=lanzhu.tang.id)
    assert (tang.email, tang.signing_closed_by_id) == ("new@lanzhu.example", lanzhu.wei.id)


def test_changing_ones_own_password_or_address_signed_in_closes_nothing(lanzhu, browser):
    client = browser("tang")
    client.post("/account/password/change/", {"oldpassword": PASSWORD} | RESET)
    assert client.post("/account/email/", {"email": "tang@lanzhu.example", "password": NEW}).status_code == 302
    tang = Person.objects.get(pk=lanzhu.tang.id)
    assert (tang.email, tang.signing_closed_at) == ("tang@lanzhu.example", None)


def test_ones_own_address_is_not_changed_without_the_password_or_to_anothers(lanzhu, browser):
    browser("wei").post("/account/email/", {"email": "wei@lanzhu.example", "password": PASSWORD})
    client = browser("tang")
    assert client.post("/account/email/", {"email": "t@lanzhu.example", "password": "wrong"}).status_code == 422
    answer = client.post("/account/email/", {"email": "WEI@lanzhu.example", "password": PASSWORD})
    assert "This address belongs to another account." in answer.content.decode()


def test_an_account_of_two_organizations_is_reset_by_neither(lanzhu, other, browser):
    join(other.organization, lanzhu.tang.person, "documents.view")
    with act(lanzhu.organization, lanzhu.wei):
        with pytest.raises(NotPermitted):
            invitations.renew(membership_of(lanzhu.tang))
        with pytest.raises(NotPermitted):
            identity.reset_factors(lanzhu.tang.person)
        with pytest.raises(NotPermitted):
            identity.change_email(lanzhu.tang.person, "x@lanzhu.example")


def forgotten(browser, settings, email):
    settings.EMAIL_URL = "smtp://mail.example"
    answer = browser().post("/account/password/reset/", {"email": email})
    Work(["notices"]).turn()
    return answer


@pytest.mark.django_db(transaction=True)
def test_a_forgotten_password_is_set_by_a_letter_and_closes_signing(lanzhu, browser, settings):
    browser("tang").post("/account/email/", {"email": "tang@lanzhu.example", "password": PASSWORD})
    forgotten(browser, settings, "Tang@lanzhu.example")
    path = re.search(r"http://localhost:8000(/account/password/reset/\S+)", mail.outbox[0].body)[1]
    assert browser().post(path, RESET).status_code == 302
    assert browser().post(path, RESET).status_code == 404
    tang = Person.objects.get(pk=lanzhu.tang.id)
    assert tang.check_password(NEW) and tang.signing_closed_at and tang.signing_closed_by_id is None
    with act(lanzhu.organization, lanzhu.wei):
        assert identity.may_confirm(tang)


@pytest.mark.django_db(transaction=True)
def test_asking_for_an_address_that_nobody_has_is_answered_alike_and_sends_nothing(lanzhu, browser, settings):
    answer = forgotten(browser, settings, "nobody@lanzhu.example")
    assert (answer.status_code, answer["Location"], mail.outbox) == (302, "/account/login/", [])


def test_letters_are_asked_for_five_times_only(lanzhu, browser, settings):
    settings.EMAIL_URL = "smtp://mail.example"
    client = browser()
    answers = [client.post("/account/password/reset/", {"email": "tang@lanzhu.example"}).status_code for _time in range(6)]
    assert answers == [302] * 5 + [429]


@pytest.mark.parametrize("key", ["x", "0" * 32 + "-abc", "龘-1", "00000000-0000-0000-0000-000000000000-x"])
def test_a_made_up_link_opens_nothing(lanzhu, browser, key):
    assert browser().get(f"/account/password/reset/{key}/").status_code == 404
