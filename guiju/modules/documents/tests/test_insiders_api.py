"""Who may see a confidential document, by the API: all of it is set, over the version that was read."""

import pytest

from guiju.spine.registers.tests.programs import Program, reasons

HERE = "documents/QP-01/insiders/"


@pytest.fixture
def wei(team, draft) -> Program:
    return Program(team.wei)


def hide(program: Program, *people, tag: str | None = None, **more):
    tag = tag or program.get(HERE).headers["ETag"]
    content = {"confidential": True, "people": [str(one.id) for one in people], "reason": "As agreed", **more}
    return program.ask("PUT", HERE, content, if_match=tag)


def test_a_document_is_hidden_from_all_but_those_who_are_let_in(wei, team):
    tang = Program(team.tang)
    assert tang.get("documents/QP-01/").status_code == 200
    answer = hide(wei, team.min)
    assert (answer.status_code, answer.json()["confidential"]) == (200, True)
    assert {one["name"] for one in answer.json()["people"]} == {"Chen Wei", "Zhou Min"}
    assert answer.headers["ETag"] == wei.get(HERE).headers["ETag"]
    assert tang.get("documents/QP-01/").status_code == 404
    assert hide(wei, confidential=False).json() == {"confidential": False, "people": []}
    assert tang.get("documents/QP-01/").status_code == 200


def test_who_has_read_an_older_state_sets_nothing(wei, team):
    tag = wei.get(HERE).headers["ETag"]
    assert hide(wei, team.min, tag=tag).status_code == 200
    assert hide(wei, tag=tag).status_code == 412
    assert wei.ask("PUT", HERE, {"confidential": False, "reason": "x"}).status_code == 428
    assert wei.get(HERE).json()["confidential"]
    assert hide(wei, tag="*").status_code == 200


def test_what_is_not_said_is_not_taken_for_shown_to_all(wei, team):
    hide(wei)
    assert reasons(wei.ask("PUT", HERE, {"people": [], "reason": "x"}, if_match="*")) == {"confidential": "required"}
    assert reasons(hide(wei, reason="", confidential=True)) == {"reason": "required"}
    assert reasons(hide(wei, people=["nobody"])) == {"people": "invalid"}


def test_who_may_not_change_a_document_neither_sees_nor_sets_who_may_see_it(wei, team, other):
    for program, status in ((Program(team.tang), 403), (Program(other.eve), 404), (Program(other.eve, slug="lanzhu"), 404)):
        assert program.get(HERE).status_code == status
        assert program.ask("PUT", HERE, {"confidential": False, "reason": "x"}, if_match="*").status_code == status
    hide(wei)
    assert Program(team.tang).get(HERE).status_code == 404
