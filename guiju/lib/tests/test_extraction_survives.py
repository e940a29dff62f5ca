"""Hostile and broken files: each is an answer with a code, and the next file is read as ever."""

import os
import signal
import threading
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from guiju.lib import extraction
from guiju.lib.extraction import kinds, plain, rows
from guiju.lib.extraction import office as package
from guiju.lib.tests import office_files as office

FOLDER = Path(__file__).parents[3] / "tests" / "data" / "qms-folder"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(scope="module")
def reader():
    with extraction.Reader() as reader:
        yield reader


def codes(found):
    return [problem.code for problem in found.problems]


def fine(reader):
    return "CAPA" in reader.extract(FOLDER / "capa/sop-capa.docx", "sop-capa.docx").text


def laughs(levels=40):
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, levels))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha">{entities}]><x>&a{levels - 1};</x>'


def outside():
    return '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x><p><t>&e;</t></p></x>'


@pytest.mark.parametrize("xml", [laughs(), outside()], ids=["billion laughs", "entity from a file"])
def test_a_word_file_with_entities_is_refused(reader, tmp_path, xml):
    found = reader.extract(office.docx(tmp_path / "a.docx", raw=xml), "a.docx")
    assert (found.text, found.problems) == ("", (extraction.Problem("unreadable", {"reason": "doctype"}),))


def test_a_word_file_that_unpacks_to_hundreds_of_megabytes_is_a_bomb(reader, tmp_path):
    path = office.docx(tmp_path / "a.docx", raw=office.part(office.paragraph(" " * 300_000_000)))
    began = time.monotonic()
    assert codes(reader.extract(path, "a.docx")) == ["zip_bomb"]
    assert time.monotonic() - began < 5


def test_a_workbook_that_unpacks_to_hundreds_of_megabytes_is_a_bomb(reader, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "0" * 300_000_000)
    assert codes(reader.extract(tmp_path / "a.xlsx", "a.xlsx")) == ["zip_bomb"]


@pytest.mark.parametrize("name", ["a.pdf", "a.docx"])
def test_a_file_with_a_password_is_encrypted(reader, tmp_path, name):
    content = (
        office.pdf(["secret"], encrypted=True) if name == "a.pdf" else OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    (tmp_path / name).write_bytes(content)
    found = reader.extract(tmp_path / name, name)
    assert (found.kind, codes(found)) == (name[2:], ["encrypted"])


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04garbage", b"%PDF-1.7 garbage", b"\x89PNG\r\n\x1a\ngarbage", bytes(range(256)) * 50, OLE + b"x" * 999],
    ids=["zip", "pdf", "png", "binary", "ole"],
)
def test_garbage_is_an_answer(reader, tmp_path, content):
    (tmp_path / "a.docx").write_bytes(content)
    found = reader.extract(tmp_path / "a.docx", "a.docx")
    assert found.text == ""
    assert set(codes(found)) & {"unreadable", "unsupported", "kind_mismatch"}
    assert fine(reader)


@pytest.mark.parametrize("path", ["/nowhere/a.docx", "/dev/zero", "/tmp", "\0"])
def test_what_is_no_file_is_unreadable(reader, path):
    assert codes(reader.extract(Path(path), "a.docx")) == ["unreadable"]


def test_a_pipe_does_not_hold_the_reader_up(reader, tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    assert codes(reader.extract(tmp_path / "a.txt", "a.txt")) == ["unreadable"]


def long_document(path):
    return office.docx(path, office.paragraph("x"), raw=office.part("<w:p/>" * 6_000_000), compression=zipfile.ZIP_STORED)


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    path = long_document(tmp_path / "a.docx")
    with extraction.Reader(seconds=0.3) as reader:
        began = time.monotonic()
        assert codes(reader.extract(path, "a.docx")) == ["timeout"]
        assert time.monotonic() - began < 5
        assert fine(reader)


def test_a_child_that_is_killed_at_work_is_an_answer(tmp_path):
    path = long_document(tmp_path / "a.docx")
    with extraction.Reader() as reader:
        assert fine(reader)
        killer = threading.Timer(0.3, os.kill, (reader._child.pid, signal.SIGKILL))
        killer.start()
        assert reader.extract(path, "a.docx").problems == (extraction.Problem("unreadable", {"reason": "crash"}),)
        killer.join()
        assert fine(reader)


def test_a_child_that_was_killed_between_two_files_is_started_again():
    with extraction.Reader() as reader:
        assert fine(reader)
        os.kill(reader._child.pid, signal.SIGKILL)
        os.waitid(os.P_PID, reader._child.pid, os.WEXITED | os.WNOWAIT)
        assert fine(reader)


def test_a_file_that_needs_more_memory_than_allowed_is_too_large(tmp_path):
    Image.new("RGB", (7000, 5600)).save(tmp_path / "a.png")
    with extraction.Reader(megabytes=260) as reader:
        with pytest.raises(extraction.Unreadable) as refused:
            reader.picture(tmp_path / "a.png")
        assert refused.value.code == "too_large"
        assert fine(reader)


def test_a_text_of_two_hundred_megabytes_is_read_at_its_beginning_only(reader, tmp_path):
    with (tmp_path / "a.txt").open("wb") as stream:
        for _ in range(200):
            stream.write("风险管理。\n".encode() * 65536)
    found = reader.extract(tmp_path / "a.txt", "a.txt")
    assert codes(found) == ["text_cut"]
    assert len(found.text) == 5_000_000


def test_a_file_beyond_what_a_parser_is_asked_to_read_is_too_large(reader, tmp_path):
    with (tmp_path / "a.pdf").open("wb") as stream:
        stream.truncate(300_000_000)
    assert codes(reader.extract(tmp_path / "a.pdf", "a.pdf")) == ["too_large"]


def test_the_child_knows_nothing_of_the_parents_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    with extraction.Reader() as reader:
        assert fine(reader)
        assert b"canary" not in Path(f"/proc/{reader._child.pid}/environ").read_bytes()


def test_a_closed_reader_leaves_no_process():
    with extraction.Reader() as reader:
        assert fine(reader)
        child = reader._child
    assert child.poll() is not None


def test_names_and_paths_of_any_kind_are_passed_on(reader, tmp_path):
    path = tmp_path / "内审 'report'\n\"龘\udcff.txt"
    path.write_text("text")
    assert reader.extract(path, path.name).text == "text"


ORIGINALS = [
    (FOLDER / name).read_bytes() for name in ("capa/sop-capa.docx", "sop-sales.pdf", "human-resources/training-record.md")
]


@given(st.sampled_from(ORIGINALS), st.integers(0, 70_000), st.binary(min_size=1, max_size=200), st.booleans())
def test_a_damaged_file_never_breaks_the_reader(reader, tmp_path, original, place, damage, cut):
    place %= len(original)
    content = original[:place] + damage + (b"" if cut else original[place + len(damage) :])
    (tmp_path / "file").write_bytes(content)
    found = reader.extract(tmp_path / "file", "file.docx")
    assert found.text or found.problems


def test_an_open_document_whose_own_word_for_its_kind_is_broken_is_unreadable(reader, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.odt", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 9)
    raw = bytearray((tmp_path / "a.odt").read_bytes())
    raw[38:50] = b"\xff" * 12
    (tmp_path / "a.odt").write_bytes(raw)
    assert codes(reader.extract(tmp_path / "a.odt", "a.odt")) == ["unreadable"]


def test_a_package_of_too_many_parts_is_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(package, "MOST_PARTS", 4)
    office.docx(tmp_path / "a.docx", "x")  # which has four
    package.open_package(tmp_path / "a.docx").close()
    with pytest.raises(extraction.Unreadable, match="zip_bomb"):
        package.open_package(office.docx(tmp_path / "b.docx", "x", parts={"word/more.xml": "<x/>"}))


def test_a_part_of_too_many_elements_is_a_bomb(tmp_path):
    path = office.docx(tmp_path / "a.docx", "x", parts={"word/more.xml": f"<x>{'<y/>' * 200_001}</x>"})
    with package.open_package(path) as archive, pytest.raises(extraction.Unreadable, match="zip_bomb"):
        package.elements(archive, "word/more.xml")


ROWS = [(["a", "", "b", "", ""], ["a", "", "b"]), (["a"], ["a"]), (["", ""], []), ([], []), (["", "b", ""], ["", "b"])]


@pytest.mark.parametrize(("values", "kept"), ROWS)
def test_a_row_ends_with_its_last_value(values, kept):
    assert rows._without_empty_end(values) == kept


@pytest.mark.parametrize("text", ["x\n---\ntitle: X\n---", "---\nno end", "title: X"])
def test_front_matter_stands_between_two_lines_at_the_very_beginning(text):
    assert plain.front_matter(text) == ([], text)
    blocks, body = plain.front_matter("---\ntitle: X\n---\nBody")
    assert ([block.cells for block in blocks], body) == ([("title", "X")], "Body")


HEADS = [
    (b"Soldering\tline\r\n", True),
    (b"\x00\x01\x02" * 9, False),
    (b"x" * 400 + b"\x08", False),
    (b"x" * 600 + b"\x08", True),
    ("ab".encode("utf-16-le"), True),
]


@pytest.mark.parametrize(("head", "is_text"), HEADS)
def test_bytes_without_control_characters_look_like_text(head, is_text):
    assert kinds.looks_like_text(head) is is_text
