"""An organization that has left, and someone who alters what it left: for the tests of leaving and of the verifier."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guiju.lib import heads
from guiju.project.leaving.stranger import verify
from tests.served import Server, Store, copy_of

LIFT = """
import django; django.setup()
from guiju.organizations.models import Organization
from guiju.organizations.parameters import set_parameter
from guiju.project.demo import MARK
from guiju.spine.acts import act
with act(Organization.everywhere.get()):
    set_parameter(MARK, False)
"""


@dataclass(frozen=True)
class Left:
    """The folder of an export, and what somebody may know of it from elsewhere."""

    folder: Path
    fingerprint: str
    head: Path


def no_demonstration(prepared: Store, folder: Path) -> Store:
    """A copy of the sample organization as an installation of its own, whose organization may stand beside others."""
    store = copy_of(prepared, folder)
    settings = store.environment() | {"DJANGO_SETTINGS_MODULE": "guiju.project.settings"}
    subprocess.run([sys.executable, "-c", LIFT], env=settings, check=True, timeout=60)
    return store


def leave(store: Store, folder: Path, *options: str) -> Left:
    """Export the sample organization; answers where, with the fingerprint and the last signed head."""
    server = Server(store)
    done = server.command_line("export", str(folder), "--organization", "lanzhu", *options)
    assert done.returncode == 0, done.stderr
    fingerprint = re.search(r'--key "([0-9a-f ]+)"', done.stderr)
    assert fingerprint, done.stderr
    head = folder.with_suffix(".head")  # as if it had been sent away
    head.write_text((folder / "trail" / "heads.jsonl").read_text().splitlines()[-1] + "\n")
    return Left(folder, fingerprint[1], head)


def verified(folder: Path, *options: str) -> tuple[int, str]:
    """What the verifier says, and its status."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = verify.main([*options, str(folder)])
    return status, said.getvalue()


@contextlib.contextmanager
def altered(path: Path, change: Callable[[list[str]], list[str]]) -> Iterator[None]:
    """The lines of a file as somebody changed them, until the end of the block."""
    before = path.read_bytes()
    path.write_text("".join(f"{line}\n" for line in change(before.decode().splitlines())), encoding="utf-8")
    try:
        yield
    finally:
        path.write_bytes(before)


@contextlib.contextmanager
def signed_by_another(folder: Path) -> Iterator[str]:
    """All that is signed, signed anew by somebody with a key of their own; yields its fingerprint."""
    names = ("export.json", "SHA256SUMS", "installation/keys.jsonl", "installation/people.jsonl", "installation/proofs.jsonl")
    names += ("trail/heads.jsonl",)
    kept = {name: (folder / name).read_bytes() for name in names}
    key = Ed25519PrivateKey.generate()
    public = heads.public_of(key)
    announced = heads.signed(heads.key_statement(key=public, previous=None, at="2026-01-01T00:00:00.000000Z"), [key])
    (folder / "installation/keys.jsonl").write_text(json.dumps({"until": None, "text": announced}) + "\n")
    for name in ("installation/people.jsonl", "installation/proofs.jsonl"):
        (folder / name).write_text("")
    lines = [json.loads(line) for line in (folder / "trail/entries.jsonl").read_text().splitlines()]
    statement = json.loads(json.loads(kept["export.json"])["statement"])
    said = _ends(lines)
    head = heads.head_statement(chain=statement["organization"], at=statement["at"], **said)
    (folder / "trail/heads.jsonl").write_text(heads.signed(head, [key]) + "\n")
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(_digests(folder)))
    (folder / "SHA256SUMS").write_text(sums)
    facts = {name: statement[name] for name in ("organization", "slug", "at", "program", "hidden")}
    ends = {"size": said["size"], "digest": said["digest"], "sums": sha256(sums.encode()).hexdigest()}
    (folder / "export.json").write_text(heads.signed(heads.export_statement(**facts, **ends), [key]) + "\n")
    yield heads.fingerprint(public)
    for name, content in kept.items():
        (folder / name).write_bytes(content)


def _ends(lines: list[dict[str, str]]) -> dict[str, object]:
    tree, digest = verify.Tree(), verify.START
    for line in lines:
        tree.add(line["text"])
        digest = sha256(bytes.fromhex(digest) + line["text"].encode()).hexdigest()
    return {"size": tree.size, "root": tree.root(), "digest": digest}


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for place, _folders, files in os.walk(folder):
        for name in files:
            path = Path(place) / name
            if (relative := path.relative_to(folder).as_posix()) not in ("export.json", "SHA256SUMS"):
                yield relative, sha256(path.read_bytes()).hexdigest()
