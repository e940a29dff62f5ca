"""What comes from elsewhere is declared: dependencies, vendored files, data of the tests."""

import json
import re
import tomllib

from scripts import dependencies
from tests.architecture.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME = PROJECT["project"]["dependencies"]
DEVELOPMENT = PROJECT["dependency-groups"]["dev"]


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=!~;\s]", requirement)[0]


def test_every_dependency_has_a_lower_bound():
    assert [text for text in RUNTIME + DEVELOPMENT if ">=" not in text] == []


def test_every_dependency_has_a_line_with_its_licence_and_reason():
    documented = set(
        re.findall(r"^\| `([^`]+)` \| [^|]+ \| [^|]+ \|$", (ROOT / "docs/dependencies.md").read_text(), re.MULTILINE)
    )
    assert {name_of(text) for text in RUNTIME + DEVELOPMENT} - documented == set()


def test_every_file_of_the_tests_from_elsewhere_has_a_licence_note():
    folder = ROOT / "tests" / "data"
    note = (folder / "README.md").read_text()
    files = [path.name for path in folder.iterdir() if path.name != "README.md" and not path.with_suffix("").is_dir()]
    assert [name for name in files if f"`{name}`" not in note and f"`{name}/`" not in note] == []


def test_what_axe_is_under_stands_at_its_head():
    assert "Mozilla Public" in (ROOT / "tests/data/axe.min.js").read_text(encoding="utf-8")[:600]


def test_every_package_that_comes_along_is_under_a_licence_of_the_list_and_installed_as_it_is_locked():
    packages = dependencies.locked("requirements.lock") + dependencies.locked("requirements-dev.lock")
    assert len(packages) > 100
    assert dependencies.problems(packages) == []


def test_a_package_without_a_known_licence_or_without_a_hash_is_named():
    strange = [{"name": "no-such-package-anywhere", "version": "1", "hashes": [], "via": []}]
    assert [fault.partition(": ")[2].split(";")[0] for fault in dependencies.problems(strange)] == [
        "no licence is known",
        "locked without a hash",
    ]


def test_a_licence_that_is_not_on_the_list_is_named(monkeypatch):
    monkeypatch.setitem(dependencies.READ, "django", "AGPL-3.0-only")
    (django,) = [one for one in dependencies.locked("requirements.lock") if one["name"] == "django"]
    assert dependencies.problems([django]) == ["django: AGPL-3.0-only is not on the list of licences"]


def test_the_bill_of_materials_lists_what_is_locked_and_is_the_same_each_time():
    bill = json.loads((ROOT / "docs/sbom.json").read_text(encoding="utf-8"))
    locked = {(one["name"], one["version"]) for one in dependencies.locked("requirements.lock")}
    assert {(one["name"], one["version"]) for one in bill["components"]} == locked
    assert dependencies.bill() == (ROOT / "docs/sbom.json").read_text(encoding="utf-8")
    on = {one["ref"].partition("@")[0]: one["dependsOn"] for one in bill["dependencies"]}
    assert any(ref.startswith("pkg:pypi/asgiref@") for ref in on["pkg:pypi/django"])
