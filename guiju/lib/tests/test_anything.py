"""Whatever text or bytes come from outside, the outcome is a value or a refusal of ours, and never another exception."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from guiju.lib import (
    cells,
    chain,
    dates,
    differences,
    document_kinds,
    document_numbers,
    extraction,
    heads,
    markdown,
    merkle,
    names,
    proposals,
    safe_html,
    similarity,
    words,
)
from guiju.lib.archives import walk_folder, walk_zip
from guiju.lib.canonical import canonical
from guiju.lib.extraction import cover, kinds, plain, rows, written_dates
from guiju.lib.extraction.result import Block
from guiju.lib.pdf import blocks
from guiju.lib.pictures import reencode
from guiju.lib.problems import Unreadable
from guiju.lib.spreadsheets import write_csv, write_xlsx
from guiju.lib.tests.anything import blobs, damaged, json_texts, parts_of, repacked, texts, values
from guiju.lib.whole_files import write_new, write_over

FOLDER = Path(__file__).parents[3] / "tests" / "data" / "qms-folder"
WORD = (FOLDER / "capa/sop-capa.docx").read_bytes()
PDF = (FOLDER / "sop-sales.pdf").read_bytes()
FEWER = settings.default.max_examples // 4  # where an example reads a file in another process


def pictures() -> list[bytes]:
    made = []
    for form in ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"):
        target = io.BytesIO()
        Image.effect_noise((24, 16), 60).convert("RGB").save(target, form)
        made.append(target.getvalue())
    return made


def workbook() -> bytes:
    target = io.BytesIO()
    write_xlsx(target, ["Number", "Title"], [["QP-01", "岚竹"], ["WI-02", "=1"]])
    return target.getvalue()


def packed(compression: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        archive.writestr("岚竹.md", "# Soldering\n" * 50)
    return target.getvalue()


PICTURES, WORKBOOK = pictures(), workbook()


@pytest.fixture(scope="module")
def reader():
    with extraction.Reader(seconds=10) as reader:
        yield reader


@given(texts)
def test_any_text_has_a_number_a_revision_and_a_kind_or_none(text):
    for found in (document_numbers.number_in(text), document_numbers.revision_in(text)):
        assert found is None or 0 <= found.start < found.end <= len(text)
    assert isinstance(document_numbers.clean_revision(text), str)
    assert document_numbers.is_standard(text) in (True, False)
    assert document_kinds.kind_of(text, text, text, text, text)
    assert proposals.language_of(text)


@given(texts)
def test_any_name_has_a_disc_and_a_seal(text):
    assert len(names.initials(text)) <= 2 and len(names.seal_text(text)) <= 4


@given(texts)
def test_any_text_is_read_as_markdown(text):
    markdown.references(text)
    markdown.pictures(text)
    assert all(1 <= level <= 6 for level, _title, _id in markdown.headings(text))
    assert isinstance(markdown.plain(text), str)
    assert isinstance(markdown.paragraphs(text), list)
    assert isinstance(blocks.blocks(text, notes={"\u4e00": "one"}), list)
    assert isinstance(blocks.plain_blocks(text), list)
    assert "<script" not in safe_html.below_the_page(safe_html.safe_html(text)).casefold()


@given(texts, texts)
def test_any_two_texts_are_compared(one, other):
    assert 0 <= similarity.similarity(similarity.fingerprint(one), similarity.fingerprint(other)) <= 1
    found = differences.changes(differences.of_markdown(one), differences.of_lines(other))
    assert differences.minutes(found) >= 0


@given(texts)
def test_any_text_can_be_searched_for(text):
    assert words.fts5_query(text).count('"') % 2 == 0
    assert "\x00" not in words.tsquery(text) and "\x00" not in words.tsvector(text)


@given(texts)
def test_any_text_has_a_date_or_none(text):
    found = written_dates.iso_date(text)
    assert found is None or date.fromisoformat(found)
    assert isinstance(written_dates.without_dates(text), str)


@given(st.lists(texts.map(Block) | st.lists(texts, max_size=3).map(lambda row: Block("", cells=tuple(row))), max_size=8))
def test_any_blocks_have_a_cover(found):
    assert all(isinstance(value, str) for value in cover.cover_of(found).values())


@given(blobs)
def test_any_bytes_are_a_text_in_some_encoding(raw):
    for cut in (False, True):
        text, encoding, _certain = plain.decode(raw, cut=cut)
        assert isinstance(text, str) and encoding
    plain.markdown_blocks(plain.front_matter(text)[1])


@given(raw=blobs | damaged([WORD, WORKBOOK, PDF, *PICTURES]), name=texts)
def test_any_file_has_a_kind_or_is_refused(tmp_path, raw, name):
    (tmp_path / "file").write_bytes(raw)
    try:
        assert kinds.mismatch(kinds.kind_of(tmp_path / "file", name), name) in (True, False)
    except Unreadable as refused:
        assert refused.code in {"empty", "encrypted", "unreadable"}


@given(raw=blobs | damaged([WORD, WORKBOOK, *map(packed, (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))]), member=texts)
def test_any_archive_is_walked_or_refused(tmp_path, raw, member):
    (tmp_path / "a.zip").write_bytes(raw)
    (tmp_path / "b.zip").write_bytes(raw[:10] + member.encode("utf-8", "surrogatepass") + raw[10:])
    for path in (tmp_path / "a.zip", tmp_path / "b.zip"):
        try:
            for found in walk_zip(path, max_bytes=1 << 20):
                if found.ignored is None:
                    with found.open() as stream:
                        stream.read()
        except Unreadable as refused:
            assert refused.code


@given(
    names=st.lists(st.binary(min_size=1, max_size=40).filter(lambda raw: not set(raw) & {0, 47} and raw.strip(b".")), max_size=5)
)
def test_any_names_on_disk_are_walked(tmp_path_factory, names):
    folder = tmp_path_factory.mktemp("names")
    for name in {*names}:
        (Path(str(folder)) / name.decode("utf-8", "surrogateescape")).write_bytes(b"x")
    found = list(walk_folder(folder))
    assert len({one.path_in_tree for one in found}) == len(found) == len({*names})
    for one in found:
        one.path_in_tree.encode()  # no half of a character is left


@given(blobs | damaged(PICTURES))
def test_any_picture_is_drawn_anew_or_refused(raw):
    try:
        assert reencode(io.BytesIO(raw), max_pixels=1_000_000).startswith(b"RIFF")
    except Unreadable as refused:
        assert refused.code in {"unreadable", "too_large"}


@settings(max_examples=FEWER)
@given(data=st.data(), name=st.sampled_from(["a.docx", "a.xlsx", "a.pdf", "a.md", "a.csv", "a"]))
def test_any_file_is_read_to_its_end_or_refused(reader, tmp_path, data, name):
    original = data.draw(st.sampled_from([WORD, WORKBOOK]))
    inner = damaged(parts_of(original)) | blobs
    within = st.builds(repacked, st.just(original), st.integers(0, 20), inner)
    (tmp_path / "file").write_bytes(data.draw(within | damaged([WORD, WORKBOOK, PDF]) | blobs))
    found = reader.extract(tmp_path / "file", name)
    assert found.text or found.problems
    for read in (reader.word_html, reader.sheet_names, reader.pages, lambda path: list(reader.table(path, name))):
        try:
            read(tmp_path / "file")
        except Unreadable as refused:
            assert refused.code != "crashed"


@given(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.datetimes() | st.dates() | st.times() | st.timedeltas()
)
def test_any_cell_is_a_text(value):
    assert isinstance(cells.cell_text(value), str)


@given(texts)
def test_what_guards_a_cell_is_taken_off_again(text):
    assert rows.unguarded(rows.guarded(text)) == text
    target = io.BytesIO()
    write_csv(target, ["a"], [[text]])
    assert target.getvalue().startswith(b"\xef\xbb\xbf")


@given(st.integers() | st.floats() | st.decimals(), st.none() | st.integers(0, 6))
def test_any_number_is_shown(value, places):
    assert dates.show_number(value, places)


@given(st.datetimes(timezones=st.timezones()), st.timezones(), st.sampled_from(["en", "zh-hans", ""]))
def test_any_instant_is_shown(at, zone, language):
    try:
        assert dates.show_instant(at, language, zone)
    except OverflowError:
        assert at.year in (1, 9999)  # beyond the calendar in that zone


@given(values)
def test_any_value_has_one_canonical_text_or_is_refused(value):
    try:
        assert isinstance(canonical(value), str)
    except (TypeError, ValueError) as refused:
        assert "canonical" in str(refused) or "keys" in str(refused)


@given(texts, texts, st.none() | texts)
def test_any_field_is_committed_to_or_refused(salt, field, value):
    try:
        assert len(chain.commitment(salt, field, value)) == 64
    except ValueError:
        assert not _is_hexadecimal(salt) or "\ud800" <= max(field + (value or "")) <= "\udfff"


def _is_hexadecimal(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True


@given(json_texts)
def test_no_text_but_a_signed_one_is_opened(text):
    for form in (heads.HEAD, heads.KEY, heads.EXPORT):
        with pytest.raises(heads.Forged):
            heads.opened(text, form)


@given(st.integers(-2, 9), st.integers(-2, 9), st.lists(st.binary(max_size=33), max_size=5), st.binary(max_size=33))
def test_no_proof_of_anything_is_believed(first, second, path, root):
    assert not merkle.includes(b"leaf", first, second, path, root)
    assert not merkle.consistent(first, second, root, b"another", path)


@given(st.integers(0, 1 << 70), texts | st.binary(max_size=99).map(bytes.hex))
def test_peaks_that_cannot_be_are_refused(size, text):
    try:
        assert merkle.Peaks.of(size, text).size == size
    except ValueError:
        assert len(text.strip()) != 64 * size.bit_count() or not _is_hexadecimal(text)


@given(content=st.binary(max_size=2000), again=st.binary(max_size=2000))
def test_any_file_is_whole_or_not_there(tmp_path_factory, content, again):
    path = tmp_path_factory.mktemp("whole") / "file"
    write_new(path, content)
    with pytest.raises(FileExistsError):
        write_new(path, again)
    assert path.read_bytes() == content
    write_over(path, again)
    assert path.read_bytes() == again and [one.name for one in path.parent.iterdir()] == ["file"]
