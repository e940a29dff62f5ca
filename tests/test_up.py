"""`guiju up`: one parent, two children that come back, and none without it."""

import json
import os
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.served import Server, Store, copy_of, serving

pytestmark = pytest.mark.server


@pytest.fixture
def installation(founded: Store, tmp_path: Path) -> Iterator[Store]:
    own = copy_of(founded, tmp_path / "data")
    yield own
    own.remove()


def children(of: int) -> dict[int, str]:
    """The processes below one, by id, with their command lines."""
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
                if parent == of:
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found


def family_of(pid: int) -> list[int]:
    """The children and grandchildren of a process."""
    own = list(children(pid))
    return own + [grandchild for child in own for grandchild in children(child)]


def wait_for(fact: Callable[[], bool]) -> None:
    """Until a fact is so; a minute, since how fast it is so is measured elsewhere."""
    end = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_children_come_back_and_go_with_their_parent(installation: Store) -> None:
    with serving(installation, "up") as server:
        assert server.process is not None
        for word in (" worker", " web"):
            pid = next(pid for pid, line in children(server.process.pid).items() if word in line)
            os.kill(pid, signal.SIGKILL)
            wait_for(
                lambda pid=pid, word=word: any(
                    word in line for other, line in children(server.process.pid).items() if other != pid
                )
            )
        wait_for(lambda: len(family_of(server.process.pid)) >= 3 and server.is_ready())
        family = family_of(server.process.pid)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait(10)
        wait_for(lambda: not any(map(alive, family)))


def test_a_demonstrations_database_is_refused(store: Store) -> None:
    done = Server(store).command_line("up", "--port", "1")
    assert done.returncode == 1
    assert "demonstration" in done.stderr


def test_a_command_that_fails_says_why_and_does_not_say_it_succeeded(store: Store) -> None:
    done = Server(store).command_line("token", "--organization", "nowhere", "--as", "wei")
    assert (done.returncode, done.stdout) == (1, "")
    assert "nowhere" in done.stderr


def test_a_token_stands_on_the_last_line_and_opens_the_api(lasting: Server) -> None:
    secret = lasting.command_line("token", "--organization", "lanzhu", "--as", "wei").stdout.splitlines()[-1]
    asked = urllib.request.Request(
        f"{lasting.url}/api/v1/lanzhu/documents/?limit=2", headers={"Authorization": f"Bearer {secret}"}
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        page = json.load(answer)
    assert len(page["items"]) == 2 and page["next"]
