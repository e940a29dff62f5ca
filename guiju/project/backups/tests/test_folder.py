"""What a backup's folder has to be to count as one, and which are kept."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from guiju.project import schema
from guiju.project.backups import folder, making, restoring
from guiju.project.backups.moment import NAMES
from guiju.spine.acts import Conflict, Refused
from guiju.spine.trail import keys

DATABASE = NAMES[connection.vendor]


def written(path: Path, *, why: str = "asked", **sums: str) -> folder.Manifest:
    """A folder as a backup of nothing has it."""
    path.mkdir(parents=True)
    (path / DATABASE).write_bytes(b"tables")
    manifest = folder.Manifest(
        at="2026-11-22T10:15:00Z",
        program="0.1.0",
        why=why,
        with_key=False,
        installation="",
        database={"kind": connection.vendor, "server": "1"},
        migrations=["documents.0001_initial", "contenttypes.0002_drawn_together_since"],
        chains={},
        files=0,
        size=6,
        faults={},
        sums=folder.write_sums(path, {DATABASE: sha256(b"tables").hexdigest()} | sums),
    )
    folder.write_manifest(path, manifest)
    return manifest


def test_an_altered_backup_is_refused_by_the_name_of_the_file(tmp_path):
    manifest = written(tmp_path / "one")
    assert folder.check(tmp_path / "one") == manifest
    (tmp_path / "one" / DATABASE).write_bytes(b"altered")
    with pytest.raises(Refused, match="altered") as refused:
        folder.check(tmp_path / "one")
    assert DATABASE in str(refused.value)


@pytest.mark.parametrize("part", [folder.MANIFEST, folder.SUMS])
def test_a_folder_without_its_manifest_or_its_list_is_no_backup(tmp_path, part):
    written(tmp_path / "one")
    (tmp_path / "one" / part).unlink()
    with pytest.raises(Refused) as refused:
        folder.check(tmp_path / "one")
    assert "no whole backup" in str(refused.value)


def test_a_list_that_leads_elsewhere_is_refused(tmp_path):
    manifest = written(tmp_path / "one", **{"files/../../elsewhere": "0" * 64})
    with pytest.raises(Refused):
        folder.contents(tmp_path / "one", manifest)


def test_of_those_made_by_themselves_the_newest_are_kept_and_those_asked_for_all(tmp_path):
    names = [f"guiju-2026-11-2{day}T101500Z" for day in range(6)]
    for name, why in zip(names, ("asked", "daily", "daily", "upgrade", "daily", "daily"), strict=True):
        like = written(tmp_path / name, why=why)
    folder.forget_older(tmp_path, replace(like, installation="of another house"), 2)
    assert len(list(tmp_path.iterdir())) == 6
    folder.forget_older(tmp_path, like, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == [names[0], *names[3:]]
    folder.forget_older(tmp_path, replace(like, why="asked"), 1)
    assert len(list(tmp_path.iterdir())) == 4


def test_a_backup_of_a_later_release_or_another_database_is_refused_in_a_sentence(tmp_path):
    manifest = written(tmp_path / "one")
    restoring.refuse_unfit(manifest)
    for later in ("documents.0042_later", "audits.0001_initial"):
        with pytest.raises(schema.Newer) as newer:
            restoring.refuse_unfit(replace(manifest, migrations=[*manifest.migrations, later]))
        assert later in str(newer.value)
    with pytest.raises(Refused) as refused:
        restoring.refuse_unfit(replace(manifest, database={"kind": "oracle", "server": "23"}))
    assert "guiju export" in str(refused.value)


@pytest.mark.django_db
def test_a_backup_is_restored_into_nothing_that_is_there(tmp_path):
    written(tmp_path / "one")
    with pytest.raises(Conflict) as refused:
        restoring.restore(tmp_path / "one")
    assert "installation here already" in str(refused.value)


@pytest.mark.django_db
def test_the_keys_go_into_a_backup_only_when_they_are_asked_for(tmp_path):
    keys.ready()
    for with_key in (False, True):
        making.keep_keys(tmp_path / str(with_key), with_key)
        kept = tmp_path / str(with_key) / folder.SIGNING_KEY
        assert kept.exists() is with_key
    assert kept.read_bytes() == settings.SIGNING_KEY.read_bytes()
