"""The few places that may step around the scope, the trail or the type checker, each with its reason (laws L8, L17)."""

import ast
import re

from tests.architecture.source import Source, of_product, place, sources

# Ways to reach rows without the scope of an act, or to write without the trail.
LOUD = {"everywhere", "_base_manager"}
LOUD_CALLS = {"raw", "cursor", "_raw_delete"}

ALLOWED = {
    "guiju/spine/records/bulk.py": "the audited bulk verb inserts what it has just checked and numbered",
    "guiju/spine/records/numbering.py": "the counter of an organization, and the highest number in use",
    "guiju/spine/records/trailed.py": "reads the locked row that it is about to write",
    "guiju/spine/trail/append.py": "writes the chain itself",
    "guiju/spine/trail/triggers.py": "triggers are made by SQL alone",
}
# Migrations that run code or SQL, with the reason why they need no entry on the trail.
MIGRATIONS_WITH_CODE: dict[str, str] = {}


def is_loud(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in LOUD_CALLS
    if isinstance(node, ast.Constant):
        return node.value == "loaddata"
    return isinstance(node, ast.Attribute) and node.attr in LOUD


def loud_places(one: Source) -> list[str]:
    return [place(one, node) for node in ast.walk(one.tree) if is_loud(node)]


def test_only_the_listed_files_step_around_the_scope():
    loud = [found for one in of_product() if one.path not in ALLOWED and not one.is_migration for found in loud_places(one)]
    assert loud == []


def test_the_list_holds_only_files_that_need_it():
    needing = {one.path for one in of_product() if loud_places(one)}
    assert set(ALLOWED) - needing == set()


def test_a_migration_runs_code_only_with_a_reason():
    running = [one.path for one in of_product() if one.is_migration and re.search(r"\bRun(Python|SQL)\b", one.text)]
    assert [path for path in running if path not in MIGRATIONS_WITH_CODE] == []


def test_an_ignored_check_names_which_one():
    unnamed = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:))")
    assert [f"{one.path}: {match.group()}" for one in sources() for match in unnamed.finditer(one.text)] == []


def test_no_test_is_skipped_or_expected_to_fail():
    skipping = {"skip", "skipif", "xfail", "importorskip"}
    found = [
        place(one, node)
        for one in sources()
        if one.is_test
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Attribute) and node.attr in skipping and not one.path.startswith("tests/architecture/")
    ]
    assert found == []
