"""`guiju new`: what it writes works as it stands, and it refuses names that cannot be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from guiju.project import new_module

ROOT = settings.PACKAGE.parent
NOT_COPIED = shutil.ignore_patterns("__pycache__", "static", "*.pyc", "tests")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The product's source, of which a test may change what it likes."""
    shutil.copytree(settings.PACKAGE, tmp_path / "guiju", ignore=NOT_COPIED)
    (tmp_path / "guiju" / "static").mkdir()
    shutil.copytree(ROOT / "tests", tmp_path / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(copy: Path, *command: str) -> None:
    """Run a program with the copy as the product, on a database of its own; its words are the message when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "PYTEST", "DATABASE", "GUIJU"))}
    environment = kept | {"DATA": str(copy / "data"), "PYTHONPATH": str(copy), "DJANGO_SETTINGS_MODULE": "guiju.project.settings"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr


def name_it(copy: Path, name: str) -> None:
    """The two places, as the command says them."""
    for path, before, after in (
        ("guiju/project/settings.py", '    "guiju.modules.documents",\n', f'    "guiju.modules.{name}",\n'),
        ("pyproject.toml", '    "complaints",\n', f'    "{name}",\n    "complaints",\n'),
    ):
        text = (copy / path).read_text(encoding="utf-8")
        assert before in text
        now = text.replace(before, before + after) if path.endswith(".py") else text.replace(before, after)
        (copy / path).write_text(now, encoding="utf-8")


@pytest.mark.server
def test_what_is_written_works_as_it_stands(copy: Path):
    said: list[str] = []
    assert new_module.write("customer_visits", said.append, copy / "guiju" / "modules") == 0
    assert [line for line in said if "guiju.modules.customer_visits" in line or "pyproject.toml" in line]
    folder = "guiju/modules/customer_visits"
    name_it(copy, "customer_visits")
    run(copy, "ruff", "check", folder)
    run(copy, "ruff", "format", "--check", folder)
    run(copy, "django", "makemigrations", "customer_visits", "--verbosity", "0")
    run(copy, "django", "check", "--fail-level", "WARNING")
    run(copy, "pytest", "-q", folder)


@pytest.mark.parametrize("name", ["Complaints", "../complaints", "2nd", "complaints.py", "", "a" * 40, "class", "utils"])
def test_a_word_that_is_no_name_is_refused(name: str, tmp_path: Path):
    said: list[str] = []
    assert new_module.write(name, said.append, tmp_path) == 1
    assert name in said[0]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["documents", "sessions", "search"])
def test_a_name_that_is_taken_is_refused(name: str, tmp_path: Path):
    assert new_module.write(name, lambda text: None, tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over(tmp_path: Path):
    assert new_module.write("audits", lambda text: None, tmp_path) == 0
    mine = tmp_path / "audits" / "models.py"
    mine.write_text("# mine")
    assert new_module.write("audits", lambda text: None, tmp_path) == 1
    assert mine.read_text() == "# mine"


def test_the_singular_is_found(tmp_path: Path):
    words = {name: new_module._words(name)["Model"] for name in ("complaints", "policies", "processes", "customer_orders")}
    assert words == {
        "complaints": "Complaint",
        "policies": "Policy",
        "processes": "Process",
        "customer_orders": "CustomerOrder",
    }
