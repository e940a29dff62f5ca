"""A command that works on an installation says in a sentence that there is none, and makes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(*words: str, **environment: str) -> tuple[int, str]:
    kept = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "DATA"}} | environment
    command = [sys.executable, "-m", "guiju.project.cli", *words]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [("trail", "verify"), ("key", "show"), ("reindex", "--check"), ("token", "--organization", "lanzhu", "--as", "wei")],
    ids=lambda words: words[0],
)
def test_where_there_is_no_installation_a_command_says_so_and_makes_none(tmp_path: Path, words: tuple[str, ...]):
    nowhere = tmp_path / "nowhere"
    status, said = run(*words, "--data", str(nowhere))
    assert (status, said.count("\n")) == (1, 1), said
    assert f"no installation in {nowhere}" in said
    assert not nowhere.exists()


def test_a_database_that_was_never_brought_to_a_release_is_said_in_a_sentence(tmp_path: Path):
    (tmp_path / "guiju.sqlite3").touch()
    status, said = run("trail", "verify", "--data", str(tmp_path))
    assert (status, "Traceback" in said) == (1, False), said
    assert "database" in said


def test_a_database_that_is_not_reached_is_said_in_a_sentence(tmp_path: Path):
    status, said = run("trail", "verify", "--data", str(tmp_path), DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert (status, "Traceback" in said) == (1, False), said
    assert "database" in said
