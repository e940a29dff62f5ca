"""Making a backup: under another name until it is whole and on the disk, and never over anything."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from guiju import __version__
from guiju.lib.whole_files import held
from guiju.project.backups import folder, moment
from guiju.project.backups.files import Taken
from guiju.spine.acts import INSTALLATION, SYSTEM, Conflict, act, write
from guiju.spine.prints import key as prints
from guiju.spine.trail.append import note
from guiju.spine.trail.models import Head
from guiju.spine.trail.states import kind_of

ASKED, DAILY, UPGRADE = "asked", "daily", "upgrade"
TRIES = 3
KIND, ACTION = kind_of(Head), "backup"


@dataclass(frozen=True)
class Backup:
    """A whole backup: where it is, what it says of itself, and the digest of that."""

    path: Path
    manifest: folder.Manifest
    digest: str


def place() -> Path:
    """Where backups go when nobody says otherwise."""
    return Path(settings.BACKUP_PATH or Path(settings.DATA) / "backups").resolve()


def make(parent: Path, *, why: str = ASKED, with_key: bool = False) -> Backup:
    """Copy the installation into a new folder below `parent`, while it runs. Older ones that were made by themselves go.

    OSError where the disk is full or cannot be written, Refused where the database cannot be copied; nothing is left then.
    What is missing or altered in the installation itself stands in the manifest's `faults`.
    """
    folder.make_folder(parent)
    with held(parent / ".guiju-backups.lock"):
        for broken_off in parent.glob(".guiju-*.partial"):
            shutil.rmtree(broken_off)
        path = _free(parent)
        with _becoming(path) as half:
            manifest = _written(half, _previous(parent), why=why, with_key=with_key)
            digest = folder.write_manifest(half, manifest)
        folder.forget_older(parent, manifest, settings.BACKUP_KEEP)
    return Backup(path, manifest, digest)


def say_so(backup: Backup) -> None:
    """Enter on the installation's chain that a backup was made; with its digest, so that it can be told from another."""
    says = {"name": backup.path.name, "manifest": backup.digest, "why": backup.manifest.why}
    says["with_key"] = "true" if backup.manifest.with_key else "false"
    with act(None, SYSTEM, "backup"):
        write(lambda: note(KIND, INSTALLATION, ACTION, chain=INSTALLATION, says=says))


@contextmanager
def _becoming(path: Path) -> Iterator[Path]:
    """A folder that gets its name when all that is in it is on the disk, and is gone otherwise."""
    half = path.with_name(f".{path.name}.partial")
    half.mkdir(mode=0o700)
    try:
        yield half
        os.sync()
        half.rename(path)
        os.sync()
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise


def _free(parent: Path) -> Path:
    name = f"guiju-{timezone.now():%Y-%m-%dT%H%M%SZ}"
    names = (name, *(f"{name}-{n}" for n in range(2, 1000)))
    return next(parent / one for one in names if not (parent / one).exists())


def _previous(parent: Path) -> Path | None:
    return next((path for path, _manifest in folder.backups(parent)), None)


def _written(half: Path, previous: Path | None, *, why: str, with_key: bool) -> folder.Manifest:
    """Everything but the manifest, in this order: what was signed is in the database before it is in the file of the
    last heads, and a file is there before a row names it."""
    at = timezone.now()
    taken = Taken(half, previous, thorough=why != UPGRADE)
    sums = keep_keys(half, with_key)
    taken.before()
    found = _settled(half, taken)
    name = moment.NAMES[connection.vendor]
    sums |= taken.sums | {name: folder.digest_of(half / name)}
    return folder.Manifest(
        at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        program=__version__,
        why=why,
        with_key=with_key,
        installation=found.installation,
        database={"kind": connection.vendor, "server": found.server},
        migrations=found.migrations,
        chains=found.chains,
        files=len(taken.sums),
        size=sum((half / one).stat().st_size for one in sums),
        faults=taken.faults,
        sums=folder.write_sums(half, sums),
    )


def _settled(half: Path, taken: Taken) -> moment.Moment:
    """The copy of the database, and beside it the files it names."""
    for left in reversed(range(TRIES)):
        found = moment.copy(half)
        try:
            taken.after(found.files)
            return found
        except Conflict:
            if not left:
                raise
            (half / moment.NAMES[connection.vendor]).unlink()
    raise AssertionError


def secrets() -> dict[str, Path]:
    """What opens and signs, by its name in a backup; only what is the installation's own, not what is mounted as settings."""
    data = Path(settings.DATA)
    return {
        folder.SIGNING_KEY: settings.SIGNING_KEY,
        folder.SECRET_KEY: data / "secret-key",
        folder.PRINT_KEY: data / prints.NAME,
        folder.PRINT_CERTIFICATE: data / prints.CERTIFICATE,
    }


def keep_keys(half: Path, with_key: bool) -> dict[str, str]:
    """Copy the last signed heads, and what is secret when it is asked for; answers the digests by name."""
    wanted = {folder.LAST_HEADS: settings.LAST_HEADS} | (secrets() if with_key else {})
    folder.make_folder(half / "keys")
    return {name: folder.copy_whole(source, half / name) for name, source in wanted.items() if source.exists()}
