"""Passkeys: added, used to sign in, as the second factor and to sign, removed, and found when changed in the database."""

import json

import pytest
from allauth.mfa.models import Authenticator

from guiju.organizations import accounts, identity, passkeys
from guiju.organizations.models import Person
from guiju.organizations.tests.conftest import PASSWORD, factors_of, turn_on_factor
from guiju.organizations.tests.device import Device, add, asked, sign_in
from guiju.spine.acts import Refused, act
from guiju.spine.signatures.models import Method
from guiju.spine.signatures.services import prove
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def wei(lanzhu, browser):
    return browser("wei")


def findings():
    return [f"{finding.part}: {finding.says}" for finding in verify()]


def last(action):
    """What the last entry of an action says, ordinary and personal."""
    entry = Entry.everywhere.filter(action=action).order_by("-sequence").first()
    if entry is None:
        return None
    said = Payload.everywhere.filter(entry=entry).values_list("values", flat=True)
    return {name: value for text in said for name, value in json.loads(text or "{}").items()}


def test_it_is_added_after_the_password_was_asked_again(wei):
    assert wei.get("/account/passkeys/new/")["Location"].startswith("/account/again/")
    assert wei.post("/account/passkeys/ask/add/").status_code == 403


def test_it_is_listed_by_its_name_and_is_on_the_trail(lanzhu, wei):
    add(wei, PASSWORD, "Wei's laptop")
    assert factors_of(lanzhu.wei.person) == {"webauthn", "recovery_codes"}
    assert "Wei&#x27;s laptop" in wei.get("/account/factor/").content.decode()
    assert "not used yet" in wei.get("/account/factor/").content.decode()
    assert last("add_passkey")["@name"] == "Wei's laptop"
    assert findings() == []


def test_the_trail_keeps_nothing_of_the_key(wei):
    device = add(wei, PASSWORD)
    kept = Authenticator.objects.get(type="webauthn").data["credential"]
    everything = "".join(filter(None, Payload.everywhere.values_list("values", flat=True)))
    assert kept["response"]["attestationObject"] not in everything
    assert kept["id"] not in everything
    assert device.user.decode() == Authenticator.objects.get(type="webauthn").user_id.hex


def test_it_signs_in_without_a_password(lanzhu, wei, browser):
    device, other = add(wei, PASSWORD), browser()
    assert sign_in(other, device)["Location"] == "/"
    assert other.get("/lanzhu/people/").status_code == 200
    assert last("sign_in")["@by"] == "passkey"
    assert "last used" in other.get("/account/factor/").content.decode()
    assert findings() == []


def test_one_goes_on_to_where_one_wanted_to(wei, browser):
    device, other = add(wei, PASSWORD), browser()
    sent = {"credential": device.use(asked(other, "sign-in")), "next": "/lanzhu/people/"}
    assert other.post("/account/login/passkey/", sent)["Location"] == "/lanzhu/people/"


def test_beside_a_password_it_is_the_second_factor(wei, browser):
    device, other = add(wei, PASSWORD), browser()
    assert other.post("/account/login/", {"login": "wei", "password": PASSWORD})["Location"] == "/account/login/code/"
    assert "Use your passkey" in other.get("/account/login/code/").content.decode()
    answer = other.post("/account/login/code/", {"credential": device.use(asked(other, "second"))})
    assert answer["Location"] == "/"
    assert last("sign_in")["@by"] == "password, passkey"


def test_where_there_is_only_a_passkey_a_recovery_code_does_too(wei, browser):
    add(wei, PASSWORD)
    code = wei.get("/account/factor/codes/download/").content.decode().split()[-1]
    other = browser()
    other.post("/account/login/", {"login": "wei", "password": PASSWORD})
    assert other.post("/account/login/code/", {"code": code}).status_code == 302
    assert last("sign_in")["@by"] == "password, code"


def refused(answer):
    return answer.status_code == 422 and "not known here" in answer.content.decode()


def test_an_unknown_one_is_refused_and_that_is_on_the_trail(lanzhu, browser):
    client, stranger = browser(), Device()
    stranger.user = b"0" * 32
    assert refused(sign_in(client, stranger))
    assert last("fail_passkey") is not None


def test_one_that_only_claims_to_be_somebodys_is_refused(lanzhu, wei, browser):
    forged = Device()
    forged.user = add(wei, PASSWORD).user
    client = browser()
    assert refused(sign_in(client, forged))
    assert Entry.everywhere.get(action="fail_passkey").record == lanzhu.wei.id


@pytest.mark.parametrize("wrong", ["unverified", "elsewhere", "another host", "challenge"])
def test_an_answer_that_does_not_fit_is_refused(wei, browser, wrong):
    device, client = add(wei, PASSWORD), browser()
    challenge = asked(client, "sign-in")
    if wrong == "unverified":
        device.verifies = False
    elif wrong == "elsewhere":
        device.origin = "https://guiju.example"
    elif wrong == "another host":
        device.host = "guiju.example"
    else:
        asked(client, "sign-in")
    assert refused(client.post("/account/login/passkey/", {"credential": device.use(challenge)}))


def test_an_answer_is_good_once_and_for_what_was_asked(wei, browser):
    device, client = add(wei, PASSWORD), browser()
    answer = device.use(asked(client, "sign-in"))
    assert client.post("/account/login/passkey/", {"credential": answer}).status_code == 302
    client.post("/account/logout/")
    assert refused(client.post("/account/login/passkey/", {"credential": answer}))
    again = device.use(asked(wei, "again"))
    wei.post("/account/logout/")
    assert refused(wei.post("/account/login/passkey/", {"credential": again}))


def test_an_answer_that_came_too_late_is_refused(wei, browser, monkeypatch):
    device, client = add(wei, PASSWORD), browser()
    challenge = asked(client, "sign-in")
    monkeypatch.setattr(passkeys, "FRESH", -1)
    assert refused(client.post("/account/login/passkey/", {"credential": device.use(challenge)}))


def test_a_device_that_counts_and_was_copied_is_found(wei, browser):
    device = add(wei, PASSWORD)
    device.count = 7
    assert sign_in(browser(), device).status_code == 302
    device.count = 6
    assert refused(sign_in(browser(), device))
    assert findings() == []


NONSENSE = [
    *("", "x", "[]", "{}", "null", "[" * 5000, "{" + "x" * 30_000),
    '{"response":1}',
    '{"id":"\\ud800","response":{"userHandle":"eA"}}',
]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=range(len(NONSENSE)))
def test_what_is_no_answer_is_refused(wei, browser, nonsense):
    client = browser()
    asked(client, "sign-in")
    assert client.post("/account/login/passkey/", {"credential": nonsense}).status_code == 422
    wei.post("/account/again/?next=/account/passkeys/new/", {"password": PASSWORD})
    asked(wei, "add")
    assert wei.post("/account/passkeys/new/", {"name": "x", "credential": nonsense}).status_code == 422


def test_five_wrong_answers_make_one_wait_there_and_nobody_elsewhere(wei, browser):
    device, forged = add(wei, PASSWORD), Device()
    forged.user = device.user
    for _time in range(5):
        assert refused(sign_in(browser(), forged))
    answer = sign_in(browser(), device)
    assert (answer.status_code, "Please wait 15 min" in answer.content.decode()) == (429, True)
    assert answer["Retry-After"]
    assert sign_in(browser(address="198.51.100.9"), device).status_code == 302


def test_whoever_is_deactivated_does_not_get_in(lanzhu, wei, browser):
    device = add(wei, PASSWORD)
    with act(lanzhu.organization, lanzhu.min):
        accounts.change(lanzhu.wei.person, {"is_active": False}, action="change")
    assert refused(sign_in(browser(), device))


def test_the_same_one_is_not_added_twice_nor_one_that_does_not_verify(wei):
    device = add(wei, PASSWORD)
    assert wei.post("/account/passkeys/new/", {"name": "x", "credential": device.make(asked(wei, "add"))}).status_code == 422
    careless = Device()
    careless.verifies = False
    assert wei.post("/account/passkeys/new/", {"name": "x", "credential": careless.make(asked(wei, "add"))}).status_code == 422


def test_removed_it_is_gone_with_the_recovery_codes_and_the_trail_says_so(lanzhu, wei, browser):
    device = add(wei, PASSWORD, "Old phone")
    key = Authenticator.objects.get(type="webauthn").pk
    assert wei.post(f"/account/passkeys/{key}/remove/")["Location"] == "/account/factor/"
    assert factors_of(lanzhu.wei.person) == set()
    assert last("remove_passkey")["@name"] == "Old phone"
    assert refused(sign_in(browser(), device))
    assert findings() == []


def test_anothers_is_not_removed(lanzhu, wei, browser):
    add(wei, PASSWORD)
    key = Authenticator.objects.get(type="webauthn").pk
    other = browser("min")
    other.post("/account/again/?next=/account/", {"password": PASSWORD})
    assert other.post(f"/account/passkeys/{key}/remove/").status_code == 404


def test_of_two_one_is_removed_and_the_other_stays(lanzhu, wei, browser):
    first, second = add(wei, PASSWORD, "one"), add(wei, PASSWORD, "two")
    wei.post(f"/account/passkeys/{Authenticator.objects.filter(type='webauthn').earliest('pk').pk}/remove/")
    assert refused(sign_in(browser(), first))
    assert sign_in(browser(), second).status_code == 302
    assert findings() == []


def test_changed_added_or_removed_behind_the_products_back_is_found(lanzhu, wei):
    add(wei, PASSWORD, "one")
    row = Authenticator.objects.get(type="webauthn")
    other = Authenticator.objects.create(user=row.user, type="webauthn", data=row.data | {"name": "thief's"})
    assert findings() == ["webauthn: is not the one that was set up"]
    other.delete()
    assert findings() == []
    row.delete()
    assert findings() == ["webauthn: is gone, though no entry says so"]


def test_taken_off_by_an_administrator_signing_is_closed(lanzhu, browser):
    device = add(browser("min"), PASSWORD)
    with act(lanzhu.organization, lanzhu.wei):
        identity.reset_factors(lanzhu.min.person)
    assert factors_of(lanzhu.min.person) == set()
    assert Person.objects.get(pk=lanzhu.min.id).signing_closed_at is not None
    assert refused(sign_in(browser(), device))
    assert findings() == []


def test_where_browsers_allow_none_the_door_does_not_offer_it(browser, wei, settings):
    assert "data-passkey-part" in browser().get("/account/login/").content.decode()
    settings.BASE_URL = "http://192.0.2.1:8000"
    assert "data-passkey" not in browser().get("/account/login/").content.decode()
    assert browser().post("/account/passkeys/ask/sign-in/").status_code == 404
    assert "browsers allow no passkeys" in wei.get("/account/factor/").content.decode()


def test_a_challenge_is_given_to_whoever_may_ask(browser):
    for purpose, status in {"sign-in": 200, "second": 403, "again": 403, "sign": 403, "add": 403, "other": 404}.items():
        assert browser().post(f"/account/passkeys/ask/{purpose}/").status_code == status
    assert browser().get("/account/passkeys/ask/sign-in/").status_code == 405


# Signing with it (law L10)


def signing(person, session, device):
    return device.use(passkeys.to_use(passkeys.SIGN, session, person))


def test_it_signs_in_place_of_password_and_code(as_wei, wei):
    device, person = add(wei, PASSWORD), as_wei.wei.person
    turn_on_factor(person)
    session = {}
    proof = prove("", "", session, signing(person, session, device))
    assert (proof.person, proof.method) == (as_wei.wei.id, Method.PASSKEY)
    assert prove(PASSWORD, "", session).method == Method.PASSWORD  # all components were given in this session


def test_an_answer_signs_once_and_not_with_a_challenge_for_something_else(as_wei, wei):
    device, person, session = add(wei, PASSWORD), as_wei.wei.person, {}
    answer = signing(person, session, device)
    prove("", "", session, answer)
    with pytest.raises(Refused, match="Nothing was signed"):
        prove("", "", session, answer)
    answer = device.use(passkeys.to_use(passkeys.AGAIN, session, person))
    with pytest.raises(Refused, match="Nothing was signed"):
        prove("", "", session, answer)


def test_anothers_does_not_sign(as_wei, browser):
    device, session = add(browser("min"), PASSWORD), {}
    with pytest.raises(Refused, match="Nothing was signed"):
        prove("", "", session, signing(as_wei.wei.person, session, device))


def test_with_a_passkey_as_the_second_factor_the_password_alone_does_not_sign_first(as_wei, wei):
    add(wei, PASSWORD)
    with pytest.raises(Refused, match="Sign with your passkey"):
        prove(PASSWORD, "", {})
