"""The process that sets Office files: what it is given, what is taken from it, how it ends. A stand-in plays LibreOffice."""

import os
import subprocess
import time

import pytest

from guiju.lib.problems import Unreadable
from guiju.spine.prints import office


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """Makes a shell script the program; what it writes to $seen can be read."""

    def made(script: str):
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\nseen={tmp_path}\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(office, "program", lambda: str(program))
        source = tmp_path / "source"
        source.write_bytes(b"PK")
        return source

    return made


def convert(source) -> bytes:
    with office.converted(source, "docx") as made:
        return made.read_bytes()


def test_what_the_program_makes_is_read_and_its_folder_goes(stand_in, tmp_path):
    source = stand_in('pwd > $seen/folder; while [ "$1" != --outdir ]; do shift; done; echo made > "$2/file.pdf"')
    assert convert(source) == b"made\n"
    assert not os.path.exists((tmp_path / "folder").read_text().strip())


def test_it_gets_an_empty_profile_without_macros_and_nothing_of_our_environment(stand_in, tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "topsecret")
    stand = stand_in("env > $seen/env; cat profile/user/*.xcu > $seen/profile; echo x > file.pdf")
    convert(stand)
    assert "topsecret" not in (tmp_path / "env").read_text()
    assert "DisableMacrosExecution" in (tmp_path / "profile").read_text()


def test_it_has_no_network_where_the_system_can_take_it(stand_in, tmp_path):
    convert(stand_in("cat /proc/net/dev > $seen/net; env > $seen/env; echo x > file.pdf"))
    devices = [line.split(":")[0].strip() for line in (tmp_path / "net").read_text().splitlines() if ":" in line]
    assert devices == ["lo"] if office.shut_off() else "127.0.0.1:9" in (tmp_path / "env").read_text()


def test_it_may_not_write_more_than_its_limit(stand_in, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "LARGEST", 1 << 20)
    source = stand_in("sleep 0.3; head -c 3000000 /dev/zero > big; wc -c < big > $seen/big; echo x > file.pdf")
    convert(source)
    assert int((tmp_path / "big").read_text()) <= 1 << 20


def test_one_that_takes_too_long_is_ended_with_all_it_started(stand_in, tmp_path, monkeypatch):
    monkeypatch.setattr(office, "SECONDS", 1)
    source = stand_in("sleep 300 & echo $! > $seen/pid; sleep 300")
    with pytest.raises(Unreadable) as why:
        convert(source)
    assert why.value.code == "timeout"
    time.sleep(0.2)
    pid = (tmp_path / "pid").read_text().strip()
    said = subprocess.run(["ps", "-o", "stat=", "-p", pid], capture_output=True, text=True, check=False).stdout.strip()
    assert said in ("", "Z", "Zs") or said.startswith("Z")


@pytest.mark.parametrize("script", ["exit 1", "true", "kill -SEGV $$", ": > file.pdf"])
def test_one_that_makes_nothing_is_named(stand_in, script):
    with pytest.raises(Unreadable) as why:
        convert(stand_in(script))
    assert why.value.code == "unreadable"


def test_without_the_program_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: "")
    with pytest.raises(Unreadable) as why, office.converted(tmp_path / "x", "docx"):
        pass
    assert why.value.code == "no_program"
