"""What whole commands take on an installation that holds many records: verify, export, start, and the memory at rest."""

from __future__ import annotations

import contextlib
import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench import product
from bench.place import Place
from bench.processes import PROGRAMS, running, tree
from bench.report import Row
from tests.served import free_port

EXPORT_LIMIT = 60.0  # seconds, of 100,000 records
REST = 20.0  # seconds after which a server is at rest
REST_LIMIT = 280.0  # MiB of two web workers and a job worker
FIRST_ANSWER, EMPTY_READY = 2.0, 15.0  # seconds


def of_the_trail(place: Place, entries: int) -> list[Row]:
    """How fast the trail is verified, start of the program included."""
    chain, whole = place.guiju("trail", "verify", "--chain-only"), place.guiju("trail", "verify")
    each, all_of_it = chain.seconds * 100_000 / entries, whole.seconds * 10_000 / place.count
    return [
        Row(f"{place.name}.verify-chain", round(each, 3), "s/100,000 entries", limit=1.0),
        Row(f"{place.name}.verify-whole", round(all_of_it, 3), "s/10,000 records", limit=1.0),
        Row(f"{place.name}.verify-whole.memory", round(whole.memory, 1), "MiB"),
    ]


def of_the_export(place: Place) -> list[Row]:
    """How long an organization takes to leave, and how much memory at most."""
    folder = place.folder / "export"
    done = place.guiju("export", "--organization", product.ORGANIZATION, folder)
    shutil.rmtree(folder)
    return [
        Row(f"{place.name}.export", round(done.seconds, 2), "s", limit=EXPORT_LIMIT),
        Row(f"{place.name}.export.cpu", round(done.cpu, 2), "s"),
        Row(f"{place.name}.export.memory", round(done.memory, 1), "MiB"),
    ]


@contextlib.contextmanager
def up(place: Place, web_workers: int = 2) -> Iterator[tuple[str, int]]:
    """`guiju up` with its worker, ready; gives its address and its process."""
    port = free_port()
    environment = {**place.environment, "WEB_WORKERS": str(web_workers)}
    command = [PROGRAMS / "guiju", "up", "--data", place.folder / "data", "--port", port]
    url = f"http://localhost:{port}"
    with running(command, environment, place.folder / "up.log", f"{url}/readyz") as process:
        yield url, process


def of_rest(place: Place) -> list[Row]:
    """The memory that is this server's alone or its share of what is common (PSS), after each web worker has answered."""
    with up(place) as (url, process):
        for _time in range(20):
            _status(f"{url}/readyz")
        time.sleep(REST)
        share = sum(map(_share, tree(process)))
    return [Row(f"{place.name}.rest.memory", round(share / 1024, 1), "MiB", limit=REST_LIMIT)]


def _share(process: int) -> int:
    """Kibibytes of a process by proc(5), smaps_rollup; none of one that has ended meanwhile."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def of_starting(place: Place, empty: Mapping[str, str], folder: Path) -> list[Row]:
    """From the command to the first answer on what is there, and to a ready product where nothing is yet."""
    return [
        Row(f"{place.name}.start", round(_until(place.environment, place.folder, "healthz"), 2), "s", limit=FIRST_ANSWER),
        Row(f"{place.database}.empty.ready", round(_until(empty, folder, "readyz"), 2), "s", limit=EMPTY_READY),
    ]


def _until(environment: Mapping[str, str], folder: Path, probe: str) -> float:
    port = free_port()
    command = [PROGRAMS / "guiju", "up", "--data", folder / "data", "--port", port]
    begun = time.perf_counter()
    with running(command, environment, folder / "start.log", f"http://localhost:{port}/{probe}"):
        return time.perf_counter() - begun


def _status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
