"""A file that was disposed of goes from the disk, unless somebody holds it, whatever happens meanwhile."""

import io
from pathlib import Path

import pytest
from django.conf import settings

from guiju.spine.acts import write
from guiju.spine.attachments import storage
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import dispose, keep, path, remove, verification


@pytest.fixture(autouse=True)
def files(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(settings, "FILES", tmp_path)
    return tmp_path


@pytest.fixture
def gone(as_wei) -> Attachment:
    """A file that was disposed of, and the program stopped before it went."""
    file = keep(io.BytesIO(b"content"), "a.txt")
    write(lambda: dispose([file]))
    return file


def test_stopped_before_it_went_it_is_named_and_the_worker_removes_it(gone):
    assert [finding.says for finding in verification()] == ["was disposed of and is still there"]
    remove([gone.digest])
    assert list(verification()) == []
    assert not path(gone).exists()


def test_stopped_while_it_went_it_goes_the_next_time(gone, files):
    aside = storage.set_aside(gone.organization_id, gone.digest)
    remove([gone.digest])
    assert not aside.exists()


def test_added_again_before_it_went_it_stays(gone):
    again = keep(io.BytesIO(b"content"), "b.txt")
    remove([gone.digest])
    assert path(again).read_bytes() == b"content"
    assert list(verification()) == []


def test_added_again_while_it_goes_it_is_stored_again(gone, monkeypatch):
    """It goes after the upload has found it there, and before the upload is entered."""
    real = storage.store

    def store(*args, **more):
        stored = real(*args, **more)
        remove([gone.digest])
        monkeypatch.setattr(storage, "store", real)
        return stored

    monkeypatch.setattr(storage, "store", store)
    again = keep(io.BytesIO(b"content"), "b.txt")
    assert path(again).read_bytes() == b"content"


def test_what_others_hold_is_not_removed(as_wei):
    file = keep(io.BytesIO(b"content"), "a.txt")
    remove([file.digest])
    assert path(file).exists()
