"""The folder of a backup: what is in it, in which form, and whether it is whole.

manifest.json     what it is; `sums` is the SHA-256 of SHA256SUMS
SHA256SUMS        every other file, as `sha256sum --check` reads it
database.sqlite3  or database.dump (PostgreSQL, custom format)
files/ORG/ab/abcd…  attached files by SHA-256
keys/             the last signed heads; with --with-key also what is secret
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.lib.whole_files import write_new
from guiju.project.backups.moment import NAMES
from guiju.spine.acts import Refused

FORMAT = "guiju-backup-1"
MANIFEST, SUMS, LAST_HEADS = "manifest.json", "SHA256SUMS", "keys/last-heads.json"
SIGNING_KEY, SECRET_KEY = "keys/signing-key.pem", "keys/secret-key"
PRINT_KEY, PRINT_CERTIFICATE = "keys/print-key.pem", "keys/print-certificate.pem"
KEYS = (LAST_HEADS, SIGNING_KEY, SECRET_KEY, PRINT_KEY, PRINT_CERTIFICATE)
FILE = re.compile(r"files/([0-9a-f]{32})/([0-9a-f]{2})/(\2[0-9a-f]{62})")
LINE = re.compile(r"([0-9a-f]{64})  (\S+)")
NAMED = "guiju-[0-9]*Z*"  # guiju-2026-11-22T101500Z, or with -2 and so on


@dataclass(frozen=True)
class Manifest:
    """What manifest.json says. `why` is asked, daily or upgrade; `faults` name files that were not there or altered."""

    at: str
    program: str
    why: str
    with_key: bool
    installation: str
    database: dict[str, Any]  # kind, server
    migrations: list[str]
    chains: dict[str, dict[str, Any]]  # id: length, digest
    files: int
    size: int  # bytes of all
    faults: dict[str, str]
    sums: str

    @property
    def entries(self) -> int:
        return sum(int(chain["length"]) for chain in self.chains.values())


def write_manifest(folder: Path, manifest: Manifest) -> str:
    """Write it; answers its SHA-256."""
    content = (json.dumps({"format": FORMAT} | asdict(manifest), indent=2, ensure_ascii=False) + "\n").encode()
    write_new(folder / MANIFEST, content)
    return sha256(content).hexdigest()


def write_sums(folder: Path, sums: dict[str, str]) -> str:
    """Write the list of files; answers its SHA-256."""
    content = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
    write_new(folder / SUMS, content)
    return sha256(content).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Refused where this is no backup, or one whose form this release does not know."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if (form := found.pop("format")) != FORMAT:
            raise Refused(_("This backup has the form %(form)s, which this release does not know."), {"form": form})
        return Manifest(**found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused(_("%(path)s is no whole backup: %(why)s"), {"path": str(folder), "why": f"{MANIFEST}: {error}"}) from error


def contents(folder: Path, manifest: Manifest) -> dict[str, str]:
    """The digests of all files by name. Refused where the list was altered, or names what no backup has."""
    path = folder / SUMS
    content = path.read_bytes() if path.exists() else b""
    lines = [LINE.fullmatch(line) for line in content.decode(errors="replace").splitlines()]
    known = {line[2]: line[1] for line in lines if line and is_known(line[2])}
    if sha256(content).hexdigest() != manifest.sums or len(known) != len(lines) or database(manifest) not in known:
        raise Refused(_("%(path)s is no whole backup: %(why)s"), {"path": str(folder), "why": SUMS})
    return known


def is_known(name: str) -> bool:
    return name in KEYS or name in NAMES.values() or FILE.fullmatch(name) is not None


def database(manifest: Manifest) -> str:
    """The file in which the database is."""
    return NAMES.get(str(manifest.database.get("kind")), "")


def check(folder: Path) -> Manifest:
    """Read every file and compare it with its digest. Refused with the first few that are not as they were written."""
    manifest = read_manifest(folder)
    wrong = [name for name, digest in contents(folder, manifest).items() if digest_of(folder / name) != digest]
    if wrong:
        raise Refused(
            _("%(count)s files of the backup are missing or altered: %(names)s."),
            {"count": len(wrong), "names": ", ".join(wrong[:5]) + (" …" if len(wrong) > 5 else "")},
        )
    return manifest


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; "" when there is none."""
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def copy_whole(source: Path, target: Path) -> str:
    """Copy a file for its owner alone, through to the disk; answers the SHA-256 of what was copied."""
    running = sha256()
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as written, source.open("rb") as stream:
        while piece := stream.read(1 << 20):
            running.update(piece)
            written.write(piece)
        written.flush()
        os.fsync(written.fileno())
    return running.hexdigest()


def make_folder(path: Path) -> None:
    """A folder, and those above it, for their owner alone; those that are there stay as they are."""
    for one in reversed([path, *path.parents]):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)


def backups(parent: Path) -> Iterator[tuple[Path, Manifest]]:
    """The whole backups in a folder, the newest first."""
    for path in sorted(parent.glob(NAMED), reverse=True):
        try:
            yield path, read_manifest(path)
        except Refused:
            continue  # somebody else's


def forget_older(parent: Path, like: Manifest, keep: int) -> list[Path]:
    """Remove what was made by itself for the same reason, of the same installation, but for the newest; answers which.

    What somebody asked for is never removed.
    """
    if like.why == "asked":
        return []
    same = [path for path, one in backups(parent) if (one.why, one.installation) == (like.why, like.installation)]
    for path in (gone := same[max(keep, 1) :]):
        aside = path.with_name(f".{path.name}.partial")  # never half a backup under a whole one's name
        path.rename(aside)
        shutil.rmtree(aside)
    return gone
