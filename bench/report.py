"""Rows of the result, as JSON for machines and as a page of the documentation for people."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

from bench.measure import Cost, Question

# CPU in multiples of the bare view, and of the register's first page in multiples of its own cost at a thousand records.
LIMIT = 6.0
REGISTER_LIMIT = {"sqlite": 5.0, "postgres": LIMIT}
GROWTH_LIMIT = {1_000_000: 1.3}  # against a thousand records; less for fewer
GROWTH_LIMIT_BELOW = 1.2
LIST_LIMIT = {"sort": 1.3, "filter": 1.3, "deep": 1.3, "rare": 3.0}  # of the register's first page beside it
PAST_LIMIT = 500.0  # ms, as-of
MEMORY_GROWTH = 1.25  # of an export: it does not grow with what leaves, but for what any table of names holds


@dataclass(frozen=True)
class Row:
    """One measured value. `ratio` is to the bare view; for growth, to the same page at the smallest size."""

    name: str
    value: float
    unit: str = "ms"
    ratio: float | None = None
    limit: float | None = None

    @property
    def ok(self) -> bool:
        """Within its limit, which is one of the ratio where there is one, else of the value."""
        return self.limit is None or (self.value if self.ratio is None else self.ratio) <= self.limit


def costliest(asked: dict[Question, Cost]) -> dict[str, Cost]:
    """Of the questions of one name the one that cost most; which one is said beside the measuring."""
    found: dict[str, Cost] = {}
    for question, cost in sorted(asked.items(), key=lambda one: one[1].cpu_ms):
        found[question.name] = cost
        print(f"{cost.cpu_ms:8.2f} ms {question.name} {unquote(question.path)}", file=sys.stderr)
    return {question.name: found[question.name] for question in asked}


def rows_of(database: str, count: int, ours: dict[str, Cost], bare: dict[str, Cost]) -> list[Row]:
    found = []
    for name, floor in bare.items():
        found.append(Row(f"{database}.{count}.bare-{name}.cpu", round(floor.cpu_ms, 3)))
    for name, cost in ours.items():
        place = f"{database}.{count}.{name}"
        floor = ours["register"] if name in LIST_LIMIT else bare["write" if name == "create" else "rows"]
        limit = LIST_LIMIT.get(name) or (REGISTER_LIMIT[database] if name == "register" else LIMIT)
        if name == "as-of":
            found.append(Row(f"{place}.cpu", round(cost.cpu_ms, 3), ratio=_ratio(cost.cpu_ms, floor.cpu_ms)))
            found.append(Row(f"{place}.p95", round(cost.latency_ms(95), 3), limit=PAST_LIMIT))
            continue
        found.append(Row(f"{place}.cpu", round(cost.cpu_ms, 3), ratio=_ratio(cost.cpu_ms, floor.cpu_ms), limit=limit))
        for part in (50, 95):
            value = cost.latency_ms(part)
            found.append(Row(f"{place}.p{part}", round(value, 3), ratio=_ratio(value, floor.latency_ms(part))))
    return found


def growth(database: str, rows: Sequence[Row], sizes: Sequence[int]) -> list[Row]:
    """What the register's first page, and the memory of an export, are at each size, beside their own at the smallest."""
    values = {row.name: row.value for row in rows}
    found = []
    for name, unit in (("register.cpu", "ms"), ("export.memory", "MiB")):
        first = values.get(f"{database}.{sizes[0]}.{name}")
        for size in sizes[1:]:
            value = values.get(f"{database}.{size}.{name}")
            if not first or value is None:
                continue
            limit = MEMORY_GROWTH if unit == "MiB" else GROWTH_LIMIT.get(size, GROWTH_LIMIT_BELOW)
            called = f"{database}.{size}.{name.removesuffix('.cpu')}.growth"
            found.append(Row(called, value, unit, ratio=_ratio(value, first), limit=limit))
    return found


def _ratio(value: float, floor: float) -> float | None:
    return round(value / floor, 2) if floor else None


def machine() -> dict[str, object]:
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processor": model,
        "cores": os.cpu_count(),
        "load": [round(value, 2) for value in os.getloadavg()],
        "python": platform.python_version(),
        "system": platform.platform(terse=True),
    }


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def as_json(rows: Sequence[Row], about: dict[str, object]) -> str:
    return json.dumps({"machine": about, "rows": [asdict(row) | {"ok": row.ok} for row in rows]}, indent=1) + "\n"


HOW = """# What a page costs

Written by `make bench`; do not edit. Beside a *bare view* (`bench/bare.py`: one Django process without middleware, web sessions,
permissions or layout, 25 rows of five columns by one indexed query; for a create, one transaction of two inserts) the
product answers the same kind of question with all that it does. CPU is the processor time of the server's processes for each
request, the database server's not included; p50 and p95 are what half and 95 of a hundred requests stay below. Both servers
run at the same time on the same database kind and are asked in turn, one request after the other; the values are medians
of the rounds. Read the ratios: absolute values belong to the machine and to what else it did. The record has a history of 50
entries; what is searched has one to four characters, Chinese and English, and the costliest stands here. `sort`, `filter` and
`deep` are the costliest order, filter alone and a page a thousand pages down, `rare` a filter that few records pass with an
order; these four are compared with the register's first page, not with the bare view. `as-of` is the first page of the past.

The other rows are of whole commands on the same installation and of many at once: `create-busy` of eight programs that write
while the worker checks the whole trail, `import-10000` of documents with their entries, `people-200` of two hundred people with
five seconds of thought between pages, for ten minutes; `rest.memory` is the share (PSS) of `guiju up` with two web workers and
its job worker.
"""


def as_page(rows: Sequence[Row], about: dict[str, object]) -> str:
    lines = [HOW, f"Measured {about['at']} on {about['cores']} cores ({about['processor']}), Python {about['python']},"]
    lines += [f"load average at the start {', '.join(map(str, about['load']))}.\n"]  # type: ignore[call-overload]
    lines += ["| what | value | of bare | limit | |", "|---|---:|---:|---:|---|"]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        limit = "" if row.limit is None else f"{row.limit:g}"
        lines.append(f"| {row.name} | {row.value:.2f} {row.unit} | {ratio} | {limit} | {'' if row.ok else 'too much'} |")
    lines.append("\n`growth` compares with the same page at the smallest size instead of the bare view.")
    lines.append("A limit without a ratio is one of the value.")
    return "\n".join(lines) + "\n"
