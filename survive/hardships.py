"""What else befalls an installation, each on both databases where both can meet it; afterwards nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import product
from bench.__main__ import clean_environment
from bench.place import Failed, answer
from survive.house import House, Lost, house
from survive.writers import Writers, found, wait_until
from tests.postgres import PrivatePostgres
from tests.served import Server, Store, free_port

CLOCK = Path(__file__).with_name("clock")
DAY = 24 * 3600
ROOM = "160m"  # of the disk that gets full, an empty installation on it and its database server's own files


@dataclass
class Place:
    """One installation, and the database server it lives on (None: the embedded one)."""

    inhabited: House
    access: product.Access
    server: PrivatePostgres | None

    def ask(self, verb: str) -> Any:
        """What `survive.inside` answers in this installation."""
        try:
            return answer("survive.inside", verb, self.inhabited.environment)
        except Failed as failed:
            raise Lost(str(failed)) from failed

    @contextlib.contextmanager
    def written_to(self, mark: str) -> Iterator[Writers]:
        """Writers at work during the block; afterwards all they were acknowledged stands, once, and the chain verifies."""
        writers = Writers(self.inhabited.url, self.access.token, mark)
        writers.start()
        time.sleep(1)
        yield writers
        time.sleep(1)
        writers.stop(within=120)
        compare(writers, found(self.inhabited.url, self.access.token, f"{mark} "))
        self.inhabited.verify()


def compare(writers: Writers, present: dict[str, int]) -> None:
    """Lost when something acknowledged is not there, or is there twice."""
    lost = [title for title in writers.acknowledged if title not in present]
    doubled = [title for title, count in present.items() if count > 1]
    if lost or doubled or not writers.acknowledged:
        raise Lost(f"lost: {lost[:5]}, doubled: {doubled[:5]}, acknowledged: {len(writers.acknowledged)}")


def database_away(place: Place) -> str:
    """The database server is ended at once and comes back; on SQLite another program holds the database for as long."""
    with place.written_to("Away") as writers:
        before = len(writers.acknowledged)
        if place.server:
            place.server.crash()
            time.sleep(5)
            place.server.come_back()
        else:
            with contextlib.closing(sqlite3.connect(place.inhabited.folder / "guiju.sqlite3", isolation_level=None)) as holder:
                holder.execute("BEGIN EXCLUSIVE")
                time.sleep(5)
                holder.execute("ROLLBACK")
        if not wait_until(lambda: len(writers.acknowledged) > before + 20, 60):
            raise Lost("nothing was written any more after the database had come back")
    return f"away for 5 s; {len(writers.acknowledged)} creates acknowledged, none lost"


def disk_full(place: Place) -> str:
    """The disk fills up while people write, and has room again after a while."""
    ballast = place.inhabited.folder / "ballast"
    with place.written_to("Full") as writers:
        with contextlib.suppress(OSError), open(ballast, "wb") as filler:
            while True:
                filler.write(b"\0" * (1 << 20))
                filler.flush()
        time.sleep(6)
        during = len(writers.acknowledged)
        time.sleep(2)
        stood_still = len(writers.acknowledged) == during
        ballast.unlink()
        if place.server and not place.server.is_up():
            place.server.come_back()
        if not wait_until(lambda: len(writers.acknowledged) > during + 20, 60):
            raise Lost("nothing was written any more after there was room again")
    if not stood_still:
        raise Lost("the disk was never full")
    return f"{len(writers.acknowledged)} creates acknowledged, none lost, none while the disk was full"


def clock_back(place: Place) -> str:
    """The machine's clock is set back by a day, while work goes on; then it is right again."""
    with place.written_to("Before"):
        pass
    ours = dict(place.inhabited.environment)
    place.inhabited.environment |= {"PYTHONPATH": str(CLOCK), "CLOCK_BEHIND": str(DAY)}
    place.inhabited.start_again()
    with place.written_to("Behind") as writers:
        pass
    place.inhabited.environment = ours
    place.inhabited.start_again()
    with place.written_to("After"):
        pass
    if not (count := place.ask("behind")["behind"]):
        raise Lost("the trail does not say that the clock was behind")
    return f"{len(writers.acknowledged)} creates a day behind; {count} entries say so, none is earlier than the one before it"


def import_broken_off(place: Place) -> str:
    """The worker is killed in the middle of an import, three times; it goes on where it was."""
    place.ask("begin_import")
    kills = 0
    for share in (0.2, 0.5, 0.8):
        if wait_until(lambda share=share: place.ask("imported")["there"] >= share * 10_000, 120):  # type: ignore[misc]
            place.inhabited.kill("worker")
            kills += 1
    if not wait_until(lambda: place.ask("imported")["state"] == "finished", 240):
        raise Lost(f"the import was not finished: {place.ask('imported')}")
    there = place.ask("imported")
    if (there["there"], there["different"]) != (10_000, 10_000):
        raise Lost(f"10,000 rows were brought in, {there} are there")
    place.inhabited.verify()
    return f"killed {kills} times; 10,000 rows, each once"


def crossed_locks(place: Place) -> str:
    """Eight threads write the same two records in opposite orders."""
    answer = place.ask("cross")
    if answer["met"] or answer["versions"] != [answer["expected"]] * 2:
        raise Lost(f"{len(answer['met'])} reached whoever asked, as {answer['met'][:2]}; versions {answer['versions']}")
    place.inhabited.verify()
    return "200 writes of two records in crossed orders; no deadlock reached anybody"


def work_arrives(place: Place) -> str:
    """All that was asked of the worker by acknowledged acts has been done, and nothing of it has failed."""
    if not wait_until(lambda: place.ask("left")["waiting"] == 0, 300):
        raise Lost(f"work is left: {place.ask('left')}")
    if failed := place.ask("left")["failed"]:
        raise Lost(f"{failed} pieces of work failed for good")
    return "every job of an acknowledged act was done"


HARDSHIPS: tuple[Callable[[Place], str], ...] = (database_away, clock_back, import_broken_off, crossed_locks, work_arrives)


def two_nodes(work: Path) -> str:
    """Two machines begin at once on one database, neither with a key: one makes it, the other says that it has another."""
    with PrivatePostgres(durable=True) as databases:
        databases.create("nodes")
        stores = [Store(work / f"node{n}", settings=clean_environment() | databases.environment("nodes")) for n in (1, 2)]
        servers = []
        for store in stores:
            store.folder.mkdir(parents=True, exist_ok=True)
            settings = dict(store.settings or {}) | {"DATA": str(store.folder)}
            servers.append(Server(Store(store.folder, settings=settings), "up", free_port()))
        with contextlib.ExitStack() as stack:
            for server in servers:
                stack.callback(server.kill)
                server.begin()
            for server in servers:
                server.wait_until_ready()
            signed = [server.command_line("trail", "sign").returncode for server in servers]
            whole = [server.command_line("trail", "verify").returncode for server in servers]
    if sorted(signed) != [0, 1] or whole[signed.index(0)] != 0:
        raise Lost(f"signing ended with {signed}, verifying with {whole}")
    return "both served; one made the key, the other says that it has none of this installation and signs nothing"


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of its own that is small; needs the right to mount."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={ROOM},mode=0755", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        for _ in range(20):
            if subprocess.run(["umount", str(folder)], capture_output=True, check=False).returncode == 0:
                break
            time.sleep(0.5)


def on_a_small_disk(database: str, work: Path) -> str:
    """`disk_full`, where this machine lets us mount a disk."""
    if os.geteuid() != 0:
        return "not tried: mounting a small disk needs root"
    with small_disk(work / "small") as disk, contextlib.ExitStack() as stack:
        server = PrivatePostgres(durable=True, below=disk) if database == "postgres" else None
        databases = stack.enter_context(server) if server else None
        inhabited, access = stack.enter_context(house(databases, disk / "house"))
        return disk_full(Place(inhabited, access, server))
