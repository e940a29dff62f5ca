"""Files lie safely, whole or not at all, and verification finds what was done to them (laws L6, L19)."""

import io
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from guiju.modules.processes.models import Process
from guiju.spine.acts import NotFound, Refused, act
from guiju.spine.attachments import services
from guiju.spine.attachments.models import Attachment
from guiju.spine.trail.verify import verify


@pytest.fixture
def kept(as_wei) -> Attachment:
    return services.keep(io.BytesIO(b"lux at 40 cm"), "measure.txt")


def found() -> list[str]:
    return [f"{finding.where}: {finding.says}" for finding in verify()]


def test_a_kept_file_is_what_its_digest_says(kept):
    assert services.path(kept).read_bytes() == b"lux at 40 cm"
    assert found() == []


def test_a_file_whose_bytes_were_altered_is_named(kept):
    services.path(kept).write_bytes(b"lux at 50 cm")
    assert found() == ["file: its bytes were altered"]


def test_a_file_that_is_gone_is_named(kept):
    services.path(kept).unlink()
    assert found() == ["file: is gone"]


def test_the_same_content_is_stored_once_and_never_overwritten(kept):
    before = services.path(kept).stat().st_ino
    again = services.keep(io.BytesIO(b"lux at 40 cm"), "copy.txt")
    assert services.path(again).stat().st_ino == before


@pytest.mark.parametrize(("content", "limit", "words"), [(b"", 100, "empty"), (b"x" * 101, 100, "larger than")])
def test_an_empty_or_too_large_file_is_refused_and_leaves_nothing(as_wei, content, limit, words):
    with pytest.raises(Refused, match=words):
        services.keep(io.BytesIO(content), "a.txt", limit=limit)
    assert leftovers(as_wei.organization.pk.hex) == []


def test_a_disk_without_room_is_a_refusal_that_leaves_nothing(as_wei):
    with room_for(1 << 20), pytest.raises(Refused, match="could not be stored"):
        services.keep(io.BytesIO(b"x" * (3 << 20)), "big.bin")
    assert leftovers(as_wei.organization.pk.hex) == []
    assert not Attachment.objects.exists()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """The system refuses to write a file beyond a size, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def leftovers(organization: str) -> list[Path]:
    return [path for path in (Path(settings.FILES) / organization).rglob("*") if path.is_file()]


def test_an_upload_belongs_to_one_record_and_to_who_sent_it(kept, as_wei):
    first, second = Process(title="a"), Process(title="b")
    first.save()
    second.save()
    services.give(kept, first)
    with pytest.raises(Refused, match="already belongs"):
        services.give(kept, second)


def test_anothers_upload_cannot_be_taken(kept, lanzhu):
    with act(lanzhu.organization, lanzhu.min), pytest.raises(NotFound):
        services.mine(kept.pk)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\plan.docx", "plan.docx"),
        ("evil\u202excod.exe", "evilxcod.exe"),
        ("tab\tname\x00.pdf", "tabname.pdf"),
        ("   ", "file"),
        ("龘😀.md", "龘😀.md"),
        ("x" * 400 + ".pdf", "x" * 251 + ".pdf"),
    ],
)
def test_a_name_is_shown_without_paths_marks_or_what_cannot_be_seen(name, clean):
    assert services.clean_name(name) == clean
