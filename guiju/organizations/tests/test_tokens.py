"""API tokens: scope, last day, withdrawal, and never more than the person may at the moment."""

import re
from datetime import date, timedelta

import pytest

from guiju.conftest import join, make_person
from guiju.organizations import tokens
from guiju.organizations.members import today_in
from guiju.organizations.models import ApiToken, Membership, Role
from guiju.spine.acts import NotFound, NotPermitted, Refused, act
from guiju.spine.signatures.services import prove
from guiju.spine.trail.models import Payload
from guiju.spine.trail.verify import verify

pytestmark = pytest.mark.django_db


def token(lanzhu, scope=("*",), expires_on=None, who=None):
    who = who or lanzhu.wei
    with act(lanzhu.organization, who):
        return tokens.make(who, "Scale", list(scope), expires_on)


def test_a_secret_is_recognizable_and_kept_as_a_digest_only(lanzhu):
    made, secret = token(lanzhu)
    assert re.fullmatch(r"guiju_[A-Za-z0-9_-]{43}", secret)
    kept = str(list(ApiToken.everywhere.values())) + str(list(Payload.everywhere.values_list("values", flat=True)))
    assert secret not in kept and secret.removeprefix("guiju_") not in kept


def test_whoever_knows_the_secret_acts_as_the_person_by_token(lanzhu):
    acting = tokens.find(token(lanzhu)[1])
    assert (acting.id, acting.organization, acting.by_token) == (lanzhu.wei.id, lanzhu.organization, True)


def test_a_token_is_found_in_two_statements(lanzhu, django_assert_num_queries):
    _made, secret = token(lanzhu)
    with django_assert_num_queries(2):
        tokens.find(secret)


def test_its_right_is_the_scope_and_the_persons_own(lanzhu):
    acting = tokens.find(token(lanzhu, ["documents.*"])[1])
    assert acting.may("documents.create") and not acting.may("people.change")
    with act(lanzhu.organization, lanzhu.wei):
        role = Role.objects.get(key="own-wei")
        role.actions = ["documents.view", "tokens.create"]
        role.save()
    acting = tokens.find(token(lanzhu, ["*"])[1])
    assert acting.may("documents.view") and not acting.may("documents.create")


def test_a_right_that_was_taken_is_gone_at_once(lanzhu):
    _made, secret = token(lanzhu)
    with act(lanzhu.organization, lanzhu.wei):
        role = Role.objects.get(key="own-wei")
        role.actions = []
        role.save()
    assert not tokens.find(secret).may("documents.view")


@pytest.mark.parametrize(
    "secret", ["", "guiju_", "guiju_" + "x" * 43, "guiju_" + "x" * 5000, "other_" + "x" * 43, "guiju_\x00" + "x" * 42]
)
def test_a_made_up_secret_opens_nothing(lanzhu, secret):
    assert tokens.find(secret) is None


def test_on_the_last_day_it_works_and_the_day_after_not(lanzhu):
    _made, secret = token(lanzhu, expires_on=date(2999, 1, 1))
    assert tokens.find(secret, date(2999, 1, 1)) is not None
    assert tokens.find(secret, date(2999, 1, 2)) is None


def test_withdrawn_it_works_no_more(lanzhu):
    made, secret = token(lanzhu)
    with act(lanzhu.organization, lanzhu.wei):
        tokens.revoke(made.pk)
    assert tokens.find(secret) is None
    assert [str(finding) for finding in verify()] == []


def test_of_a_deactivated_member_it_works_no_more(lanzhu):
    _made, secret = token(lanzhu)
    with act(lanzhu.organization, lanzhu.min):
        row = Membership.objects.get(person=lanzhu.wei.person)
        row.active = False
        row.save()
    assert tokens.find(secret) is None


def test_of_a_deactivated_person_it_works_no_more(lanzhu):
    _made, secret = token(lanzhu)
    with act(None):
        lanzhu.wei.person.is_active = False
        lanzhu.wei.person.save()
    assert tokens.find(secret) is None


def test_a_token_signs_nothing(lanzhu):
    acting = tokens.find(token(lanzhu)[1])
    with act(lanzhu.organization, acting), pytest.raises(NotPermitted):
        prove("bamboo-lamp-42", session={})


def test_a_token_makes_no_tokens(lanzhu):
    acting = tokens.find(token(lanzhu)[1])
    with pytest.raises(NotPermitted):
        token(lanzhu, who=acting)


def test_without_the_right_nobody_makes_one(lanzhu):
    with pytest.raises(NotPermitted):
        token(lanzhu, who=lanzhu.tang)


@pytest.mark.parametrize("scope", [[], ["documents.fly"], ["people.*"]])
def test_a_scope_is_chosen_from_what_there_is(lanzhu, scope):
    with pytest.raises(Refused):
        token(lanzhu, scope)


def test_a_last_day_in_the_past_is_refused(lanzhu):
    with pytest.raises(Refused):
        token(lanzhu, expires_on=today_in(lanzhu.organization) - timedelta(days=1))


def test_anothers_token_is_withdrawn_with_the_right_over_people_only(lanzhu):
    made, _secret = token(lanzhu)
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(NotFound):
        tokens.revoke(made.pk)
    with act(lanzhu.organization, lanzhu.min):
        assert tokens.revoke(made.pk).revoked_at


def test_on_the_page_a_token_is_made_shown_once_and_withdrawn(lanzhu, browser):
    client = browser("wei")
    page = client.post("/account/tokens/", {"name": "Scale", "scope": ["documents.view"]}).content.decode()
    secret = re.search(r"guiju_[A-Za-z0-9_-]{43}", page)[0]
    assert tokens.find(secret).may("documents.view")
    again = client.get("/account/").content.decode()
    assert "Scale" in again and secret not in again
    client.post(f"/account/tokens/{ApiToken.everywhere.get().pk}/withdraw/")
    assert tokens.find(secret) is None


def test_the_page_asks_for_the_organization_where_there_is_a_choice(lanzhu, other, browser):
    join(other.organization, lanzhu.wei.person, "tokens.create")
    client = browser("wei")
    form = {"name": "Scale", "scope": ["*"]}
    assert client.post("/account/tokens/", form).status_code == 422
    assert client.post("/account/tokens/", form | {"organization": "other"}).status_code == 200
    assert ApiToken.everywhere.get().organization == other.organization


def test_the_page_makes_none_in_an_organization_without_the_right(lanzhu, other, browser):
    li = join(other.organization, make_person("li", "Li"), "tokens.create")
    join(lanzhu.organization, li.person, "documents.view")
    answer = browser("li").post("/account/tokens/", {"name": "x", "scope": ["*"], "organization": "lanzhu"})
    assert (answer.status_code, ApiToken.everywhere.count()) == (422, 0)


def test_nobody_withdraws_anothers_token_from_the_account_page(lanzhu, browser):
    made, _secret = token(lanzhu)
    assert browser("min").post(f"/account/tokens/{made.pk}/withdraw/").status_code == 404
