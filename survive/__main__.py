"""make survive N=20: kill the product N times on each database while it writes, then what else befalls an installation.

Status 1 if anything was lost. Each round prints its seed; --seed SEED repeats one, --only NAME one hardship. Finished rounds
and hardships are kept in survive/work and not repeated with --resume.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import product
from survive.hardships import HARDSHIPS, Place, compare, on_a_small_disk, two_nodes
from survive.house import BACK_WITHIN, House, Lost, house
from survive.writers import Refused, Writers, found
from tests.postgres import PrivatePostgres

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "survive" / "work"
TARGETS = ("web", "worker", "up")


@dataclass(frozen=True)
class Round:
    """What one kill came to."""

    database: str
    seed: int
    target: str
    after: float
    acknowledged: int
    back: float


def one_round(inhabited: House, access: product.Access, database: str, seed: int) -> Round:
    chance = random.Random(seed)
    target, after = chance.choice(TARGETS), chance.uniform(0.2, 4.0)
    print(f"{database}, seed {seed}: {target} after {after:.2f} s", file=sys.stderr)
    writers = Writers(inhabited.url, access.token, f"Survivor {seed}")
    writers.start()
    time.sleep(after)
    back = inhabited.kill(target)
    time.sleep(0.5)
    writers.stop()
    compare(writers, found(inhabited.url, access.token, f"{writers.mark} "))
    inhabited.verify("--chain-only")
    return Round(database, seed, target, round(after, 2), len(writers.acknowledged), round(back, 2))


def rounds_on(database: str, seeds: list[int], keep: Path) -> list[Round]:
    done = [Round(**one) for one in json.loads(keep.read_text())] if keep.exists() else []
    with (
        PrivatePostgres(durable=True) if database == "postgres" else contextlib.nullcontext() as databases,
        house(databases, WORK / database) as (inhabited, access),
    ):
        for seed in seeds[len(done) :]:
            done.append(one_round(inhabited, access, database, seed))
            keep.write_text(json.dumps([asdict(one) for one in done]))
        inhabited.verify()
    return done


@dataclass(frozen=True)
class Met:
    """One hardship, and how it ended."""

    database: str
    name: str
    words: str


def hardships_on(database: str, keep: Path, only: str) -> list[Met]:
    """Each in an installation of its own, so that one does not stand on another's ruins."""
    done = [Met(**one) for one in json.loads(keep.read_text())] if keep.exists() else []

    def met(name: str, words: str) -> None:
        print(f"{database}, {name}: {words}", file=sys.stderr)
        done.append(Met(database, name, words))
        keep.write_text(json.dumps([asdict(one) for one in done]))

    wanted = [one for one in HARDSHIPS if only in ("", one.__name__) and one.__name__ not in {m.name for m in done}]
    for hardship in wanted:
        with contextlib.ExitStack() as stack:
            server = PrivatePostgres(durable=True) if database == "postgres" else None
            databases = stack.enter_context(server) if server else None
            inhabited, access = stack.enter_context(house(databases, WORK / f"{database}-{hardship.__name__}"))
            met(hardship.__name__, hardship(Place(inhabited, access, server)))
    known = {one.name for one in done}
    if only in ("", "disk_full") and "disk_full" not in known:
        met("disk_full", on_a_small_disk(database, WORK))
    if database == "postgres" and only in ("", "two_nodes") and "two_nodes" not in known:
        met("two_nodes", two_nodes(WORK))
    return done


PAGE = """# Killed while writing

Written by `make survive`; do not edit. Four programs create documents through the API as fast as they can, each repeating
a create with the same `Idempotency-Key` until it is acknowledged. At a random moment SIGKILL ends the web server, the
worker, or `guiju up` itself. What was acknowledged must stand in the register, everything exactly once; a killed child
must be back within {limit:g} s; the children of a killed `up` must be gone; the chain must verify after each kill, and
everything at the end.

Last run {at}: {count} kills, {acknowledged} acknowledged creates, none lost, none doubled.

| database | kills | acknowledged creates | longest absence of a child | of `up`, which we start again |
|---|---:|---:|---:|---:|
{lines}

## What else befalls an installation

Each in an installation of its own, while four programs write. Afterwards what was acknowledged stands exactly once, and the
whole trail verifies (`survive/hardships.py` says what each does).

| database | hardship | how it ended |
|---|---|---|
{hardships}
"""


def page(rounds: list[Round], hardships: list[Met]) -> str:
    lines = []
    for database in dict.fromkeys(one.database for one in rounds):
        own = [one for one in rounds if one.database == database]
        acknowledged = sum(one.acknowledged for one in own)
        child, whole = _longest(own, ("web", "worker")), _longest(own, ("up",))
        lines.append(f"| {database} | {len(own)} | {acknowledged} | {child} | {whole} |")
    return PAGE.format(
        at=datetime.now(UTC).date().isoformat(),
        count=len(rounds),
        acknowledged=sum(one.acknowledged for one in rounds),
        limit=BACK_WITHIN,
        lines="\n".join(lines),
        hardships="\n".join(f"| {one.database} | {one.name.replace('_', ' ')} | {one.words} |" for one in hardships),
    )


def _longest(rounds: list[Round], targets: tuple[str, ...]) -> str:
    absences = [one.back for one in rounds if one.target in targets]
    return f"{max(absences):.1f} s" if absences else "none killed"


def seeds_for(database: str, options: argparse.Namespace) -> list[int]:
    """The seeds of the rounds: those of the interrupted run when it is resumed, then new ones."""
    if options.seed is not None:
        return [options.seed]
    kept = WORK / f"{database}.seeds"
    seeds: list[int] = json.loads(kept.read_text()) if options.resume and kept.exists() else []
    seeds += [random.SystemRandom().randrange(10**9) for _ in range(options.rounds - len(seeds))]
    kept.write_text(json.dumps(seeds))
    return seeds


def main() -> int:
    parser = argparse.ArgumentParser(prog="survive", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20, help="kills on each database")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"], choices=["sqlite", "postgres"])
    parser.add_argument("--seed", type=int, help="repeat this one")
    parser.add_argument("--resume", action="store_true", help="go on with the run that was interrupted")
    parser.add_argument("--only", default="", help="this hardship alone, and no kills")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    rounds: list[Round] = []
    hardships: list[Met] = []
    for database in options.databases:
        keep, kept_hardships = WORK / f"{database}.json", WORK / f"{database}-hardships.json"
        if not options.resume:
            keep.unlink(missing_ok=True)
            kept_hardships.unlink(missing_ok=True)
        try:
            if not options.only:
                rounds += rounds_on(database, seeds_for(database, options), keep)
            if options.seed is None:
                hardships += hardships_on(database, kept_hardships, options.only)
        except (Lost, Refused) as problem:
            print(f"{database}: {problem}", file=sys.stderr)
            return 1
    if options.seed is None and not options.only:
        (ROOT / "docs" / "survival.md").write_text(page(rounds, hardships))
    acknowledged = sum(one.acknowledged for one in rounds)
    print(f"{len(rounds)} kills, {len(hardships)} hardships, {acknowledged} acknowledged creates, nothing lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
