"""The properties of the suite, with many more examples than `make test` has time for."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Held:
    """How many properties were tried with how many examples each, and the names of those that do not hold."""

    count: int
    examples: int
    failed: list[str]


def held(examples: int, work: Path) -> Held:
    """Run all properties; RuntimeError when none was found or pytest itself could not run."""
    work.mkdir(parents=True, exist_ok=True)
    report = work / "properties.xml"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-m", "fuzz", "-n", "2", f"--junitxml={report}"]
    with open(work / "properties.txt", "wb") as said:
        environment = os.environ | {"GUIJU_FUZZ": str(examples), "GUIJU_TEST_DATABASE": "sqlite"}
        subprocess.run(command, cwd=ROOT, env=environment, stdout=said, stderr=subprocess.STDOUT, check=False)
    cases = list(ElementTree.parse(report).getroot().iter("testcase")) if report.exists() else []
    if not cases:
        raise RuntimeError(f"no property ran: {work / 'properties.txt'} says why")
    wrong = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    failed = [f"{case.get('classname')}.{case.get('name')}" for case in wrong]
    return Held(len(cases), examples, failed)
