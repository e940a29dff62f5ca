"""Every operation of the API of a running product, tried by Schemathesis; what was found, and what the database says after."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.__main__ import clean_environment
from bench.processes import PROGRAMS
from fuzz.world import ORGANIZATION, PERSON, World, narrowed
from tests.postgres import PrivatePostgres
from tests.served import Server, Store, free_port

CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
SLOWEST = 10.0  # seconds that one answer may take, on a machine that does other things too


@dataclass(frozen=True)
class Tried:
    """What came of one database; `faults` is empty when all held."""

    database: str
    operations: int
    of: int
    cases: int
    accepted: int  # operations that did at least once what was asked
    version: str  # of Schemathesis
    faults: list[str] = field(default_factory=list)
    slowest: float = SLOWEST


def tried_on(database: str, examples: int, folder: Path, only: str = "") -> Tried:
    """Start the sample organization on this database, try each operation, and look at what is left behind."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    with contextlib.ExitStack() as stack:
        environment = clean_environment() | {"DATA": str(folder / "data")}
        if database == "postgres":
            databases = stack.enter_context(PrivatePostgres(durable=False))
            databases.create("fuzz")
            environment |= databases.environment("fuzz")
        server = Server(Store(folder / "data", settings=environment), "demo", free_port())
        server.start()
        stack.callback(server.kill)
        _inside(environment, "open_all_doors")
        asked = server.command_line("token", "--organization", ORGANIZATION, "--as", PERSON)
        world = World(server.url, asked.stdout.splitlines()[-1].strip())
        report = _schemathesis(world, server.url, examples, folder, only)
        faults = [*_failures(report), *_errors_in(server.log)]
        server.stop()
        faults += _inside(environment, "half_written")
        verified = server.command_line("trail", "verify")
        faults += [f"trail verify: {verified.stdout}{verified.stderr}"] * bool(verified.returncode)
    return Tried(
        database,
        report["operations"]["tested"],
        report["operations"]["total"],
        report["test_cases"]["generated"],
        _accepted(folder / "events.ndjson"),
        report["schemathesis_version"],
        faults,
    )


def _schemathesis(world: World, url: str, examples: int, folder: Path, only: str) -> dict[str, Any]:
    """The report of one run. Its words stand in said.txt, a request and a command that repeats it for each failure."""
    world.settle()
    description = folder / "openapi.json"
    description.write_text(json.dumps(narrowed(world.description(), world.known())))
    command = [PROGRAMS / "schemathesis", "--config-file", CONFIGURATION, "run", description, "--url", url, "--no-color"]
    command += ["--header", f"Authorization: Bearer {world.token}", "--max-examples", examples]
    command += ["--max-response-time", SLOWEST, "--report", "json,ndjson"]
    command += ["--report-json-path", folder / "report.json", "--report-ndjson-path", folder / "events.ndjson"]
    command += ["--include-operation-id", only] if only else []
    with open(folder / "said.txt", "wb") as said:
        words = [str(word) for word in command]
        subprocess.run(words, stdout=said, stderr=subprocess.STDOUT, cwd=folder, check=False)
    report: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return report


def _failures(report: dict[str, Any]) -> list[str]:
    found = [f"{one['title']} ({one['count']}): {', '.join(one['operations'])}" for one in report["failures"]]
    return found + [f"not tried: {one}" for one in report["errors"]]


def _errors_in(log: Path) -> list[str]:
    """What the server wrote down as a fault of its own, also where the answer did not tell."""
    lines = log.read_text(errors="replace").splitlines()
    return [line for line in lines if "Traceback" in line or " ERROR " in line][:20]


def _accepted(events: Path) -> int:
    """Of how many operations at least one request was done."""
    done = set()
    for line in events.read_text().splitlines():
        recorder = next(iter(json.loads(line).values())).get("recorder") or {}
        for name, asked in (recorder.get("interactions") or {}).items():
            if (asked.get("response") or {}).get("status_code", 500) < 300:
                case = recorder["cases"][name]["value"]
                done.add((case["method"], case["path"]))
    return len(done)


def _inside(environment: dict[str, str], verb: str) -> Any:
    settings = os.environ | environment | {"DJANGO_SETTINGS_MODULE": "guiju.project.settings"}
    done = subprocess.run([sys.executable, "-m", "fuzz.inside", verb], env=settings, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{verb}: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
