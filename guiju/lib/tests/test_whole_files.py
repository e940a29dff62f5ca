"""A small file is there whole or not at all, and one process at a time is let in."""

import multiprocessing
import os
import stat
import time
from pathlib import Path

import pytest

from guiju.lib.whole_files import held, move_over, write_new, write_over


def test_a_new_file_is_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "folder" / "key"
    write_new(path, b"secret")
    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_is_there_is_not_written_as_new(tmp_path):
    path = tmp_path / "key"
    path.write_bytes(b"first")
    with pytest.raises(FileExistsError):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"


def test_a_file_is_put_in_the_place_of_another(tmp_path):
    path = tmp_path / "heads"
    write_over(path, b"first")
    write_over(path, b"second")
    assert path.read_bytes() == b"second"


def test_a_file_takes_the_name_of_another(tmp_path):
    (tmp_path / "next").write_bytes(b"new")
    (tmp_path / "key").write_bytes(b"old")
    move_over(tmp_path / "next", tmp_path / "key")
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"new"]


@pytest.mark.parametrize("write", [write_new, write_over])
def test_nothing_else_is_left_in_the_folder(tmp_path, write):
    write(tmp_path / "key", b"x")
    assert [p.name for p in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize("write", [write_new, write_over])
def test_what_could_not_be_written_leaves_what_was_there(tmp_path, write, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "key", b"x")
    assert list(tmp_path.iterdir()) == []


def _alone(folder: Path) -> None:
    with held(folder / "lock"):
        (folder / "inside").touch(exist_ok=False)
        time.sleep(0.02)
        (folder / "inside").unlink()


def test_one_process_at_a_time_is_let_in(tmp_path):
    running = [multiprocessing.get_context("fork").Process(target=_alone, args=(tmp_path,)) for _ in range(6)]
    for one in running:
        one.start()
    for one in running:
        one.join(20)
    assert [one.exitcode for one in running] == [0] * 6
