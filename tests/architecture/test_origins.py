"""What comes from elsewhere is declared: dependencies, vendored files, data of the tests."""

import re
import tomllib

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
