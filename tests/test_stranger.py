"""`verify.py` of an export, run by somebody who has nothing else of Guiju: what it proves, and what it finds (law L7)."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.leaving import Left, altered, leave, signed_by_another, verified
from tests.served import Server, Store

pytestmark = pytest.mark.server
Lines = list[str]


def test_it_runs_alone_and_proves_it_to_whoever_knows_the_key(left: Left) -> None:
    command = [sys.executable, "-I", str(left.folder / "verify.py"), "--key", left.fingerprint]
    done = subprocess.run(command, cwd="/", env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, "PROVEN: lanzhu" in done.stdout) == (0, True), done.stdout + done.stderr


def test_a_head_that_was_sent_away_proves_it_too(left: Left) -> None:
    status, said = verified(left.folder, "--head", str(left.head))
    assert (status, "PROVEN" in said) == (0, True), said


def test_without_either_it_says_what_is_not_proven(left: Left) -> None:
    status, said = verified(left.folder)
    assert (status, "Not proven whose it is" in said) == (2, True), said


def test_what_is_no_export_cannot_be_read(tmp_path: Path) -> None:
    status, said = verified(tmp_path)
    assert (status, "CANNOT BE READ" in said) == (3, True), said


def test_a_changed_byte_is_found_in_each_file(left: Left) -> None:
    files = [path for path in left.folder.rglob("*") if path.is_file() and path.stat().st_size]
    of_each_folder = {path.parent: path for path in files} | {path: path for path in files if path.parent == left.folder}
    assert len(of_each_folder) >= 9
    for path in of_each_folder.values():
        before = path.read_bytes()
        middle = len(before) // 2
        path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1 :])
        status, said = verified(left.folder, "--key", left.fingerprint)
        path.write_bytes(before)
        assert status == 1, (path, said)
        assert path.name in said or path.name == "export.json", (path, said)


def test_a_file_that_is_missing_and_one_that_was_added_are_named(left: Left) -> None:
    sites = left.folder / "records" / "organizations.site.jsonl"
    moved = sites.with_name("elsewhere.jsonl")
    shutil.move(sites, moved)
    status, said = verified(left.folder)
    shutil.move(moved, sites)
    assert status == 1
    assert "organizations.site.jsonl: is missing" in said and "elsewhere.jsonl: was added" in said


def swapped(lines: Lines) -> Lines:
    return [*lines[:100], lines[101], lines[100], *lines[102:]]


def with_another_value(lines: Lines) -> Lines:
    place = next(n for n, line in enumerate(lines) if json.loads(line)["payloads"][0]["values"])
    line = json.loads(lines[place])
    values = json.loads(line["payloads"][0]["values"])
    values[sorted(values)[0]] = "another"
    line["payloads"][0]["values"] = json.dumps(values)
    return [*lines[:place], json.dumps(line), *lines[place + 1 :]]


def emptied(lines: Lines) -> Lines:
    line = json.loads(lines[50])
    for payload in line["payloads"]:
        payload["salt"] = payload["values"] = None
    return [*lines[:50], json.dumps(line), *lines[51:]]


TRAIL: dict[str, tuple[Callable[[Lines], Lines], str]] = {
    "an entry is missing": (lambda lines: lines[:100] + lines[101:], "entry 102 of"),
    "an entry was added": (lambda lines: [*lines[:100], lines[99], *lines[100:]], "entry 100 of"),
    "two were swapped": (swapped, "stands in its place"),
    "a value is another": (with_another_value, "is not the one it commits to"),
    "values are gone": (emptied, "no entry says they were erased"),
}


@pytest.mark.parametrize("name", TRAIL)
def test_what_is_done_to_the_trail_is_found_by_itself_whoever_signs_it_anew(left: Left, name: str) -> None:
    change, finding = TRAIL[name]
    with altered(left.folder / "trail" / "entries.jsonl", change), signed_by_another(left.folder):
        status, said = verified(left.folder)
    assert (status, finding in said) == (1, True), said


def retitled(lines: Lines) -> Lines:
    row = json.loads(lines[0])
    return [json.dumps(row | {"title": "Another"}), *lines[1:]]


ROWS: dict[str, tuple[str, Callable[[Lines], Lines], str]] = {
    "a record is another": ("documents.document", retitled, "title is not as entry"),
    "a record is missing": ("documents.document", lambda lines: lines[1:], "is missing, though its entries are there"),
    "a record was added": (
        "documents.document",
        lambda lines: [*lines, json.dumps(json.loads(lines[0]) | {"id": "01a00000-0000-7000-8000-000000000000"})],
        "no entry speaks of it",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_what_is_done_to_a_record_is_found_whoever_signs_it_anew(left: Left, name: str) -> None:
    kind, change, finding = ROWS[name]
    with altered(left.folder / "records" / f"{kind}.jsonl", change), signed_by_another(left.folder):
        status, said = verified(left.folder)
    assert (status, finding in said) == (1, True), said


def test_one_made_by_somebody_else_is_whole_in_itself_and_not_what_the_key_signed(left: Left) -> None:
    with signed_by_another(left.folder) as other:
        assert verified(left.folder)[0] == 2
        assert verified(left.folder, "--key", other)[0] == 0
        status, said = verified(left.folder, "--key", left.fingerprint)
        assert (status, "is not the fingerprint of a key that signed here" in said) == (1, True), said


def test_a_cut_tail_is_found_by_a_head_that_was_kept(left: Left) -> None:
    with altered(left.folder / "trail" / "entries.jsonl", lambda lines: lines[:-3]), signed_by_another(left.folder):
        said = verified(left.folder, "--head", str(left.head))[1]
        assert "entries were signed" not in verified(left.folder)[1]
    assert "entries were signed" in said


def test_what_was_hidden_is_not_there_the_proof_holds_and_it_cannot_be_restored(home: Store, tmp_path: Path) -> None:
    shown = leave(home, tmp_path / "hidden", "--hide", "records.comment.*", "--hide", "documents.revision.text")
    status, said = verified(shown.folder, "--key", shown.fingerprint)
    assert (status, "Hidden on purpose: documents.revision.text" in said) == (0, True), said
    for name, field in (("records.comment", "text"), ("documents.revision", "text")):
        rows = [json.loads(line) for line in (shown.folder / "records" / f"{name}.jsonl").read_text().splitlines()]
        assert rows and not [row for row in rows if field in row]
    refused = Server(home).command_line("restore", str(shown.folder))
    assert (refused.returncode, "cannot be restored" in refused.stderr) == (1, True), refused.stderr


def test_what_was_altered_is_not_restored(home: Store, left: Left) -> None:
    sites = left.folder / "records" / "organizations.site.jsonl"
    before = sites.read_bytes()
    sites.write_bytes(before.replace(b"Asia/Shanghai", b"Asia/Hongkong"))
    refused = Server(home).command_line("restore", str(left.folder))
    sites.write_bytes(before)
    assert (refused.returncode, "organizations.site.jsonl: was changed" in refused.stderr) == (1, True), refused.stderr


def test_a_folder_in_use_and_a_field_that_there_is_not_are_refused(home: Store, left: Left, tmp_path: Path) -> None:
    server = Server(home)
    full = server.command_line("export", str(left.folder), "--organization", "lanzhu")
    assert (full.returncode, "is not empty" in full.stderr) == (1, True)
    unknown = server.command_line(
        "export", str(tmp_path / "x"), "--organization", "lanzhu", "--hide", "documents.document.colour"
    )
    assert (unknown.returncode, "cannot be hidden" in unknown.stderr) == (1, True)
    assert not (tmp_path / "x").exists()
