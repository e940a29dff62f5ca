import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from guiju.lib.archives import walk_folder, walk_zip
from guiju.lib.problems import Unreadable

FOLDER = Path(__file__).parents[3] / "tests" / "data" / "qms-folder"


def tree(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    return root


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def raw_name(path, placeholder, name):
    """Puts bytes of the same length in place of a member's name, without the mark for UTF-8."""
    path.write_bytes(path.read_bytes().replace(placeholder, name))
    return path


def reasons(walk):
    return {found.path_in_tree: found.ignored for found in walk}


def test_a_folder_is_walked_in_the_order_of_names(tmp_path):
    tree(tmp_path, "b.md", "a/z.md", "a/b/c.md")
    assert list(reasons(walk_folder(tmp_path))) == ["a/b/c.md", "a/z.md", "b.md"]


def test_the_real_folder_is_found_whole():
    found = list(walk_folder(FOLDER))
    assert len(found) == 38
    assert all(each.ignored is None and each.open().read() == each.path.read_bytes() for each in found)


NOISE = {
    "a/~$sop.docx": "lock_file",
    "a/.~lock.sop.odt#": "lock_file",
    ".DS_Store": "system_file",
    "a/Thumbs.db": "system_file",
    "desktop.ini": "system_file",
    "__MACOSX/a/._sop.docx": "mac_resource",
    "a/._sop.docx": "mac_resource",
    "~WRL0001.tmp": "temporary_file",
    ".hidden": "hidden",
    "sop.docx": None,
}


def test_what_programs_leave_behind_is_ignored_and_named_in_a_folder(tmp_path):
    assert reasons(walk_folder(tree(tmp_path, *NOISE))) == NOISE


def test_what_programs_leave_behind_is_ignored_and_named_in_a_zip(tmp_path):
    assert reasons(walk_zip(zipped(tmp_path / "a.zip", [(name, "x") for name in NOISE]))) == NOISE


def test_a_hidden_folder_is_named_once(tmp_path):
    assert reasons(walk_folder(tree(tmp_path, ".git/a", ".git/b"))) == {".git": "hidden"}


def test_links_are_never_followed(tmp_path):
    tree(tmp_path, "in/a.md", "out/b.md")
    (tmp_path / "in/link.md").symlink_to(tmp_path / "out/b.md")
    (tmp_path / "in/folder").symlink_to(tmp_path / "out")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    assert reasons(walk_folder(tmp_path / "in")) == {"a.md": None, "folder": "link", "link.md": "link", "loop": "link"}


def test_a_file_that_became_a_link_since_it_was_found_is_not_opened(tmp_path):
    (found,) = walk_folder(tree(tmp_path, "a.md"))
    (tmp_path / "a.md").unlink()
    (tmp_path / "a.md").symlink_to("/etc/passwd")
    with pytest.raises(Unreadable):
        found.open()


def test_pipes_are_named_and_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert reasons(walk_folder(tmp_path)) == {"pipe": "special_file"}


def test_names_on_disk_in_gbk_are_decoded_and_open(tmp_path):
    (tmp_path / os.fsdecode("管理评审.md".encode("gbk"))).write_text("text")
    (found,) = walk_folder(tmp_path)
    assert (found.path_in_tree, found.open().read()) == ("管理评审.md", b"text")


def test_decomposed_names_are_composed_and_two_that_become_one_are_kept_apart(tmp_path):
    tree(tmp_path, "cafe\u0301.md", "caf\u00e9.md")
    assert list(reasons(walk_folder(tmp_path))) == ["café.md", "café (2).md"]


def test_a_file_above_the_limit_is_named(tmp_path):
    assert reasons(walk_folder(tree(tmp_path, "a.md", "longer.md"), max_file_bytes=5)) == {"a.md": None, "longer.md": "too_large"}


def test_files_above_the_number_are_named(tmp_path):
    assert list(reasons(walk_folder(tree(tmp_path, "a", "b", "c"), max_files=2)).values()) == [None, None, "too_many"]
    path = zipped(tmp_path / "x.zip", [("a", ""), (".DS_Store", ""), ("b", ""), ("c", "")])
    assert reasons(walk_zip(path, max_files=2)) == {"a": None, ".DS_Store": "system_file", "b": None, "c": "too_many"}


def test_a_folder_that_is_none_is_refused(tmp_path):
    with pytest.raises(Unreadable):
        list(walk_folder(tmp_path / "nowhere"))


def test_a_zip_gives_its_files(tmp_path):
    path = zipped(tmp_path / "a.zip", [("程序/", ""), ("程序/管理评审.md", "text"), ("b.md", "b")])
    assert [(each.path_in_tree, each.size, each.open().read()) for each in walk_zip(path)] == [
        ("程序/管理评审.md", 4, b"text"),
        ("b.md", 1, b"b"),
    ]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("管理评审.md".encode("gbk"), "管理评审.md"),
        ("管理评审.md".encode(), "管理评审.md"),
        ("程序\\质量.md".encode("gbk"), "程序/质量.md"),
        ("Prüfung.md".encode("cp437"), "Prüfung.md"),
        ("龘.md".encode("gb18030"), "龘.md"),
    ],
)
def test_names_without_the_mark_for_utf_8_are_decoded(tmp_path, raw, name):
    placeholder = b"N" * len(raw)
    path = raw_name(zipped(tmp_path / "a.zip", [(placeholder.decode(), "text")]), placeholder, raw)
    (found,) = walk_zip(path)
    assert (found.path_in_tree, found.open().read()) == (name, b"text")


@pytest.mark.parametrize("name", ["../a.md", "/etc/a.md", "a/../../b.md", "C:/a.md", "..\\a.md"])
def test_a_name_that_leads_out_is_ignored_and_named(tmp_path, name):
    (found,) = walk_zip(zipped(tmp_path / "a.zip", [(name, "x")]))
    assert found.ignored == "outside"
    with pytest.raises(Unreadable):
        found.open()


def test_two_members_with_one_name_are_both_kept(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = zipped(tmp_path / "a.zip", [("x/a.b.md", "1"), ("x/a.b.md", "2"), (".x", ""), ("d", ""), ("d", "")])
    assert list(reasons(walk_zip(path))) == ["x/a.b.md", "x/a.b (2).md", ".x", "d", "d (2)"]


def test_a_link_in_a_zip_is_named(tmp_path):
    member = zipfile.ZipInfo("link")
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert reasons(walk_zip(zipped(tmp_path / "a.zip", [(member, "/etc/passwd")]))) == {"link": "link"}


def test_a_member_with_a_password_is_named(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a.md", "text")])
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.find(signature) + offset] |= 1
    path.write_bytes(raw)
    assert reasons(walk_zip(path)) == {"a.md": "encrypted"}


def test_a_member_that_unpacks_to_too_much_is_named(tmp_path):
    path = zipped(tmp_path / "a.zip", [("bomb", b"0" * 50_000_000), ("a.md", "text")])
    assert reasons(walk_zip(path)) == {"bomb": "zip_bomb", "a.md": None}


def test_a_member_that_lies_about_its_size_is_caught_while_reading(tmp_path):
    path = zipped(tmp_path / "a.zip", [("bomb", b"0" * 50_000_000)])
    raw = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", raw, raw.find(signature) + offset, 1000)
    path.write_bytes(raw)
    (found,) = walk_zip(path)
    assert found.ignored is None
    with pytest.raises(Unreadable):
        found.open().read()


def test_all_members_together_stay_below_the_limit(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a", os.urandom(600)), ("b", os.urandom(600)), ("c", os.urandom(300))])
    assert reasons(walk_zip(path, max_bytes=1000)) == {"a": None, "b": "too_large", "c": None}


def test_a_list_of_files_that_would_fill_memory_is_refused(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a", "")])
    raw = bytearray(path.read_bytes())
    struct.pack_into("<L", raw, raw.rfind(b"PK\x05\x06") + 12, 100_000_000)
    path.write_bytes(raw)
    with pytest.raises(Unreadable, match="zip_bomb"):
        list(walk_zip(path))


def test_a_broken_member_is_refused_when_it_is_read(tmp_path):
    path = zipped(tmp_path / "a.zip", [("a", os.urandom(5000))])
    raw = bytearray(path.read_bytes())
    raw[2000] ^= 255
    path.write_bytes(raw)
    (found,) = walk_zip(path)
    with pytest.raises(Unreadable):
        found.open().read()


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "empty"), (b"no zip", "unreadable"), (b"PK\x03\x04" + b"x" * 99, "unreadable")]
)
def test_what_is_no_zip_is_refused(tmp_path, content, code):
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        list(walk_zip(tmp_path / "a.zip"))
    assert refused.value.code == code


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_cannot_be_unpacked_is_unreadable_whatever_packed_it(tmp_path, compression):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", compression) as archive:
        archive.writestr("a.md", "\n".join(map(str, range(2000))))
    raw = bytearray((tmp_path / "a.zip").read_bytes())
    raw[40:60] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(raw)
    (found,) = walk_zip(tmp_path / "a.zip")
    with pytest.raises(Unreadable, match="unreadable"), found.open() as stream:
        stream.read()


def test_a_member_whose_own_name_is_in_another_encoding_than_it_says_is_unreadable(tmp_path):
    path = zipped(tmp_path / "a.zip", [("岚竹.md", b"x")])
    raw = path.read_bytes()
    path.write_bytes(raw.replace("岚".encode(), b"\xed\xa0\x80", 1))  # where the member begins, not in the list at the end
    (found,) = walk_zip(path)
    with pytest.raises(Unreadable, match="unreadable"):
        found.open()
