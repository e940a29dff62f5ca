"""Many at once: eight people who write while the worker is busy or imports, and two hundred at their daily work."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench import commands, product
from bench.measure import Client, Question, WrongAnswer
from bench.place import Place
from bench.report import Row

WRITERS = 8
WRITE_LIMIT = {"sqlite": 250.0, "postgres": 100.0}  # ms, p99
IMPORT_LIMIT, MEANWHILE_LIMIT = 10.0, 1000.0  # seconds of 10,000 rows; ms, p99 of others meanwhile
BUSY = 30.0  # seconds
PEOPLE, THINKING, AT_WORK, WARM = 200, 5.0, 600.0, 20.0  # seconds
CROWD_LIMIT = 300.0  # ms, p95


@dataclass
class Asking:
    """Threads that each ask one question after the other until told to stop; keeps how long each answer took."""

    url: str
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, chosen: Sequence[Callable[[], Question]], think: Callable[[], float]) -> None:
        """One thread for each of `chosen`, which gives its next question; `think` the seconds before it."""
        self.threads = [threading.Thread(target=self._one, args=(each, think), daemon=True) for each in chosen]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)

    def _one(self, choose: Callable[[], Question], think: Callable[[], float]) -> None:
        client = Client(self.url)
        while not self.stopping.wait(think()):
            try:
                self.seconds.append(client.ask(choose()))
            except (WrongAnswer, OSError) as error:
                self.errors.append(str(error)[:300])
                client = Client(self.url)

    def of_hundred(self, part: int) -> float:
        """Milliseconds that `part` of a hundred answers stay below."""
        return round(statistics.quantiles(self.seconds, n=100, method="inclusive")[part - 1] * 1000, 1)


def writers(place: Place, url: str) -> Asking:
    """Eight programs that create one document after the other."""
    asking = Asking(url)
    asking.start([lambda: product.create(place.access)] * WRITERS, lambda: 0.0)
    return asking


def of_writing(place: Place) -> list[Row]:
    """What a create takes at most, 99 of 100, while the worker is busy; how long an import takes, and others meanwhile."""
    with commands.up(place) as (url, _process):
        place.ask("begin_check")
        asking = writers(place, url)
        time.sleep(BUSY)
        busy = bool(place.ask("checked")["running"])
        asking.stop()
        while not place.ask("checked")["ended"]:
            time.sleep(1)
        alone, quiet = _import(place), _import(place, asking_too=url)
    rows = [
        Row(f"{place.name}.create-busy.p99", asking.of_hundred(99), limit=WRITE_LIMIT[place.database]),
        Row(f"{place.name}.create-busy.p50", asking.of_hundred(50)),
        Row(f"{place.name}.create-busy.each-second", round(len(asking.seconds) / BUSY, 1), "creates"),
        Row(f"{place.name}.create-busy.errors", len(asking.errors), "errors", limit=0),
        Row(f"{place.name}.create-busy.worker-was-busy", int(busy), "of 1"),
        Row(f"{place.name}.import-10000", round(alone[0], 2), "s", limit=IMPORT_LIMIT),
        Row(f"{place.name}.import-10000.with-writers", round(quiet[0], 2), "s"),
    ]
    others = quiet[1]
    assert others is not None
    rows.append(Row(f"{place.name}.import-10000.others.p99", others.of_hundred(99), limit=MEANWHILE_LIMIT))
    rows.append(Row(f"{place.name}.import-10000.others.errors", len(others.errors), "errors", limit=0))
    return rows


def _import(place: Place, asking_too: str = "") -> tuple[float, Asking | None]:
    """Seconds by the worker's own account, and who wrote meanwhile."""
    place.ask("begin_import")
    asking = writers(place, asking_too) if asking_too else None
    while not (found := place.ask("imported"))["ended"]:
        time.sleep(0.5)
    if asking:
        asking.stop()
    return float(found["seconds"]), asking


def of_people(place: Place, seconds: float = AT_WORK) -> list[Row]:
    """Two hundred at work, each thinking five seconds on the average between two pages."""
    chance = random.Random(5)
    with commands.up(place) as (url, _process):
        asking = Asking(url)
        asking.start(
            [_day_of(place, cookie) for cookie in place.access.people[:PEOPLE]], lambda: chance.expovariate(1 / THINKING)
        )
        time.sleep(WARM)
        asking.seconds.clear()
        time.sleep(seconds)
        asking.stop()
    for error in asking.errors[:3]:
        print(error)
    name = f"{place.name}.people-{PEOPLE}"
    return [
        Row(f"{name}.p95", asking.of_hundred(95), limit=CROWD_LIMIT),
        Row(f"{name}.p50", asking.of_hundred(50)),
        Row(f"{name}.each-second", round(len(asking.seconds) / seconds, 1), "answers"),
        Row(f"{name}.errors", len(asking.errors), "errors", limit=0),
    ]


def _day_of(place: Place, cookie: str) -> Callable[[], Question]:
    """Of ten requests four open a record, two a list, one the home page, one searches, one filters, one writes."""
    chance, pages = random.Random(cookie), product.daily(place.access, cookie)

    def choose() -> Question:
        kind = chance.choices(("record", "register", "home", "search", "filter", "write"), (4, 2, 1, 1, 1, 1))[0]
        return product.create(place.access) if kind == "write" else chance.choice(pages[kind])

    return choose
