"""Revisions by the API: what each says, and what changed from one to another as runs."""

import pytest

from guiju.modules.documents import services
from guiju.modules.documents.confidential import insiders
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program

HERE = "documents/QP-01/revisions/"


@pytest.fixture
def two(draft, team, take, as_):
    """A second revision in work, the first in force."""
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(take(document, "review", team.min), "approve", team.jun)
    document = take(document, "revise", team.wei, reason="More")
    with as_(team.wei):
        services.change(
            document, {"title": "Ageing test", "text": "Lamps burn for **six hours** at 45 °C.\n\nCold lamps do not."}
        )
    return document


@pytest.fixture
def wei(team, two) -> Program:
    return Program(team.wei)


def test_revisions_are_listed_the_newest_first_and_say_which_is_in_force(wei):
    found = wei.get(HERE).json()["items"]
    assert [(one["position"], one["label"], one["in_force"]) for one in found] == [(2, "2", False), (1, "1", True)]
    assert found[1]["approved_at"] and "text" not in found[1]
    assert [one["position"] for one in wei.get(f"{HERE}?limit=1&after=2").json()["items"]] == [1]


def test_a_revision_alone_has_its_text_and_signatures(wei):
    one = wei.get(f"{HERE}1/").json()
    assert one["text"] == "Lamps burn for **four hours** at 45 °C."
    assert [(s["meaning"], s["signer"]["name"], s["holds"]) for s in one["signatures"]] == [
        ("review", "Zhou Min", True),
        ("approve", "Gao Jun", True),
    ]


def test_what_changed_is_told_in_paragraphs_of_runs(wei):
    answer = wei.get(f"{HERE}2/since/1/").json()
    assert (answer["label"], answer["since"]["label"]) == ("2", "1")
    assert answer["facts"] == [{"field": "Title", "before": "Ageing", "after": "Ageing test"}]
    changed, added = answer["paragraphs"]
    assert (changed["kind"], added["kind"]) == ("changed", "added")
    kinds = {run["text"].strip(): run["kind"] for run in changed["runs"]}
    assert (kinds["four"], kinds["six"]) == ("removed", "added")
    assert {run["kind"] for run in wei.get(f"{HERE}1/since/1/").json()["paragraphs"][0]["runs"]} == {"kept"}


@pytest.mark.parametrize("path", ["3/", "0/", "9999999999999999999999/", "x/", "2/since/7/", "2/since/99999999999999999999/"])
def test_a_revision_that_is_not_there_is_404(wei, path):
    assert wei.get(HERE + path).status_code == 404


def test_another_organizations_and_confidential_ones_are_not_there(team, two, other):
    with act(team.organization, team.wei):
        insiders.set_confidential(two, True, [], "x")
    for program in (Program(other.eve), Program(other.eve, slug="lanzhu"), Program(team.tang)):
        for path in ("", "1/", "2/since/1/"):
            assert program.get(HERE + path).status_code == 404
    assert Program(team.wei, "processes.view").get(HERE).status_code == 403
