"""make mutation: put single faults into spine and lib, and count those that a test notices.

--sample N faults of each package (0: all of them), the same ones with the same --seed. What is done is kept in
mutation/work and not repeated with --resume.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "mutation" / "work"
# The tests of each package: those beside it, and those elsewhere that hold its rules.
PACKAGES: dict[str, tuple[str, ...]] = {
    "guiju/lib": ("guiju/lib",),
    "guiju/spine": (
        "guiju/spine",
        "guiju/organizations/trail",
        "guiju/modules/documents/approval",
        "guiju/project/tests/test_trail_commands.py",
    ),
}
# What runs in processes of its own is not always seen being called: there the tests beside it are taken too.
BESIDE = {
    "guiju/lib/extraction": ("guiju/lib/tests/test_extraction", "guiju/lib/tests/test_spreadsheets"),
    "guiju/lib/pdf": ("guiju/lib/pdf",),
}
PAGE = """# Would a test notice?

Written by `make mutation`; do not edit. Single faults are put into the functions of two packages, one at a time: a comparison
turned, *and* for *or*, a number or truth changed, a condition reversed, nothing returned, a call or a `raise` left out. Each
is tried with the tests that call the function (at most 10 s of them, the quickest first); a fault that no test notices
survives. A test that does not end in five times its time has noticed. Calls of the log and texts for people are left as they are.

The tests are those beside each package and a few named ones:
{tests}.
What only tests elsewhere hold (of modules, pages, real servers) counts as survived here, and so does a fault that changes
nothing anybody could see: the score is a lower bound.

Last run {at}, seed {seed}.

| package | faults possible | tried | noticed | survived | score | with 95 % confidence |
|---|---:|---:|---:|---:|---:|---|
{lines}

## What survived

{survivors}
"""


def modules(package: str) -> list[Path]:
    """The modules of a package, without its tests and what Django has written."""
    found = sorted((ROOT / package).rglob("*.py"))
    return [
        path for path in found if not {"tests", "migrations"} & set(path.parts) and path.name not in ("apps.py", "conftest.py")
    ]


def sampled(package: str, count: int, seed: int) -> tuple[int, list[Mutant]]:
    """How many faults there can be, and those that are tried; in no order, so that a part of them is a sample too."""
    every = [mutant for path in modules(package) for mutant in mutants_of(path, ROOT)]
    chosen = every if not 0 < count < len(every) else random.Random(f"{seed} {package}").sample(every, count)
    return len(every), chosen


def kept_for(package: str) -> Path:
    return WORK / f"{package.replace('/', '.')}.json"


def try_in_a_copy(package: str, options: argparse.Namespace) -> None:
    """Run `--inside` in a copy of the repository, since the files are changed too."""
    with tempfile.TemporaryDirectory(prefix="guiju-mutation-") as folder:
        copy = Path(folder) / "copy"
        ignored = shutil.ignore_patterns(".venv", ".git", "work", "__pycache__", ".tools", "data", "node_modules")
        shutil.copytree(ROOT, copy, ignore=ignored)
        shutil.copytree(ROOT / "tests" / "data", copy / "tests" / "data", dirs_exist_ok=True)
        command = [
            sys.executable,
            "-m",
            "mutation",
            "--inside",
            package,
            "--sample",
            str(options.sample),
            "--seed",
            str(options.seed),
        ]
        environment = os.environ | {
            "PYTHONPATH": str(copy),
            "GUIJU_TEST_DATABASE": "sqlite",
            "MUTATION_KEPT": str(kept_for(package)),
        }
        subprocess.run([*command, "--only", options.only], cwd=copy, env=environment, check=True)


def inside(package: str, options: argparse.Namespace) -> int:
    from mutation.trying import Mutating

    chosen = [one for one in sampled(package, options.sample, options.seed)[1] if options.only in one.path]
    plugin = Mutating(ROOT, chosen, Path(os.environ["MUTATION_KEPT"]), BESIDE)
    words = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not server and not browser", *PACKAGES[package]]
    return int(pytest.main(words, plugins=[plugin]))


def interval(share: float, count: int) -> str:
    """Wilson's interval of 95 %, as two whole percentages."""
    z = 1.96
    middle, spread = share + z * z / (2 * count), z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    low, high = ((middle + sign * spread) / (1 + z * z / count) for sign in (-1, 1))
    return f"{low:.0%} to {high:.0%}"


def page(packages: Sequence[str], options: argparse.Namespace) -> str:
    lines, survivors = [], []
    for package in packages:
        possible, chosen = sampled(package, options.sample, options.seed)
        outcomes = json.loads(kept_for(package).read_text())
        said = [(mutant, outcomes[mutant.name]) for mutant in chosen if outcomes.get(mutant.name, "untried") != "untried"]
        left = sorted((mutant for mutant, outcome in said if outcome == "survived"), key=lambda one: (one.path, one.number))
        share = 1 - len(left) / len(said)
        confidence = "all were tried" if len(said) == possible else interval(share, len(said))
        noticed = len(said) - len(left)
        lines.append(f"| {package} | {possible:,} | {len(said)} | {noticed} | {len(left)} | {share:.1%} | {confidence} |")
        survivors += [f"- `{mutant.path}`, line {mutant.line}: {mutant.what}" for mutant in left]
    at = datetime.now(UTC).date().isoformat()
    tests = "; ".join(f"`{package}` by {', '.join(PACKAGES[package])}" for package in packages)
    return PAGE.format(
        tests=tests, at=at, seed=options.seed, lines="\n".join(lines), survivors="\n".join(survivors) or "Nothing."
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="mutation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--packages", nargs="+", default=list(PACKAGES), choices=list(PACKAGES))
    parser.add_argument("--sample", type=int, default=250, help="faults of each package; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a module's path; no page is written")
    parser.add_argument("--resume", action="store_true", help="go on with the run that was interrupted")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options.inside, options)
    WORK.mkdir(parents=True, exist_ok=True)
    for package in options.packages:
        if not options.resume:
            for kept in (kept_for(package), kept_for(package).with_suffix(".look")):
                kept.unlink(missing_ok=True)
        try_in_a_copy(package, options)
    if not options.only and len(options.packages) == len(PACKAGES):
        (ROOT / "docs" / "mutation.md").write_text(page(options.packages, options))
    return 0


if __name__ == "__main__":
    sys.exit(main())
