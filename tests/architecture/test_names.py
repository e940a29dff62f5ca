"""Names that say nothing, and places that exist only on one machine, are refused."""

import re
from pathlib import Path

from tests.architecture.source import ROOT, sources

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "base", "misc", "manager"}
SOMEONES_FOLDER = re.compile(r"(?<![\w.\])])/(?:home|root|work|Users)/\w")
WRITTEN = (".py", ".md", ".toml", ".sh", ".html", ".js", ".css", ".lock", ".txt", ".yaml", ".yml")
FOLDERS = ("guiju", "docs", "scripts", "tests", "bench", "survive", "fuzz", "mutation", "looks", ".ci")


def written_files() -> list[Path]:
    top = [path for path in ROOT.iterdir() if path.is_file()]
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in top + below if path.suffix in WRITTEN or path.name in {"Makefile", "run"}]


def test_no_file_or_folder_has_a_name_that_says_nothing():
    empty = [one.path for one in sources() if EMPTY_NAMES & set(one.path.removesuffix(".py").split("/"))]
    assert empty == []


def test_nothing_names_a_folder_of_one_machine():
    named = []
    for path in written_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        named += [f"{path.relative_to(ROOT)}: {match.group()}" for match in SOMEONES_FOLDER.finditer(text)]
    assert named == []


def test_the_word_is_spelled_organization():
    british = re.compile("organis" + "ation", re.IGNORECASE)
    assert [one.path for one in sources() if british.search(one.text)] == []
