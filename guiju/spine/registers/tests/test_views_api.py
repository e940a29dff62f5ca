"""A person's own views by the API: theirs alone, judged as those of the page."""

import pytest

from guiju.spine.registers.tests.programs import Program, reasons

HERE = "documents/views/"


@pytest.fixture
def wei(lanzhu) -> Program:
    return Program(lanzhu.wei)


def test_a_view_is_kept_renamed_and_removed(wei):
    made = wei.post(HERE, {"name": "Mine", "query": "state=draft&colour=red&sort=title"})
    assert (made.status_code, made.json()["query"]) == (201, "state=draft&sort=title")
    one = f"{HERE}{made.json()['id']}/"
    assert wei.ask("PUT", one, {"name": "Drafts"}).json()["name"] == "Drafts"
    assert [view["name"] for view in wei.get(HERE).json()["items"]] == ["Drafts"]
    removed = wei.ask("DELETE", one)
    assert (removed.status_code, removed.content) == (204, b"")
    assert [wei.get(HERE).json()["items"], wei.ask("DELETE", one).status_code] == [[], 404]


def test_the_same_view_kept_again_is_one(wei):
    first, again = (wei.post(HERE, {"name": "Mine", "query": "state=draft"}) for _ in range(2))
    assert first.json() == again.json()


def test_what_does_not_fit_names_its_field(wei):
    assert reasons(wei.post(HERE, {"lamp": 1})) == {"name": "required", "query": "required", "lamp": "unknown"}
    for query in ("colour=red", "state=lost"):
        assert wei.post(HERE, {"name": "x", "query": query}).status_code == 422
    assert wei.post("documents/", {"title": "x", "number": "views"}).status_code == 422


def test_anothers_view_is_not_there(wei, lanzhu, other):
    one = f"{HERE}{wei.post(HERE, {'name': 'Mine', 'query': 'state=draft'}).json()['id']}/"
    for program in (Program(lanzhu.min), Program(other.eve), Program(other.eve, slug="lanzhu")):
        assert program.ask("PUT", one, {"name": "x"}).status_code == 404
        assert program.ask("DELETE", one).status_code == 404
    assert Program(lanzhu.min).get(HERE).json()["items"] == []
    assert Program(lanzhu.wei, "processes.view").get(HERE).status_code == 403
