"""Keeping by the API: what may go, and the holds that stand against it."""

import pytest

from guiju.modules.documents.confidential import insiders
from guiju.modules.keeping.models import Hold
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons

HERE = "documents/QP-01/holds/"


@pytest.fixture
def wei(team, draft) -> Program:
    return Program(team.wei)


def test_a_document_is_put_on_hold_and_released(wei, team):
    made = wei.post(HERE, {"reason": "A lawsuit"})
    assert (made.status_code, made.json()["document"], made.json()["put_by"]["name"]) == (201, "QP-01", "Chen Wei")
    assert wei.get("holds/").json()["items"] == [made.json()]
    address = f"{HERE}{made.json()['id']}/release/"
    assert wei.post(address, {"reason": "It was settled"}).json()["release_reason"] == "It was settled"
    assert wei.post(address, {"reason": "Again"}).status_code == 409
    assert wei.get("holds/").json()["items"] == []
    assert [one["released_by"]["name"] for one in wei.get(HERE).json()["items"]] == ["Chen Wei"]


def test_many_are_put_on_hold_all_or_none(wei, team):
    wei.post("documents/", {"title": "x"})
    wrong = wei.post("holds/", {"numbers": "QP-01\nQP-99", "reason": "x"})
    assert (reasons(wrong), wei.get("holds/").json()["items"]) == ({"numbers": "unknown"}, [])
    made = wei.post("holds/", {"numbers": "QP-01\nQP-02", "reason": "An inquiry"})
    assert (made.status_code, [one["document"] for one in made.json()["items"]]) == (201, ["QP-01", "QP-02"])
    page = wei.get("holds/?limit=1").json()
    assert [one["document"] for one in page["items"]] == ["QP-02"]
    assert [one["document"] for one in wei.get(f"holds/?limit=1&after={page['next']}").json()["items"]] == ["QP-01"]
    assert wei.get("holds/?after=x").status_code == 422


@pytest.mark.parametrize(("path", "content"), [(HERE, {"reason": "x"}), ("holds/", {"reason": "x", "numbers": "QP-01\nQP-02"})])
def test_what_is_sent_again_under_one_key_puts_nothing_twice(wei, team, path, content):
    wei.post("documents/", {"title": "x"})
    first, again = (wei.post(path, content, idempotency_key="k") for _ in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    with act(team.organization, team.wei):
        assert Hold.objects.count() == len(first.json().get("items", [1]))


def test_the_overview_says_what_may_go_and_what_stands_against_it(due, team, clock):
    wei = Program(team.wei)
    (one,) = wei.get("keeping/").json()["items"]
    assert (one["number"], one["out_of_force_on"], one["kept_until"]) == ("QP-01", "2020-03-02", "2025-03-02")
    wei.post(HERE, {"reason": "A lawsuit"})
    assert wei.get("keeping/").json()["items"] == []
    (held,) = wei.get("keeping/?view=held&kind=procedure").json()["items"]
    assert [hold["reason"] for hold in held["holds"]] == ["A lawsuit"]
    for query in ("view=old", "kind=song", "colour=red", "limit=0", "after=x", "q=%00"):
        assert wei.get(f"keeping/?{query}").status_code == 422


def test_a_reason_is_needed(wei):
    assert reasons(wei.post(HERE, {"reason": "  "})) == {"reason": "required"}
    assert reasons(wei.post("holds/", {"numbers": "", "lamp": 1})) == {
        "numbers": "required",
        "reason": "required",
        "lamp": "unknown",
    }


def test_without_the_right_nothing_is_put_or_released(wei, team, other):
    hold = wei.post(HERE, {"reason": "x"}).json()["id"]
    tang = Program(team.tang)
    assert tang.get(HERE).status_code == 200
    for path in (HERE, "holds/", f"{HERE}{hold}/release/"):
        assert tang.post(path, {"reason": "x", "numbers": "QP-01"}).status_code == 403
        assert Program(other.eve, slug="lanzhu").post(path, {"reason": "x"}).status_code == 404
    assert Program(other.eve).get(HERE).status_code == 404
    assert reasons(Program(other.eve).post("holds/", {"numbers": "QP-01", "reason": "x"})) == {"numbers": "unknown"}
    assert Program(other.eve).get("holds/").json()["items"] == []


def test_a_confidential_documents_hold_is_not_there(wei, team, draft):
    wei.post(HERE, {"reason": "Geheimnis"})
    with act(team.organization, team.wei):
        insiders.set_confidential(draft, True, [], "x")
    hua = Program(team.hua)
    assert hua.get(HERE).status_code == 404
    assert [hua.get(path).json()["items"] for path in ("holds/", "keeping/?view=held", "keeping/?view=all")] == [[], [], []]
