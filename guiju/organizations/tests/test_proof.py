"""The fresh proof at each signing (law L10)."""

import pytest

from guiju.organizations.members import member, today_in
from guiju.organizations.tests.conftest import PASSWORD, code_of, turn_on_factor
from guiju.spine.acts import NotPermitted, Refused, act
from guiju.spine.signatures.models import Method
from guiju.spine.signatures.services import prove

pytestmark = pytest.mark.django_db


def test_the_password_proves(as_wei):
    proof = prove(PASSWORD, session={})
    assert (proof.person, proof.method) == (as_wei.wei.id, Method.PASSWORD)


def test_a_wrong_password_is_refused_at_its_field(as_wei):
    with pytest.raises(Refused) as refused:
        prove("wrong", session={})
    assert list(refused.value.errors) == ["password"]
    assert "Nothing was signed" in str(refused.value)


def test_with_a_second_factor_the_first_signing_of_a_session_asks_for_both_and_later_ones_for_the_password(as_wei):
    secret, session = turn_on_factor(as_wei.wei.person), {}
    assert as_wei.wei.needs_code(session)
    with pytest.raises(Refused) as refused:
        prove(PASSWORD, session=session)
    assert list(refused.value.errors) == ["code"]
    assert prove(PASSWORD, code_of(secret), session).method == Method.PASSWORD_AND_CODE
    assert not as_wei.wei.needs_code(session)
    assert prove(PASSWORD, session=session).method == Method.PASSWORD


def test_another_session_asks_for_both_again(as_wei):
    secret = turn_on_factor(as_wei.wei.person)
    prove(PASSWORD, code_of(secret), {})
    assert as_wei.wei.needs_code({})


def test_a_session_that_somebody_else_has_proven_asks_again(as_wei):
    turn_on_factor(as_wei.wei.person)
    assert as_wei.wei.needs_code({"proven": str(as_wei.min.id)})


def test_a_wrong_code_is_refused_at_its_field_and_a_used_one_too(as_wei):
    secret = turn_on_factor(as_wei.wei.person)
    code = code_of(secret)
    prove(PASSWORD, code, {})
    for wrong in ("000000", code):
        with pytest.raises(Refused) as refused:
            prove(PASSWORD, wrong, {})
        assert list(refused.value.errors) == ["code"]


def test_without_a_web_session_all_components_are_asked(as_wei):
    turn_on_factor(as_wei.wei.person)
    with pytest.raises(Refused):
        prove(PASSWORD)


def test_the_password_is_guessed_five_times_whoever_is_signed_in(as_wei, browser):
    for _time in range(5):
        with pytest.raises(Refused):
            prove("wrong", session={})
    with pytest.raises(Refused) as refused:
        prove(PASSWORD, session={})
    assert refused.value.status == 429
    browser("wei")  # signing in is counted apart
    with pytest.raises(Refused):
        prove(PASSWORD, session={})


def test_guesses_of_one_person_do_not_stop_another(as_wei):
    for _time in range(6):
        with pytest.raises(Refused):
            prove("wrong", session={})
    with act(as_wei.organization, as_wei.min):
        assert prove(PASSWORD, session={}).person == as_wei.min.id


def test_a_token_proves_nothing(lanzhu):
    acting = member(lanzhu.organization, lanzhu.wei.person, today_in(lanzhu.organization), scope=frozenset({"*"}))
    with act(lanzhu.organization, acting), pytest.raises(NotPermitted):
        prove(PASSWORD)
