"""The few places that may step around the scope, the trail or the type checker, each with its reason (laws L8, L17)."""

import ast
import re

from tests.architecture.source import Source, of_product, place, sources

# Ways to reach rows without the scope of an act, or to write without the trail.
LOUD = {"everywhere", "_base_manager"}
LOUD_CALLS = {"raw", "cursor", "_raw_delete", "extra", "QuerySet"}
# SQL inside a query; and an answer that goes on when the act has closed: what it would read is refused after its 200.
LOUD_NAMES = {"RawSQL", "StreamingHttpResponse"}

ALLOWED = {
    "guiju/organizations/factors.py": "the trail of the installation: a person's means of signing in belong to no organization",
    "guiju/organizations/invitations.py": "an invitation is found by its secret, before it is known whose it is",
    "guiju/organizations/letters/bounces.py": "a letter that came back is found by its Message-ID, before it is known whose",
    "guiju/organizations/letters/posting.py": "how many letters a person gets is counted over all their organizations",
    "guiju/modules/terminals/services.py": "a device is known by its secret before there is an act: the act is made of it",
    "guiju/organizations/members.py": "rights are asked before there is an act: it is made of them",
    "guiju/organizations/models/person.py": "sign-in: a person belongs to the installation, not to one organization",
    "guiju/organizations/tokens.py": "a token is found by its secret, and a person sees their own wherever they belong",
    "guiju/organizations/trail/checks.py": "the head of the acting organization's chain",
    "guiju/project/commands.py": "the command line serves the whole installation and names the organization itself",
    "guiju/project/leaving/commands.py": "the command line serves the whole installation and names the organization itself",
    "guiju/project/leaving/parts.py": "an export reads every row of the organization it is asked for, and names it in each query",
    "guiju/project/leaving/persons.py": "people belong to the installation; those whom the organization's rows name go along",
    "guiju/project/leaving/restoring.py": "asks whether the organization, or its address, is here already",
    "guiju/project/leaving/rows.py": "counters of the organization that comes",
    "guiju/project/leaving/writing.py": "the trail, the heads and the stamps of the organization that is exported",
    "guiju/project/checkup/database.py": "asks the database for its version; reads no row",
    "guiju/project/trail_commands.py": "the command line serves the whole installation and names the organization itself",
    "guiju/project/health.py": "asks whether the database answers at all; reads no row",
    "guiju/project/processes.py": "grants another role of the database its rights; reads no row",
    "guiju/project/upgrading.py": "the lock that lets one process migrate at a time, and when references are looked at",
    "guiju/project/backups/moment.py": "a backup is of the whole installation; it reads which files rows name",
    "guiju/project/checkup/backups.py": "when a backup was made, which the installation's chain says",
    "guiju/spine/acts/prepared.py": "runs compiled queries that were built in scope, with the organization as their parameter",
    "guiju/spine/acts/writing.py": "an advisory lock; reads no row",
    "guiju/spine/attachments/services.py": "verification re-hashes the files of all organizations",
    "guiju/spine/jobs/jobs.py": "forgets claimed periods of the installation",
    "guiju/spine/jobs/schedule.py": "periods belong to the installation and are no evidence",
    "guiju/spine/jobs/standing.py": "signs of life and periods belong to the installation and are no evidence",
    "guiju/spine/jobs/worker.py": "workers and their periods belong to the installation and are no evidence",
    "guiju/spine/records/bulk.py": "the audited bulk verb inserts what it has just checked and numbered",
    "guiju/spine/records/numbering.py": "the counter of an organization, and the highest number in use",
    "guiju/spine/records/trailed.py": "reads the locked row that it is about to write",
    "guiju/spine/search/engines.py": "the index is asked in the SQL of each engine; answers are read again in scope",
    "guiju/spine/search/services.py": "reindexing walks every record",
    "guiju/spine/signatures/services.py": "verification checks the signatures of all organizations",
    "guiju/spine/trail/append.py": "writes the chain itself",
    "guiju/spine/trail/clock.py": "heads of the acting organization's chain and of the installation's",
    "guiju/spine/trail/erasing.py": "empties payloads of entries found in scope, and what an erasure takes out of their rows",
    "guiju/spine/trail/keys.py": "the installation's public keys, which everybody may know",
    "guiju/spine/trail/origins.py": "keys of former installations count for a chain, whoever acts",
    "guiju/spine/trail/past.py": "payloads of entries that were found in scope",
    "guiju/spine/trail/protection.py": "asks the database for the rights of its role; reads no row",
    "guiju/spine/trail/proofs.py": "the tree over a chain that was found in scope",
    "guiju/spine/trail/restoring.py": "enters a chain that was written elsewhere",
    "guiju/spine/trail/signing.py": "signs the head of every chain; reads texts of entries, which hold no value and no name",
    "guiju/spine/trail/stamps.py": "stamps and their verification are of every chain's head",
    "guiju/spine/trail/standing.py": "signed heads and stamps of the acting organization's chain and of the installation's",
    "guiju/spine/trail/triggers.py": "triggers are made by SQL alone",
    "guiju/spine/trail/verified.py": "verification is of the whole database, and reads one moment of it",
    "guiju/spine/trail/verify.py": "verification walks every chain",
    "guiju/spine/trail/witness.py": "verification compares every chain with its signed heads",
}
# Migrations that run code or SQL, with the reason why they need no entry on the trail.
MIGRATIONS_WITH_CODE = {
    "guiju/spine/search/migrations/0002_words.py": "the index is no record: it is made from them and can be made again",
}


def is_loud(node: ast.AST) -> bool:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in LOUD_CALLS
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
        return isinstance(node.args[1], ast.Constant) and node.args[1].value in LOUD
    if isinstance(node, ast.Constant):
        return node.value == "loaddata"
    if isinstance(node, ast.Name | ast.alias):
        return (node.id if isinstance(node, ast.Name) else node.name) in LOUD_NAMES
    return isinstance(node, ast.Attribute) and node.attr in LOUD | LOUD_NAMES


def loud_places(one: Source) -> list[str]:
    return [place(one, node) for node in ast.walk(one.tree) if is_loud(node)]


def test_only_the_listed_files_step_around_the_scope():
    loud = [found for one in of_product() if one.path not in ALLOWED and not one.is_migration for found in loud_places(one)]
    assert loud == []


def test_the_list_holds_only_files_that_need_it():
    needing = {one.path for one in of_product() if loud_places(one)}
    assert set(ALLOWED) - needing == set()


def test_each_way_around_the_scope_is_recognized():
    ways = (
        "Row.everywhere.all()",
        "getattr(Row, 'everywhere')",
        "Row._base_manager.get()",
        "Row.objects.raw('x')",
        "connection.cursor()",
        "Row.objects.extra(where=['x'])",
        "models.QuerySet(Row)",
        "RawSQL('x', [])",
        "call_command('loaddata', 'x')",
        "from django.http import StreamingHttpResponse",
    )
    assert [way for way in ways if not any(is_loud(node) for node in ast.walk(ast.parse(way)))] == []


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
