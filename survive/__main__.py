"""make survive N=20: kill the product N times on each database while it writes; status 1 if anything was lost.

Each round prints its seed; --seed SEED repeats one. Finished rounds are kept in survive/work and not repeated with --resume.
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
    _compare(writers, found(inhabited.url, access.token, f"{writers.mark} "))
    inhabited.verify("--chain-only")
    return Round(database, seed, target, round(after, 2), len(writers.acknowledged), round(back, 2))


def _compare(writers: Writers, present: dict[str, int]) -> None:
    lost = [title for title in writers.acknowledged if title not in present]
    doubled = [title for title, count in present.items() if count > 1]
    if lost or doubled or not writers.acknowledged:
        raise Lost(f"lost: {lost[:5]}, doubled: {doubled[:5]}, acknowledged: {len(writers.acknowledged)}")


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
"""


def page(rounds: list[Round]) -> str:
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
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    rounds: list[Round] = []
    for database in options.databases:
        keep = WORK / f"{database}.json"
        if not options.resume:
            keep.unlink(missing_ok=True)
        try:
            rounds += rounds_on(database, seeds_for(database, options), keep)
        except (Lost, Refused) as problem:
            print(f"{database}: {problem}", file=sys.stderr)
            return 1
    if options.seed is None:
        (ROOT / "docs" / "survival.md").write_text(page(rounds))
    print(f"{len(rounds)} kills, {sum(one.acknowledged for one in rounds)} acknowledged creates, nothing lost")
    return 0


if __name__ == "__main__":
    sys.exit(main())
