"""`guiju restore`: an organization comes back from its export, also beside others; all of it or nothing (law L1)."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext_noop as _

from guiju.lib import heads
from guiju.organizations import services
from guiju.organizations.models import Organization
from guiju.project.demo import MARK
from guiju.project.leaving import parts, persons, rows
from guiju.spine.acts import SYSTEM, Conflict, Refused, act, write
from guiju.spine.attachments import storage
from guiju.spine.trail import origins, signing
from guiju.spine.trail.restoring import Come, chain

VERIFIER = Path(__file__).with_name("stranger") / parts.VERIFIER
# What comes of rows that are signed, and yet have values that no field takes or point to what is not there.
NEVER_WRITTEN = (ValueError, KeyError, TypeError, AttributeError, RecursionError, ValidationError, DataError, IntegrityError)
WHOLE_ONLY = 2  # the verifier's status where nobody says whose key it ought to be


@dataclass(frozen=True)
class Proof:
    """What whoever restores brings along, as `verify.py` takes it."""

    key: str = ""
    heads: tuple[Path, ...] = ()

    def arguments(self) -> list[str]:
        given = [part for path in self.heads for part in ("--head", str(path))]
        return ["--key", self.key, *given] if self.key else given


@dataclass
class Restored:
    """What came back: the organization, whether anybody proved whose it was, and what could not stay as it was."""

    organization: Organization
    proven: bool
    changed: list[str] = field(default_factory=list)


def restore(path: Path, *, proof: Proof | None = None) -> Restored:
    """Bring an exported organization in. Its people wait to be invited anew.

    Refused where the folder is not whole, where fields were hidden in it, made by a newer release, or nothing that any
    release has written; Conflict where the organization or its address is here already.
    """
    try:
        return _restored(path, proof)
    except NEVER_WRITTEN as error:
        why = f"{type(error).__name__}: {error}"[:400]
        raise Refused(_("It is not restored, since no release writes what stands in it: %(why)s"), {"why": why}) from error


def _restored(path: Path, proof: Proof | None) -> Restored:
    proven = _verified(path, proof or Proof())
    statement = _statement(path)
    organization = UUID(statement["organization"])
    _refuse_double(organization, statement, path)
    place = Path(settings.FILES) / organization.hex
    try:
        _take_files(path, organization)
        with act(None, SYSTEM, "restore"):
            changed = write(lambda: _bring_in(path, organization, proven))
            signing.sign_heads()
    except BaseException:
        if not Organization.everywhere.filter(pk=organization).exists():
            rmtree(place, ignore_errors=True)  # there was none, or it had been refused
        raise
    found = Organization.everywhere.get(pk=organization)
    with act(found, SYSTEM, "restore"):
        rows.index_anew()
    return Restored(found, proven, changed)


def _verified(path: Path, proof: Proof) -> bool:
    """Whether it is proven whose it is; Refused where it is not whole. By this release's verifier, not by the one brought."""
    command = [sys.executable, str(VERIFIER), *proof.arguments(), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, WHOLE_ONLY) or (proof.arguments() and done.returncode):
        raise Refused(_("It is not restored, since it is not as it was signed:\n%(why)s"), {"why": done.stdout.strip()[-4000:]})
    return done.returncode == 0


def _statement(path: Path) -> dict[str, Any]:
    statement = heads.opened((path / parts.STATEMENT).read_text(encoding="utf-8").strip(), heads.EXPORT).statement
    if statement["hidden"]:
        raise Refused(_("Fields were hidden in this export, so it proves and cannot be restored."))
    return statement


def _refuse_double(organization: UUID, statement: dict[str, Any], path: Path) -> None:
    if Organization.everywhere.filter(pk=organization).exists():
        raise Conflict(_("This organization is here already."))
    slug = statement["slug"]
    if [row["slug"] for row in parts.lines(path / "records" / "organizations.organization.jsonl")] != [slug]:
        raise Refused(_("The organization's own row has another address than the one that was signed."))
    if slug in services.RESERVED or Organization.everywhere.filter(slug=slug).exists():
        raise Conflict(_("The address “%(slug)s” is another organization's here."), {"slug": slug})
    parameters = path / "records" / "organizations.parameter.jsonl"
    demonstration = any((row["name"], row["value"]) == (MARK, "true") for row in parts.lines(parameters))
    if demonstration and Organization.everywhere.exists():
        raise Conflict(_("This is a demonstration, which people enter without a password; it stands in no house with others."))


def _take_files(path: Path, organization: UUID) -> None:
    """Copy the files to their places; each was compared with its digest before."""
    for source in sorted((path / "files").glob("??/*")):
        with source.open("rb") as stream:
            stored = storage.store(organization, stream, limit=max(source.stat().st_size, 1))
        if stored.digest != source.name:
            raise Refused(_("The file %(digest)s was changed while it was read."), {"digest": source.name})


def _bring_in(path: Path, organization: UUID, proven: bool) -> list[str]:
    """People, rows, trail and proofs, in one transaction."""
    changed = persons.take_in(parts.lines(path / parts.PEOPLE), organization)
    for group in parts.groups():
        rows.take_in(path / "records", group, organization)
    rows.take_counters(parts.lines(path / "records" / "records.counter.jsonl"), organization)
    come = Come(
        entries=parts.lines(path / parts.ENTRIES),
        heads=list(parts.texts(path / parts.HEADS)),
        stamps=list(parts.lines(path / parts.STAMPS)),
    )
    size = chain(organization, come)
    origins.add(organization, _groups(path, size), {"proven": "true" if proven else "false"})
    return changed


def _groups(path: Path, size: int) -> list[tuple[int, list[str]]]:
    """Whose keys signed up to which entry: earlier installations' first, then that of the one that made the export."""
    found: dict[int, list[str]] = {}
    for line in parts.lines(path / parts.KEYS):
        found.setdefault(size if line["until"] is None else int(line["until"]), []).append(line["text"])
    return sorted(found.items())
