"""A later release brings the database to itself: once, with a backup before, all of it or nothing."""

import contextlib
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tests.served import Server, Store

pytestmark = pytest.mark.server

ROOT = Path(__file__).resolve().parent.parent


def later(store: Store, **more: str) -> Store:
    """The same installation under the later release."""
    own = {"DJANGO_SETTINGS_MODULE": "tests.later.settings", "PYTHONPATH": str(ROOT)}
    return replace(store, settings=store.environment() | own | more)


def backups(store: Store) -> list[Path]:
    return sorted((store.folder / "backups").glob("guiju-*"))


def test_of_two_that_start_at_once_one_migrates_both_serve_and_the_release_before_refuses(store: Store) -> None:
    one, other = (Server(later(store)) for _n in range(2))
    with contextlib.ExitStack() as ends:
        for server in (one, other):
            ends.callback(server.kill)
        starts = [threading.Thread(target=server.start) for server in (one, other)]
        for start in starts:
            start.start()
        for start in starts:
            start.join()
        assert one.is_ready() and other.is_ready()
    said = one.log.read_text()  # of both
    assert (said.count("a backup was made"), said.count("The chain is whole")) == (1, 1), said
    assert [path.name for path in backups(store)] == [path.name for path in (store.folder / "backups").glob("g*")]
    assert len(backups(store)) == 1

    refused = Server(store).command_line("trail", "verify")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "later release of Guiju than this program (later.0001_initial" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_a_migration_that_fails_leaves_what_the_release_before_can_use(store: Store) -> None:
    failed = Server(later(store, LATER_FAILS="1")).command_line("migrate")
    assert failed.returncode == 1
    last = failed.stderr.splitlines()[-1]
    assert last.startswith("guiju: ") and "is as it was" in last and str(backups(store)[0]) in last, failed.stderr
    before = Server(store).command_line("trail", "verify", "--chain-only")
    assert before.returncode == 0, before.stderr
