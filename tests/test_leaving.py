"""An organization leaves and returns: into an installation of others, equal, without what opens doors (law L1)."""

import filecmp
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiju.project.leaving.parts import NEVER_EQUAL
from tests.leaving import Left, leave, verified
from tests.served import Server, Store, copy_of

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def elsewhere(founded: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An installation of another organization."""
    store = copy_of(founded, tmp_path_factory.mktemp("elsewhere") / "data")
    yield Server(store)
    store.remove()


def differing(one: Path, other: Path) -> set[str]:
    names = {path.relative_to(folder).as_posix() for folder in (one, other) for path in folder.rglob("*") if path.is_file()}
    return {name for name in names if not filecmp.cmp(one / name, other / name, shallow=False)}


def test_it_comes_back_beside_others_and_leaves_again_equal(elsewhere: Server, left: Left, tmp_path: Path) -> None:
    restored = elsewhere.command_line("restore", str(left.folder), "--key", left.fingerprint)
    assert restored.returncode == 0, restored.stderr
    again = leave(elsewhere.store, tmp_path / "again")
    assert differing(left.folder, again.folder) == set(NEVER_EQUAL)
    assert verified(again.folder, "--key", left.fingerprint)[0] == 0

    # Its chain goes on under the key of the house it is in now.
    invited = elsewhere.command_line("invite", "--organization", "lanzhu", "--person", "wei")
    assert re.search(r"/invitation/\w+/$", invited.stdout.strip()), invited.stderr
    later = leave(elsewhere.store, tmp_path / "later")
    assert verified(later.folder, "--key", later.fingerprint)[0] == 0
    status, said = verified(later.folder, "--key", left.fingerprint)
    assert (status, "Proven up to entry" in said) == (2, True), said
    whole = elsewhere.command_line("trail", "verify")
    assert whole.returncode == 0, whole.stdout + whole.stderr

    twice = elsewhere.command_line("restore", str(left.folder))
    assert (twice.returncode, "here already" in twice.stderr) == (1, True), twice.stderr


def test_what_opens_doors_stays_behind(left: Left) -> None:
    texts = [path.read_text(encoding="utf-8") for path in left.folder.rglob("*.jsonl")]
    assert not [text for text in texts if "pbkdf2_" in text or "argon2" in text]
    for kind in ("apitoken", "invitation"):
        for line in (left.folder / "records" / f"organizations.{kind}.jsonl").read_text().splitlines():
            assert json.loads(line)["digest"].startswith("sha256:")
