"""Ask one server the same thing many times: processor time per answer, and how long each answer took."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bench.processes import cpu_seconds


class WrongAnswer(Exception):
    """An answer that is not what is measured; measuring on would praise an error page."""


@dataclass(frozen=True, eq=False)
class Question:
    """One request, repeatable. `body` is called for each, since a create must not be the same twice.

    Of several of one name the costliest is reported.
    """

    name: str
    method: str
    path: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[], bytes | None] = lambda: None
    extra_headers: Callable[[], Mapping[str, str]] = dict
    holds: bytes = b""


@dataclass
class Cost:
    """What was measured of one question over all rounds."""

    cpu: list[float] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def cpu_ms(self) -> float:
        """Median over the rounds of the processor time per request."""
        return statistics.median(self.cpu) * 1000

    def latency_ms(self, part: int) -> float:
        """The latency that `part` of a hundred requests stay below."""
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[part - 1] * 1000


class Client:
    """One kept connection, as a browser or a program has."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=60)

    def ask(self, question: Question) -> float:
        """Seconds until the whole answer was there."""
        headers = {**question.headers, **question.extra_headers()}
        body = question.body()
        begun = time.perf_counter()
        self.connection.request(question.method, question.path, body=body, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read()
        taken = time.perf_counter() - begun
        if answer.status != question.status or question.holds not in text:
            raise WrongAnswer(f"{question.method} {question.path}: {answer.status} {text[:600].decode(errors='replace')}")
        return taken


def ask_many(url: str, process: int, question: Question, count: int, cost: Cost) -> None:
    """One round: warm the connection and the caches, then `count` requests one after the other."""
    client = Client(url)
    for _ in range(max(count // 10, 5)):
        client.ask(question)
    before = cpu_seconds(process)
    cost.seconds += [client.ask(question) for _ in range(count)]
    cost.cpu.append((cpu_seconds(process) - before) / count)
