"""Remarks by the API: the services' rights and refusals, the page's form, the answers of all operations."""

import pytest

from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Remark
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.verify import verify

HERE = "documents/QP-01/remarks/"


@pytest.fixture
def wei(team, draft) -> Program:
    return Program(team.wei)


@pytest.fixture
def min_(team, draft) -> Program:
    return Program(team.min)


def test_a_remark_is_made_listed_and_answered(wei, min_, team):
    answer = min_.post(HERE, {"text": "Four are too few.", "quote": "four  hours"})
    assert (answer.status_code, answer.json()["quote"], answer.json()["stands"]) == (201, "four hours", True)
    (listed,) = wei.get(HERE).json()["items"]
    assert listed == answer.json()
    assert listed["made_by"] == {"id": str(team.min.id), "name": "Zhou Min"}
    answered = wei.post(f"{HERE}{listed['id']}/answer/", {"answer": "The standard asks for four."}).json()
    assert (answered["answer"], answered["resolved_by"]["name"]) == ("The standard asks for four.", "Chen Wei")
    assert list(verify()) == []


def test_a_remark_is_answered_once(wei):
    address = f"{HERE}{wei.post(HERE, {'text': 'x'}).json()['id']}/answer/"
    assert [wei.post(address, {"answer": "Yes."}).status_code for _ in range(2)] == [200, 409]


def test_the_same_remark_sent_again_under_one_key_is_one_remark(wei, team):
    first, again = (wei.post(HERE, {"text": "x"}, idempotency_key="k") for _ in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    assert wei.post(HERE, {"text": "y"}, idempotency_key="k").status_code == 409
    with act(team.organization, team.wei):
        assert Remark.objects.count() == 1


def test_remarks_are_paged_to_their_end(wei):
    made = [wei.post(HERE, {"text": f"{n}"}).json()["id"] for n in range(3)]
    first = wei.get(f"{HERE}?limit=2").json()
    second = wei.get(f"{HERE}?limit=2&after={first['next']}").json()
    assert [one["id"] for one in first["items"] + second["items"]] == made and second["next"] is None
    for query in ("limit=0", "after=x", "colour=red", "as_of=2020-01-01", "after=%00"):
        assert wei.get(f"{HERE}?{query}").status_code in (404, 422)


def test_what_does_not_fit_names_its_field(wei):
    assert reasons(wei.post(HERE, {"text": "", "colour": "red", "quote": 7})) == {
        "text": "required",
        "colour": "unknown",
        "quote": "type",
    }
    assert reasons(wei.post(HERE, {"text": "x", "quote": "five hours"})) == {"quote": "refused"}
    assert wei.post(HERE).status_code == 400


def test_without_the_right_to_comment_there_is_no_remark(team, wei):
    assert Program(team.tang).post(HERE, {"text": ""}).status_code == 403
    assert Program(team.wei, "documents.view").post(HERE, {"text": "x"}).status_code == 403
    assert Program(team.tang).get(HERE).status_code == 200


def test_another_organizations_remarks_and_confidential_ones_are_not_there(team, wei, draft, other):
    remark = wei.post(HERE, {"text": "x"}).json()["id"]
    with act(team.organization, team.wei):
        insiders.set_confidential(draft, True, [], "x")
    for program in (Program(other.eve), Program(other.eve, slug="lanzhu"), Program(team.hua)):
        assert program.get(HERE).status_code == 404
        assert program.post(HERE, {"text": "x"}).status_code == 404
        assert program.post(f"{HERE}{remark}/answer/", {"answer": "x"}).status_code == 404
