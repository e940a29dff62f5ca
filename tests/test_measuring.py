"""The bench measures what it says: processor time of a whole tree, ratios, limits."""

import subprocess
import sys
import time

from bench.measure import Cost, Question
from bench.processes import cpu_seconds, tree
from bench.report import Row, costliest, growth, rows_of

BUSY = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass\n"
PARENT = f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {BUSY + 'time.sleep(30)'!r}]); time.sleep(30)"


def test_processor_time_counts_the_children():
    parent = subprocess.Popen([sys.executable, "-c", PARENT])
    try:
        end = time.monotonic() + 20
        while cpu_seconds(parent.pid) < 0.3 and time.monotonic() < end:
            time.sleep(0.05)
        assert len(tree(parent.pid)) == 2
        assert cpu_seconds(parent.pid) >= 0.3
    finally:
        for process in tree(parent.pid) - {parent.pid}:
            subprocess.run(["kill", str(process)], check=False)
        parent.kill()
        parent.wait()


def cost(cpu: float) -> Cost:
    return Cost([cpu, cpu * 3, cpu], [0.001, 0.002, 0.004])


def test_the_register_page_is_held_to_five_times_the_bare_view_on_sqlite_and_six_on_postgres():
    bare = {"rows": cost(0.002), "write": cost(0.001)}
    for database, limit in (("sqlite", 5.0), ("postgres", 6.0)):
        rows = {row.name: row for row in rows_of(database, 1000, {"register": cost(0.011)}, bare)}
        row = rows[f"{database}.1000.register.cpu"]
        assert (row.value, row.ratio, row.limit, row.ok) == (11.0, 5.5, limit, limit == 6.0)


def test_record_search_and_create_are_held_to_six_times_the_bare_view():
    bare = {"rows": cost(0.002), "write": cost(0.002)}
    for name in ("record", "search", "create"):
        over, within = ({row.name: row for row in rows_of("sqlite", 1000, {name: cost(cpu)}, bare)} for cpu in (0.013, 0.012))
        assert not over[f"sqlite.1000.{name}.cpu"].ok
        assert within[f"sqlite.1000.{name}.cpu"].ok


def test_of_several_searches_the_costliest_is_reported():
    asked = {Question("search", "GET", f"/?q={n}"): cost(cpu) for n, cpu in enumerate((0.002, 0.009, 0.003))}
    assert costliest(asked)["search"].cpu_ms == 9.0


def test_a_create_is_compared_with_the_bare_write():
    rows = rows_of("sqlite", 1000, {"create": cost(0.008)}, {"rows": cost(0.002), "write": cost(0.001)})
    assert {row.name: row.ratio for row in rows}["sqlite.1000.create.cpu"] == 8.0


def test_a_register_that_grows_with_its_records_is_over_the_limit():
    rows = [Row("sqlite.1000.register.cpu", 10.0), Row("sqlite.100000.register.cpu", 13.0)]
    (grown,) = growth("sqlite", rows, [1000, 100_000])
    assert (grown.ratio, grown.ok) == (1.3, False)
