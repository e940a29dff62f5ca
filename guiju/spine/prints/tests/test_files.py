"""What becomes of a file in a print."""

from hashlib import sha256
from pathlib import Path

import pytest

from guiju.lib.problems import Unreadable
from guiju.spine.prints import files, office
from guiju.spine.prints.sheets import File


@pytest.mark.parametrize(
    ("name", "with_office", "way"),
    [
        ("a.PDF", False, "pages"),
        ("a.docx", True, "office"),
        ("a.docx", False, "cover"),
        ("a.md", False, "text"),
        ("a.JPG", False, "picture"),
        ("a.dwg", True, "cover"),
        ("noending", True, "cover"),
    ],
)
def test_each_kind_of_file_has_its_way(monkeypatch, name, with_office, way):
    monkeypatch.setattr(office, "program", lambda: "/bin/soffice" if with_office else "")
    assert files.way(File(Path("x"), name, "")) == way


def test_a_file_that_is_gone_or_altered_is_not_printed(tmp_path):
    place = tmp_path / "file"
    place.write_bytes(b"as signed")
    digest = sha256(b"as signed").hexdigest()
    files.refuse_if_altered(File(place, "a.md", digest))
    place.write_bytes(b"altered")
    for path, code in ((place, "altered"), (tmp_path / "gone", "gone")):
        with pytest.raises(Unreadable) as why:
            files.refuse_if_altered(File(path, "a.md", digest))
        assert why.value.code == code


def test_an_older_chinese_text_is_read(tmp_path):
    place = tmp_path / "file"
    place.write_bytes("检验".encode("gb18030"))
    assert files.text_of(place) == "检验"


def test_every_reason_has_words():
    known = ("gone", "altered", "encrypted", "no_program", "timeout", "too_large", "kind", "unreadable")
    assert len({files.reason(code, {}) for code in known}) == len(known)
