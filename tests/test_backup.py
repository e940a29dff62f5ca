"""A backup is made while people write, and brought back where nothing is; the trail proves it."""

import json
import os
import shutil
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.plugin import ON_POSTGRES
from tests.served import Server, Store, databases

pytestmark = pytest.mark.server


@contextmanager
def writing(site: Server) -> Iterator[list[str]]:
    """Somebody who makes one document after another; their numbers as they are acknowledged."""
    secret = site.command_line("token", "--organization", "lanzhu", "--as", "wei").stdout.splitlines()[-1]
    made: list[str] = []
    enough = threading.Event()

    def write() -> None:
        while not enough.is_set():
            asked = urllib.request.Request(
                f"{site.url}/api/v1/lanzhu/documents/",
                data=json.dumps(
                    {"title": f"Written meanwhile {len(made)}", "kind": "work_instruction", "language": "en"}
                ).encode(),
                headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(asked, timeout=30) as answer:
                made.append(json.load(answer)["number"])

    writer = threading.Thread(target=write)
    writer.start()
    yield made
    enough.set()
    writer.join()


@contextmanager
def nothing_at(folder: Path) -> Iterator[Server]:
    """A place for an installation that is not there yet."""
    store = Store(folder, f"{folder.name}_{os.getpid()}" if ON_POSTGRES else "")
    folder.mkdir()
    if store.database:
        databases().create(store.database)
    yield Server(store)
    store.remove()


def test_a_backup_made_while_people_write_comes_back_and_is_proven(site: Server, tmp_path: Path) -> None:
    with writing(site) as made:
        backup = site.command_line("backup", str(tmp_path / "backups"))
    assert (backup.returncode, len(made) > 2) == (0, True), backup.stderr
    path = backup.stdout.strip()
    manifest = json.loads((Path(path) / "manifest.json").read_text())

    with nothing_at(tmp_path / "whole") as whole:
        (whole.store.folder / "keys").mkdir()
        shutil.copy(site.store.folder / "keys" / "signing-key.pem", whole.store.folder / "keys")
        back = whole.command_line("restore-backup", path)
        assert (back.returncode, back.stdout) == (0, ""), back.stderr
        assert "The trail is whole" in back.stderr
        twice = whole.command_line("restore-backup", path)
        assert (twice.returncode, "here already" in twice.stderr) == (1, True), twice.stderr

    assert site.command_line("trail", "sign").returncode == 0  # what was written after the backup too
    with nothing_at(tmp_path / "older") as older:
        beside = older.store.folder / "keys" / "last-heads.json"
        beside.parent.mkdir()
        shutil.copy(site.store.folder / "keys" / "last-heads.json", beside)
        kept = beside.read_bytes()
        refused = older.command_line("restore-backup", path)
        assert (refused.returncode, "More was signed here" in refused.stderr) == (1, True), refused.stderr
        assert sorted(one.name for one in older.store.folder.iterdir()) == ["keys", "secret-key"]
        back = older.command_line("restore-backup", path, "--older")
        assert (back.returncode, back.stdout.count("\n")) == (1, 1), back.stdout + back.stderr
        assert "the key of this installation is not here" in back.stderr
        [aside] = beside.parent.glob("last-heads.json.before-*")
        assert aside.read_bytes() == kept
    assert manifest["faults"] == {}
