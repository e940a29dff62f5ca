"""Programs that write through the API and do not give up: they repeat each create, with its key, until it is acknowledged."""

from __future__ import annotations

import contextlib
import json
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bench import product


class Refused(Exception):
    """The API refused a create for another reason than being killed."""


@dataclass
class Writers:
    """Some threads, each writing one document after the other until told to stop."""

    url: str
    token: str
    mark: str
    count: int = 4
    acknowledged: dict[str, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self.threads = [threading.Thread(target=self._write, args=(number,), daemon=True) for number in range(self.count)]
        for thread in self.threads:
            thread.start()

    def stop(self, within: float = 60) -> None:
        """Let each finish the create it is at: it is repeated until it is acknowledged."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(within)
        if any(thread.is_alive() for thread in self.threads):
            raise Refused("a create was still not acknowledged after the product had come back")
        if self.refusals:
            raise Refused(self.refusals[0])

    def _write(self, thread: int) -> None:
        number = 0
        while not self.stopping.is_set() and not self.refusals:
            number += 1
            title = f"{self.mark} {thread}-{number}"
            self._create_until_acknowledged(title)

    def _create_until_acknowledged(self, title: str) -> None:
        end = time.monotonic() + 90
        while time.monotonic() < end:
            try:
                self.acknowledged[title] = create(self.url, self.token, title)
                return
            except urllib.error.HTTPError as error:
                said = error.read()[:500].decode(errors="replace")
                if error.code < 500 and error.code != 429 and "disk" not in said:  # one that is full has room again later
                    self.refusals.append(f"{error.code} {said}")
                    return
                time.sleep(0.1)
            except (urllib.error.URLError, OSError, ValueError):
                # Killed before or in the middle of its answer: nobody knows whether it was written. Ask again.
                time.sleep(0.1)
        self.refusals.append(f"not acknowledged within a minute and a half: {title}")


def create(url: str, token: str, title: str) -> str:
    """One document; gives its number. The title is its key, so that repeating it is harmless."""
    request = urllib.request.Request(
        url + product.api_path(),
        data=json.dumps(product.document(title)).encode(),
        headers={**product.api_headers(token), "Idempotency-Key": title.replace(" ", "-")},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)["number"]


def found(url: str, token: str, mark: str) -> Counter[str]:
    """How often each title with the mark stands in the register, walking all its pages."""
    titles: Counter[str] = Counter()
    after = ""
    while True:
        request = urllib.request.Request(url + product.api_path(limit=100, after=after), headers=product.api_headers(token))
        with urllib.request.urlopen(request, timeout=30) as answer:
            page = json.load(answer)
        titles.update(item["title"] for item in page["items"] if item["title"].startswith(mark))
        after = page["next"]
        if not after:
            return titles


def wait_until(condition: Callable[[], bool], within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        with contextlib.suppress(urllib.error.URLError, OSError):
            if condition():
                return True
        time.sleep(0.05)
    return False
