"""Bringing a backup back into an empty installation; nothing is put there before all of it was read and found whole."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop as _

from guiju.lib import heads
from guiju.lib.whole_files import move_over, write_over
from guiju.project import environment, schema
from guiju.project.backups import folder, making, postgres
from guiju.project.backups.folder import Manifest
from guiju.spine.acts import INSTALLATION, SYSTEM, Conflict, Refused, act, write
from guiju.spine.trail import keys, last_heads
from guiju.spine.trail.append import note

ACTION = "restore_backup"


@dataclass(frozen=True)
class Restored:
    """What came back, and where the file of the last heads was put aside to; None where it was not."""

    manifest: Manifest
    digest: str
    aside: Path | None


def restore(path: Path, *, older: bool = False) -> Restored:
    """Put a backup's database, files and keys in their places. What proves them is asked afterwards.

    Refused for what is no whole backup of this kind of database, Newer for one of a later release, Conflict where
    something is here already, or where more was signed beside the key than the backup has; `older` says that it is
    known, and puts the file that tells of it aside.
    """
    manifest = folder.check(path)
    refuse_unfit(manifest)
    refuse_full()
    ahead = _signed_later(manifest)
    if ahead and not older:
        raise Conflict(
            _(
                "More was signed here than this backup holds: %(path)s speaks of %(count)s entries of chain %(chain)s, of which"
                " the backup has %(length)s. Restore a later backup; where there is none, say so with --older."
            ),
            {"path": str(settings.LAST_HEADS)} | ahead,
        )
    stage = Path(settings.DATA) / ".restoring"
    shutil.rmtree(stage, ignore_errors=True)  # of one that broke off
    try:
        _copy(path, stage, manifest)
        aside = _put_aside() if ahead else None
        _place_keys(stage / "keys")
        _place(stage, manifest)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    return Restored(manifest, folder.digest_of(path / folder.MANIFEST), aside)


def say_so(restored: Restored) -> None:
    """Enter on the installation's chain which backup it was restored from, and whether that was known to be an older one."""
    says = {"made_at": restored.manifest.at, "manifest": restored.digest, "older": "true" if restored.aside else "false"}
    with act(None, SYSTEM, "restore-backup"):
        write(lambda: note(making.KIND, INSTALLATION, ACTION, chain=INSTALLATION, says=says))


def refuse_unfit(manifest: Manifest) -> None:
    """Newer for a backup of a later release, Refused for one of another kind of database."""
    later = schema.of_later({(app, name) for app, _dot, name in (one.partition(".") for one in manifest.migrations)})
    if later:
        raise schema.Newer(
            _("This backup is of a later release of Guiju (%(program)s) than this program: %(names)s. Install that one."),
            {"program": manifest.program, "names": ", ".join(later[:3])},
        )
    if manifest.database["kind"] != connection.vendor:
        raise Refused(
            _(
                "This backup is of %(one)s, and here is %(other)s. Restore it where DATABASE_URL names the same, and take each"
                " organization over by `guiju export` and `guiju restore`."
            ),
            {"one": manifest.database["kind"], "other": connection.vendor},
        )


def refuse_full() -> None:
    """Conflict where there is a database with tables, or files: a backup is never mixed with anything."""
    if not schema.is_absent() and connection.introspection.table_names():
        raise Conflict(_("There is an installation here already. A backup is restored into an empty one: --data NEW."))
    files = Path(settings.FILES)
    if files.exists() and any(files.iterdir()):
        raise Conflict(_("There are files in %(path)s; a backup is restored into an empty place."), {"path": str(files)})


def _signed_later(manifest: Manifest) -> dict[str, str | int]:
    """A chain of which the file beside the key says more than the backup has; empty when there is none."""
    for chain, size in sorted(_sizes(last_heads.read() or {}).items()):
        length = int(manifest.chains.get(chain, {}).get("length", 0))
        if size > length:
            return {"chain": chain, "count": size, "length": length}
    return {}


def _sizes(texts: dict[str, str]) -> dict[str, int]:
    return {chain: heads.opened(text, heads.HEAD).size for chain, text in texts.items()}


def _put_aside() -> Path:
    aside = settings.LAST_HEADS.with_name(f"{settings.LAST_HEADS.name}.before-{timezone.now():%Y-%m-%dT%H%M%S.%fZ}")
    move_over(settings.LAST_HEADS, aside)
    return aside


def _copy(path: Path, stage: Path, manifest: Manifest) -> None:
    """Copy it beside where it goes. Refused where it is not what was read a moment before."""
    folder.make_folder(stage / "files")
    for name, digest in folder.contents(path, manifest).items():
        folder.make_folder((stage / name).parent)
        if folder.copy_whole(path / name, stage / name) != digest:
            raise Refused(_("%(path)s is no whole backup: %(why)s"), {"path": str(path), "why": name})


def _place_keys(kept: Path) -> None:
    """Put back what the backup has of keys; a signing key or a later head that is here already stays.

    The secret of web sessions that was made a moment ago, when this program began, gives way to the one that was kept.
    """
    signing = kept / Path(folder.SIGNING_KEY).name
    if signing.exists() and not settings.SIGNING_KEY.exists():
        write_over(settings.SIGNING_KEY, signing.read_bytes())
    for name, target in making.secrets().items():
        if name != folder.SIGNING_KEY and (kept / Path(name).name).exists():
            write_over(target, (kept / Path(name).name).read_bytes())
    beside = last_heads.read() or {}
    found = kept / Path(folder.LAST_HEADS).name
    if found.exists():
        with_heads = last_heads.parsed(found.read_text(encoding="utf-8"))
        sizes, known = _sizes(with_heads), _sizes(beside)
        beside |= {chain: text for chain, text in with_heads.items() if known.get(chain, 0) < sizes[chain]}
        last_heads.keep(beside)


def _place(stage: Path, manifest: Manifest) -> None:
    """Files first on SQLite, where the database's name is the last step; on PostgreSQL its one transaction goes before."""
    database = stage / folder.database(manifest)
    files = Path(settings.FILES)
    if connection.vendor == "postgresql":
        owner = settings.MIGRATE_DATABASE_URL
        postgres.bring_back(database, environment.database(owner, settings.DATA) if owner else connection.settings_dict)
    if files.exists():
        files.rmdir()
    os.rename(stage / "files", files)
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(str(connection.settings_dict["NAME"]))
        folder.make_folder(target.parent)
        for left in (target, Path(f"{target}-wal"), Path(f"{target}-shm")):  # of an empty one
            left.unlink(missing_ok=True)
        shutil.move(database, target)
        os.sync()


def missing_key() -> bool:
    """Whether this machine has not the key that the installation's heads are signed with."""
    known = keys.known()
    return bool(known) and keys.own() != known[-1].public
