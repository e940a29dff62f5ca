"""make fuzz N=20: N examples for each operation of the API on each database, fifty times N for each property.

Status 1 for any fault. What was sent and answered stays in fuzz/work. --only NAME tries one operation, by its operationId.
The same N sends the same again: nothing is left to chance.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from fuzz.api import Tried, tried_on
from fuzz.properties import Held, held

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "fuzz" / "work"
PAGE = """# Anything at all

Written by `make fuzz`; do not edit. Two ways to look for what nobody thought of, both derandomized: the
same `N` sends the same again.

Last run {at}, N={examples}: {outcome}

## The API

Schemathesis ({version}) sends each operation of the OpenAPI description, of a running product with the sample organization
and the token of somebody with all its roles, what fits the description and what does not, alone and one after the other.
For every answer: no 5xx, within {slowest:g} s, status, media type, headers and body as they are described, what does not fit
is refused, a token is needed, other methods are refused. Afterwards: nothing in the server's log is a fault of its own,
`guiju trail verify` finds nothing, no number stands twice, no row lacks its entry, every file is there, no job has failed.
What is left out of Schemathesis stands with its reason in `fuzz/schemathesis.toml`.

| database | operations | of | requests | operations that did what was asked | faults |
|---|---:|---:|---:|---:|---:|
{lines}

Steps that are signed are refused to every token, and some operations need what a sample does not have (a list of documents
whose time is over): these answer, but never with a success. Uploads of files are tried by a property, since Schemathesis
sends parts without a file name.

## Importers and parsers

{properties} properties of the suite (`pytest -m fuzz`), each with {each:,} examples (fewer where one starts other
processes): whatever bytes or text come, the outcome is a value or a refusal of ours, never another exception, within
bounded time, and nothing is half written. `make test` runs the same properties with 60 examples each. Failed: {failed}.
"""


def page(tried: Sequence[Tried], found: Held, examples: int) -> str:
    faults = sum(len(one.faults) for one in tried) + len(found.failed)
    lines = [
        f"| {one.database} | {one.operations} | {one.of} | {one.cases:,} | {one.accepted} | {len(one.faults)} |" for one in tried
    ]
    return PAGE.format(
        at=datetime.now(UTC).date().isoformat(),
        examples=examples,
        outcome="nothing found." if not faults else f"{faults} faults.",
        version=tried[0].version,
        slowest=tried[0].slowest,
        lines="\n".join(lines),
        properties=found.count,
        each=found.examples,
        failed=", ".join(found.failed) or "none",
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--examples", type=int, default=20, help="for each operation; fifty times as many for each property")
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgres"], choices=["sqlite", "postgres"])
    parser.add_argument("--only", default="", help="the operationId of one operation; no properties")
    options = parser.parse_args()
    tried = []
    for database in options.databases:
        tried.append(tried_on(database, options.examples, WORK / database, options.only))
        print(f"{database}: {tried[-1].cases} requests, {tried[-1].operations} operations, {len(tried[-1].faults)} faults")
        print("\n".join(tried[-1].faults))
    if options.only:
        return int(any(one.faults for one in tried))
    found = held(options.examples * 50, WORK)
    print(f"{found.count} properties, failed: {', '.join(found.failed) or 'none'}")
    if len(tried) == 2:
        (ROOT / "docs" / "fuzzing.md").write_text(page(tried, found, options.examples))
    return int(bool(found.failed) or any(one.faults for one in tried))


if __name__ == "__main__":
    sys.exit(main())
