"""A backup is whole, of one moment, for its owner alone, and never half there under its name."""

import io
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from guiju.project.backups import folder, making, moment
from guiju.project.backups.files import ALTERED, MISSING, Taken, called
from guiju.project.backups.jobs import back_up
from guiju.spine.acts import INSTALLATION, Conflict, act, write
from guiju.spine.attachments import services as attachments
from guiju.spine.attachments.models import Attachment
from guiju.spine.trail import last_heads, signing
from guiju.spine.trail.models import Entry, Head

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "FILES", tmp_path / "files")
    return tmp_path / "files"


@pytest.fixture
def half(tmp_path: Path) -> Path:
    """A backup on its way."""
    (tmp_path / "half").mkdir()
    return tmp_path / "half"


def kept(house, content: bytes) -> Attachment:
    with act(house.organization, house.wei):
        return write(lambda: attachments.keep(io.BytesIO(content), "note.txt"))


def disposed(house, file: Attachment) -> None:
    with act(house.organization, house.wei):
        write(lambda: attachments.dispose([file]))
        attachments.remove([file.digest])


def name_of(file: Attachment) -> str:
    return called((file.organization_id.hex, file.digest))


def test_a_backup_is_whole_for_its_owner_alone_and_said_on_the_trail(lanzhu, tmp_path):
    file = kept(lanzhu, b"how a lamp is tested")
    with act(None):
        signing.sign_heads()
    ends = {str(head.pk): {"length": head.length, "digest": head.digest} for head in Head.everywhere.all()}
    made = making.make(tmp_path / "backups")
    making.say_so(made)
    assert folder.check(made.path) == made.manifest
    assert made.manifest.chains == ends
    assert (made.path / name_of(file)).read_bytes() == b"how a lamp is tested"
    assert last_heads.parsed((made.path / folder.LAST_HEADS).read_text()) == last_heads.read()
    assert not (made.path / folder.SIGNING_KEY).exists()
    database = made.path / folder.database(made.manifest)
    if connection.vendor == "sqlite":  # it can be read where nothing can be written
        with closing(sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)) as copy:
            assert copy.execute("SELECT slug FROM organizations_organization").fetchall() == [("lanzhu",)]
    else:
        assert database.read_bytes().startswith(b"PGDMP")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [made.path, *made.path.rglob("*")] if path.is_dir()}
    assert modes == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in made.path.rglob("*") if path.is_file()} == {0o600}
    last = Entry.everywhere.filter(chain=INSTALLATION).latest("sequence")
    assert (last.kind, last.action) == (making.KIND, "backup")


def test_what_is_disposed_of_while_the_database_is_copied_is_as_the_copy_says(lanzhu, half):
    stays, before, after = (kept(lanzhu, content) for content in (b"stays", b"gone before", b"gone after"))
    taken = Taken(half, None, thorough=True)
    taken.before()
    disposed(lanzhu, before)
    came = kept(lanzhu, b"came")
    found = moment.copy(half)
    disposed(lanzhu, after)
    taken.after(found.files)
    assert set(taken.sums) == {name_of(file) for file in (stays, came, after)} == {called(file) for file in found.files}
    assert not (half / name_of(before)).exists()
    assert (half / name_of(after)).read_bytes() == b"gone after"


def test_what_came_and_went_during_the_copy_has_it_made_again(lanzhu, half):
    taken = Taken(half, None, thorough=True)
    taken.before()
    fleeting = kept(lanzhu, b"fleeting")
    found = moment.copy(half)
    disposed(lanzhu, fleeting)
    with pytest.raises(Conflict):
        taken.after(found.files)


def test_what_is_missing_or_altered_in_the_installation_is_named_and_the_rest_is_safe(lanzhu, tmp_path):
    gone, altered, whole = (kept(lanzhu, content) for content in (b"gone", b"altered", b"whole"))
    attachments.path(gone).unlink()
    attachments.path(altered).write_bytes(b"by somebody")
    made = making.make(tmp_path / "backups")
    assert made.manifest.faults == {name_of(gone): MISSING, name_of(altered): ALTERED}
    assert (made.path / name_of(whole)).exists()
    assert folder.check(made.path) == made.manifest


def test_a_file_that_the_installation_has_lost_is_taken_from_the_backup_before(lanzhu, tmp_path):
    file = kept(lanzhu, b"lost")
    making.make(tmp_path / "backups")
    attachments.path(file).unlink()
    made = making.make(tmp_path / "backups")
    assert (made.manifest.faults, (made.path / name_of(file)).read_bytes()) == ({}, b"lost")


def test_one_that_breaks_off_is_never_there_under_its_name(lanzhu, tmp_path):
    parent = tmp_path / "backups"
    left = parent / ".guiju-2026-01-01T000000Z.partial"
    left.mkdir(parents=True)
    file = kept(lanzhu, b"cannot be read")
    attachments.path(file).unlink()
    attachments.path(file).mkdir()
    with pytest.raises(OSError):
        making.make(parent)
    assert [path.name for path in parent.iterdir() if path.is_dir()] == []


def test_the_worker_makes_one_a_day_where_a_place_is_set(lanzhu, tmp_path, monkeypatch):
    for place in ("", str(tmp_path / "daily")):
        monkeypatch.setattr(settings, "BACKUP_PATH", place)
        for _twice in range(2):
            with act(None):
                back_up()
    [(_path, made)] = folder.backups(tmp_path / "daily")
    assert made.why == making.DAILY
    assert not (Path(settings.DATA) / "backups").exists()
