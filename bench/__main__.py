"""make bench JSON=FILE: measure on both databases and all sizes, write docs/performance.md; status 1 over a limit.

What is finished is kept in bench/work and not measured again with --resume.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench import commands, crowd, pairs, product, report
from bench.measure import Cost, Question, ask_many
from bench.place import Place
from bench.processes import PROGRAMS, running
from tests.postgres import Databases, PrivatePostgres
from tests.served import free_port

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "bench" / "work"
WHOLE_FROM, BIGGEST_FILLED_WHOLE = 10_000, 100_000  # records
AS_OF_REQUESTS = 20  # in a round
BARE = [Question("rows", "GET", "/rows", holds=b"</table>"), Question("write", "POST", "/write", status=201)]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the rows here")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgres"], choices=["sqlite", "postgres"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=400, help="of each kind in a round")
    parser.add_argument("--big", action="store_true", help="a million records too, for the register's first page")
    parser.add_argument("--only-pages", action="store_true", help="leave out whole commands and the many at once")
    parser.add_argument("--seconds", type=float, default=crowd.AT_WORK, help="of two hundred people at work")
    parser.add_argument("--resume", action="store_true", help="keep what an earlier run has finished")
    return parser.parse_args()


def clean_environment() -> dict[str, str]:
    """Ours without what would set the product up otherwise than it comes."""
    settings = ("PG", "DJANGO_", "GUIJU_", "DATABASE_URL", "MIGRATE_DATABASE_URL", "DATA", "DEMO", "BASE_URL", "LOG_LEVEL")
    return {key: value for key, value in os.environ.items() if not key.startswith(settings)}


@contextlib.contextmanager
def bare_server(databases: Databases | None, count: int, folder: Path) -> Iterator[tuple[str, int]]:
    environment = clean_environment()
    if databases:
        databases.create(f"bare_{count}")
        environment |= databases.environment(f"bare_{count}")
        # Name and server only: the bare view takes the socket's folder from PGHOST.
        environment["BARE_DATABASE"] = environment.pop("DATABASE_URL")
    else:
        environment["BARE_DATABASE"] = f"sqlite:///{folder / 'bare.sqlite3'}"
    bare = ROOT / "bench" / "bare.py"
    subprocess.run([sys.executable, bare, "prepare", str(count)], env=environment, check=True)
    port = free_port()
    command = [PROGRAMS / "granian", "--interface", "wsgi", "--workers", 1, "--blocking-threads", 1, "--port", port]
    command += ["--no-access-log", "--working-dir", bare.parent, "bare:application"]
    url = f"http://127.0.0.1:{port}"
    with running(command, environment, folder / "bare.log", f"{url}/json") as process:
        yield url, process


def our_place(database: str, count: int, databases: Databases | None, folder: Path) -> Place:
    """An installation of its own, filled."""
    environment = clean_environment() | {"DATA": str(folder / "data")}
    if databases:
        databases.create(f"ours_{count}")
        environment |= databases.environment(f"ours_{count}")
    (folder / "data").mkdir()
    return Place(database, count, folder, environment, product.prepare_ours(folder / "data", environment, count))


@contextlib.contextmanager
def our_server(place: Place) -> Iterator[tuple[str, int]]:
    port = free_port()
    url = f"http://localhost:{port}"
    command = product.web(place.folder / "data", port)
    with running(command, place.environment, place.folder / "ours.log", f"{url}/healthz") as process:
        yield url, process


def of_pages(place: Place, databases: Databases | None, options: argparse.Namespace) -> list[report.Row]:
    """Both servers asked in turn, round after round."""
    questions = product.questions(place.access)
    if place.count > BIGGEST_FILLED_WHOLE:
        questions = [question for question in questions if question.name == "register"]
    with (
        bare_server(databases, place.count, place.folder) as (bare_url, bare_process),
        our_server(place) as (our_url, our_process),
    ):
        bare, ours = {question: Cost() for question in BARE}, {question: Cost() for question in questions}
        for number in range(options.rounds):
            print(f"{place.database}, {place.count} records, round {number + 1} of {options.rounds}", file=sys.stderr)
            for question in BARE:
                ask_many(bare_url, bare_process, question, options.requests, bare[question])
            for question in questions:
                same = sum(one.name == question.name for one in questions)
                count = AS_OF_REQUESTS if question.name == "as-of" else max(options.requests // same, 10)
                ask_many(our_url, our_process, question, count, ours[question])
    return report.rows_of(place.database, place.count, report.costliest(ours), report.costliest(bare))


def of_the_whole(place: Place, databases: Databases | None, options: argparse.Namespace) -> list[report.Row]:
    """Whole commands, and many at once; an export at each size, the rest where there is much."""
    rows = commands.of_the_export(place)
    if place.count < WHOLE_FROM:
        return rows
    empty_folder = place.folder / "empty"
    (empty_folder / "data").mkdir(parents=True)
    empty = clean_environment() | {"DATA": str(empty_folder / "data")}
    if databases:
        databases.create("empty")
        empty |= databases.environment("empty")
    rows += commands.of_the_trail(place, place.ask("entries")["entries"])
    rows += commands.of_starting(place, empty, empty_folder) + commands.of_rest(place)
    rows += crowd.of_writing(place)
    return rows + (crowd.of_people(place, options.seconds) if databases else [])  # the embedded database is for a few people


def measured(database: str, count: int, databases: Databases | None, options: argparse.Namespace) -> list[report.Row]:
    folder = WORK / f"{database}-{count}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    place = our_place(database, count, databases, folder)
    rows = of_pages(place, databases, options)
    if not options.only_pages and count <= BIGGEST_FILLED_WHOLE:
        rows += of_the_whole(place, databases, options)
    shutil.rmtree(folder, ignore_errors=True)
    return rows


def rows_for(database: str, count: int, databases: Databases | None, options: argparse.Namespace) -> list[report.Row]:
    kept = WORK / f"{database}-{count}.json"
    if options.resume and kept.exists():
        return [report.Row(**row) for row in json.loads(kept.read_text())]
    rows = measured(database, count, databases, options)
    kept.write_text(json.dumps([vars(row) for row in rows]))
    return rows


def main() -> int:
    options = arguments()
    options.sizes += [1_000_000] if options.big else []
    WORK.mkdir(parents=True, exist_ok=True)
    about, rows = report.machine(), pairs.rows()
    for database in options.databases:
        with PrivatePostgres(durable=True) if database == "postgres" else contextlib.nullcontext() as databases:
            of_database = [row for count in options.sizes for row in rows_for(database, count, databases, options)]
        rows += of_database + report.growth(database, of_database, options.sizes)
    if options.json:
        options.json.write_text(report.as_json(rows, about))
    (ROOT / "docs" / "performance.md").write_text(report.as_page(rows, about))
    over = [row for row in rows if not row.ok]
    for row in over:
        found = f"{row.value} {row.unit}" if row.ratio is None else f"{row.ratio} times"
        print(f"over the limit: {row.name} is {found}, at most {row.limit}", file=sys.stderr)
    return bool(over)


if __name__ == "__main__":
    sys.exit(main())
