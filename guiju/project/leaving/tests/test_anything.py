"""Whatever stands in a folder that is to be an export or a backup, it is judged, and never an exception of another kind."""

import contextlib
import io
import shutil
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.lib.tests.anything import blobs, damaged, json_texts, texts
from guiju.organizations.letters import bounces
from guiju.organizations.models import Organization, Role
from guiju.project.backups import folder as backups
from guiju.project.leaving import restoring, rows
from guiju.project.leaving.stranger import verify
from guiju.project.leaving.tests.test_rows import brought
from guiju.project.leaving.writing import export
from guiju.spine.acts import Refused
from guiju.spine.trail import last_heads, stamps

JUDGED = {0, 1, 2, 3}  # proven, not whole, whole, no export
PARTS = ("export.json", "SHA256SUMS", "trail/entries.jsonl", "trail/heads.jsonl", "installation/keys.jsonl",
         "installation/people.jsonl", "installation/proofs.jsonl", "records/organizations.role.jsonl")  # fmt: skip
FEWER = settings.default.max_examples // 6  # where an example starts another process


@pytest.fixture
def left(lanzhu, tmp_path) -> Path:
    """An export, whole as it came."""
    export(lanzhu.organization, tmp_path / "left")
    return tmp_path / "left"


def judged(folder: Path) -> int:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = verify.main([str(folder)])
    assert said.getvalue()
    return status


@pytest.mark.django_db(transaction=True)
@given(data=st.data(), part=st.sampled_from(PARTS))
def test_an_export_with_anything_in_it_is_judged(left, data, part):
    path = left / part
    whole = path.read_bytes()
    lines = whole.decode().splitlines()
    place = data.draw(st.integers(0, len(lines)))
    other = [*lines[:place], data.draw(json_texts), *lines[place + 1 :]]
    instead = "\n".join(other).encode("utf-8", "surrogatepass")
    path.write_bytes(data.draw(damaged([whole]) | st.just(instead) | blobs))
    try:
        assert judged(left) in JUDGED - ({2} if path.read_bytes().strip() != whole.strip() else set())
    finally:
        path.write_bytes(whole)


@settings(max_examples=FEWER)
@given(data=st.data(), part=st.sampled_from(PARTS))
def test_a_folder_that_is_no_export_is_not_restored(db, tmp_path, data, part):
    folder = tmp_path / "folder"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / part).parent.mkdir(parents=True)
    (folder / part).write_bytes(data.draw(blobs | json_texts.map(lambda text: text.encode("utf-8", "surrogatepass"))))
    with pytest.raises(Refused):
        restoring.restore(folder)
    assert not Organization.everywhere.exists()


@given(field=st.sampled_from(["name", "actions", "key", "id", "lamp"]), text=json_texts | texts)
def test_a_row_with_anything_in_it_is_taken_or_refused(lanzhu, tmp_path, field, text):
    role = Role(organization=lanzhu.organization, key="all", name="All", actions=["*"])
    with contextlib.suppress(Refused, *restoring.NEVER_WRITTEN), transaction.atomic():
        rows.take_in(brought(tmp_path, role, **{field: text}), [Role], lanzhu.organization.pk)
        raise Refused("done; not kept")


@given(text=json_texts | texts)
def test_a_folder_with_anything_in_it_is_no_backup(tmp_path, text):
    (tmp_path / backups.MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(Refused):
        backups.check(tmp_path)


@given(text=json_texts | texts)
def test_anything_in_the_place_of_the_last_heads_is_unreadable(text):
    with pytest.raises(last_heads.Unreadable):
        last_heads.parsed(text)


@given(raw=blobs)
def test_anything_in_the_place_of_a_stamp_is_a_fault(raw):
    assert stamps.fault(raw, b"head")


LETTER = b"""Content-Type: multipart/report; report-type=delivery-status; boundary=e

--e
Content-Type: message/delivery-status

"""


@given(raw=blobs | blobs.map(lambda raw: LETTER + raw + b"\n--e--\n"))
def test_any_letter_that_came_back_is_read_or_ignored(db, raw):
    assert bounces.take(raw) is None
