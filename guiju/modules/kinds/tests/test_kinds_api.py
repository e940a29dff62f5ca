"""Kinds by the API: what holds for each is read and set over the version that was read."""

import pytest

from guiju.organizations.models import Department
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.verify import verify


@pytest.fixture
def wei(lanzhu) -> Program:
    return Program(lanzhu.wei)


def test_every_kind_is_listed_with_what_holds_for_it(wei):
    found = {one["kind"]: one for one in wei.get("kinds/").json()["items"]}
    assert len(found) == 10 and "template" not in found["form"]
    assert (found["procedure"]["prefix"], found["procedure"]["reviewers"], found["procedure"]["version"]) == ("QP", 1, 0)
    assert wei.get("kinds/procedure/").json()["template"] == ""


def test_a_rule_is_changed_over_the_version_that_was_read(wei):
    assert wei.patch("kinds/procedure/", {"reviewers": 2}).status_code == 428
    answer = wei.patch("kinds/procedure/", {"reviewers": 2, "template": "# Purpose"}, 0)
    assert (answer.status_code, answer.json()["reviewers"], answer.json()["prefix"]) == (200, 2, "QP")
    assert answer.headers["ETag"] == '"1"'
    assert wei.patch("kinds/procedure/", {"reviewers": 3}, 0).status_code == 412
    assert wei.get("kinds/procedure/").json()["reviewers"] == 2
    assert reasons(wei.patch("kinds/procedure/", {"retain_years": 10}, 1)) == {"reason": "refused"}
    assert wei.patch("kinds/procedure/", {"retain_years": 10, "reason": "Product liability"}, 1).json()["retain_years"] == 10
    assert list(verify()) == []


def test_what_does_not_fit_names_its_field(wei):
    wrong = wei.patch("kinds/procedure/", {"reviewers": 11, "prefix": "?", "kind": "form", "yearly": "yes"}, 0)
    assert reasons(wrong) == {"reviewers": "max_value", "prefix": "invalid", "kind": "unknown", "yearly": "type"}
    assert reasons(wei.patch("kinds/procedure/", {"prefix": "WI"}, 0)) == {"prefix": "refused"}
    assert reasons(wei.post("kinds/procedure/fields/", {"label": "", "type": "choice", "options": "One"})) == {
        "label": "required",
        "options": "invalid",
    }
    assert wei.get("kinds/song/").status_code == 404
    assert wei.post("kinds/song/fields/", {"label": "x", "type": "text"}).status_code == 404


def test_a_further_field_is_added_filled_in_and_ended(wei):
    made = wei.post("kinds/procedure/fields/", {"label": "Line", "type": "choice", "options": "A\nB", "required": True})
    assert (made.status_code, made.json()["key"], made.json()["choices"]) == (201, "line", ["A", "B"])
    changed = {"label": "Line", "type": "choice", "options": "A\nB\nC", "required": False, "help": "Of the hall"}
    assert wei.ask("PUT", "kinds/procedure/fields/line/", changed, if_match='"1"').json()["choices"] == ["A", "B", "C"]
    assert wei.ask("PUT", "kinds/procedure/fields/line/", changed, if_match='"1"').status_code == 412
    assert wei.post("kinds/procedure/fields/line/move/", {"place": 1}).json()["help"] == "Of the hall"
    document = wei.post("documents/", {"title": "x", "more": {"line": "A"}}).json()
    assert document["number"] == "QP-01"
    assert wei.post("kinds/procedure/fields/line/end/").json()["ended"]
    assert wei.post("kinds/procedure/fields/line/end/").status_code == 409
    assert [one["ended"] for one in wei.get("kinds/procedure/").json()["fields"]] == [True]


def test_a_department_has_a_prefix_of_its_own_until_it_is_ended(wei, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        hall = Department(name="Hall")
        hall.save()
    content = {"department": str(hall.pk), "prefix": "QH"}
    made = wei.post("kinds/procedure/prefixes/", content)
    assert (made.status_code, made.json()["department"]["name"]) == (200, "Hall")
    assert wei.post("documents/", {"title": "x", "department": str(hall.pk)}).json()["number"] == "QH-01"
    assert wei.post("kinds/procedure/prefixes/", content).json()["id"] == made.json()["id"]
    assert reasons(wei.post("kinds/form/prefixes/", content)) == {"prefix": "refused"}
    assert wei.post(f"kinds/procedure/prefixes/{made.json()['id']}/end/").json()["ended"]
    assert wei.get("kinds/procedure/").json()["prefixes"] == []


def test_without_the_right_to_the_rules_nothing_is_said_or_set(wei, lanzhu, other):
    tang = Program(lanzhu.tang)
    assert [tang.get(path).status_code for path in ("kinds/", "kinds/procedure/")] == [403, 403]
    assert tang.patch("kinds/procedure/", {"reviewers": 0}, 0).status_code == 403
    assert Program(lanzhu.wei, "documents.view").get("kinds/").status_code == 403
    assert Program(other.eve, slug="lanzhu").get("kinds/").status_code == 404


def test_another_organizations_department_and_prefix_are_not_there(wei, other):
    with act(other.organization, other.eve):
        theirs = Department(name="Elsewhere")
        theirs.save()
    assert reasons(wei.post("kinds/form/prefixes/", {"department": str(theirs.pk), "prefix": "X"})) == {
        "department": "invalid_choice"
    }
    made = Program(other.eve).post("kinds/form/prefixes/", {"department": str(theirs.pk), "prefix": "X"}).json()
    assert wei.post(f"kinds/form/prefixes/{made['id']}/end/").status_code == 404
