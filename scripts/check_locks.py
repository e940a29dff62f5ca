"""Compare pyproject.toml with the two locks, without asking the network.

Every dependency must be locked at a version that its bound admits, both locks must agree, and neither may hold a
download address: they are installed behind mirrors too. Exit status 1 and one line for each difference.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
ADDRESS = re.compile(r"\w+://|^--|^-[fi] ", re.MULTILINE)


def locked(text: str) -> dict[str, set[str]]:
    """The versions of each package in a lock; more than one where platforms differ."""
    found: dict[str, set[str]] = {}
    for name, version in LOCKED.findall(text):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def not_admitted(wanted: list[str], versions: dict[str, set[str]], lock: str) -> list[str]:
    problems = []
    for text in wanted:
        requirement = Requirement(text)
        have = versions.get(canonicalize_name(requirement.name), set())
        if not have:
            problems.append(f"{lock} lacks {requirement.name}")
        problems += [f"{lock} has {requirement.name} {one}, asked: {text}" for one in have if one not in requirement.specifier]
    return problems


def problems() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = (ROOT / "requirements.lock").read_text()
    dev = (ROOT / "requirements-dev.lock").read_text()
    of_product, of_dev = locked(runtime), locked(dev)
    found = not_admitted(project["project"]["dependencies"], of_product, "requirements.lock")
    found += not_admitted(project["dependency-groups"]["dev"], of_dev, "requirements-dev.lock")
    found += [f"the locks differ in {name}" for name, have in of_product.items() if of_dev.get(name) != have]
    for name, text in (("requirements.lock", runtime), ("requirements-dev.lock", dev)):
        found += [f"{name} holds an address or an option: {match.group()}" for match in ADDRESS.finditer(text)]
    return found


if __name__ == "__main__":
    found = problems()
    for problem in found:
        print(problem, "(`make lock` resolves anew)", file=sys.stderr)
    sys.exit(bool(found))
