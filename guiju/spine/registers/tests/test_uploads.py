"""A file from outside is never run by a browser: it leaves as an attachment, and what is shown was drawn by us (law L19)."""

import io
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from guiju.lib.extraction import Reader
from guiju.lib.problems import Unreadable
from guiju.lib.tests import office_files as office
from guiju.modules.documents import services
from guiju.organizations import tokens
from guiju.spine.acts import act
from guiju.spine.attachments import previews
from guiju.spine.attachments.models import Attachment
from guiju.spine.attachments.services import keep

pytestmark = pytest.mark.django_db
SCRIPT = b"<script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
HOSTILE = {
    "drawing.svg": SVG,
    "page.html": HTML,
    "page.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>",
    "picture.png": SVG,  # says that it is another kind
    "form.pdf": HTML,
    "code.js": b"alert(1)",
    "data.xml": b'<?xml-stylesheet href="javascript:alert(1)"?><x/>',
    "noname": HTML,
}


def sent(name: str, content: bytes) -> Attachment:
    """A document whose file this is."""
    file = keep(io.BytesIO(content), name)
    services.draft({"title": "From outside", "kind": "external", "language": "en", "file": file, "number": "EX-1"})
    return Attachment.objects.get(pk=file.pk)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def cannot_act(answer: HttpResponse) -> bool:
    """Whether a browser neither runs it, nor takes it for something else, nor lets another site use it."""
    return (
        answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
        and answer.headers["X-Content-Type-Options"] == "nosniff"
        and answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        and "Content-Type" in answer.headers
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_leaves_as_an_attachment_and_is_shown_nowhere(as_wei, name):
    file = sent(name, HOSTILE[name])
    client = signed_in(as_wei.tang)
    page = f"/lanzhu/documents/EX-1/files/{file.pk}/"
    answer = client.get(page)
    assert b"".join(answer.streaming_content) == HOSTILE[name]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert cannot_act(answer)
    assert client.get(f"{page}page/1/").status_code == 404
    assert b"alert(1)" not in client.get("/lanzhu/documents/EX-1/").content


def test_programs_get_it_as_an_attachment_too(as_wei):
    file = sent("page.html", HTML)
    _token, secret = tokens.make(as_wei.wei, "robot", ["documents.*"])
    answer = Client().get(f"/api/v1/lanzhu/documents/EX-1/files/{file.pk}/", headers={"authorization": f"Bearer {secret}"})
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment;")
    assert cannot_act(answer)


@pytest.mark.parametrize(
    "name", ['a".html', "a\r\nX-Evil: 1.html", "../../etc/passwd", "a;filename=evil.exe", "图纸\u202egnp.html", "a\x00.html"]
)
def test_a_hostile_name_stays_a_name(as_wei, name):
    file = sent(name, b"x")
    answer = signed_in(as_wei.tang).get(f"/lanzhu/documents/EX-1/files/{file.pk}/")
    said = answer.headers["Content-Disposition"]
    assert said.startswith("attachment; filename") and "X-Evil" not in answer.headers
    assert not set(said) & set("\r\n\0/\u202e") and said.count("filename") <= 1 + ("filename=evil" in name)


def photo() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Wei"
    exif.get_ifd(0x8825)[2] = (IFDRational(31), IFDRational(14), IFDRational(0))
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(target, "JPEG", exif=exif, comment=b"hidden words")
    return target.getvalue()


def test_a_picture_is_shown_as_drawn_by_us_without_place_or_camera(as_wei):
    file = sent("lamp.jpg", photo())
    answer = signed_in(as_wei.tang).get(f"/lanzhu/documents/EX-1/files/{file.pk}/page/1/")
    shown = Image.open(io.BytesIO(answer.content))
    assert (answer.status_code, answer.headers["Content-Type"], shown.format) == (200, "image/webp", "WEBP")
    assert cannot_act(answer)
    assert not shown.getexif()
    assert b"Camera" not in answer.content and b"hidden" not in answer.content


def test_a_pdf_is_shown_as_a_picture_of_its_page(as_wei):
    file = sent("plan.pdf", office.pdf(["Inspection"]))
    previews.make(file)  # the worker's part
    answer = signed_in(as_wei.tang).get(f"/lanzhu/documents/EX-1/files/{file.pk}/page/1/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert cannot_act(answer) and Image.open(io.BytesIO(answer.content)).format == "PNG"


def test_a_file_of_one_record_is_not_had_below_another(as_wei):
    file = sent("lamp.jpg", photo())
    services.draft({"title": "Other", "kind": "procedure", "language": "en", "text": "x", "number": "QP-77"})
    client = signed_in(as_wei.tang)
    for tail in ("", "page/1/"):
        assert client.get(f"/lanzhu/documents/QP-77/files/{file.pk}/{tail}").status_code == 404


def test_what_waits_to_be_attached_is_the_senders_alone(as_wei):
    waiting = keep(io.BytesIO(photo()), "lamp.jpg")
    address = f"/lanzhu/editor/pictures/{waiting.pk}/"
    assert cannot_act(signed_in(as_wei.wei).get(address))
    assert signed_in(as_wei.min).get(address).status_code == 404


def test_a_picture_of_too_many_pixels_is_refused_in_the_child_and_the_next_is_drawn(tmp_path):
    (tmp_path / "lamp.jpg").write_bytes(photo())
    wide = tmp_path / "wide.png"
    Image.new("1", (9000, 9000)).save(wide)
    with Reader() as reader:
        with pytest.raises(Unreadable) as refused:
            reader.picture(wide)
        assert refused.value.code == "too_large"
        assert reader.picture(tmp_path / "lamp.jpg")


def test_the_child_has_limits_of_memory_time_and_files(tmp_path):
    (tmp_path / "lamp.jpg").write_bytes(photo())
    with Reader(seconds=3, megabytes=700) as reader:
        reader.picture(tmp_path / "lamp.jpg")
        assert reader._child is not None
        lines = Path(f"/proc/{reader._child.pid}/limits").read_text().splitlines()[1:]
    limits = {line[:26].strip(): line[26:].split()[0] for line in lines}
    assert limits["Max address space"] == str(700 << 20)
    assert int(limits["Max cpu time"]) <= 3 + 30
    assert (limits["Max file size"], limits["Max core file size"], limits["Max open files"]) == ("0", "0", "64")


def test_an_upload_lies_where_no_address_leads_and_is_no_program(as_wei, settings):
    file = sent("run.py", b"#!/usr/bin/env python3\nprint(1)")
    (stored,) = Path(settings.FILES).rglob(file.digest)
    assert stored.parent.parent.name == as_wei.organization.pk.hex  # by digest, never by a name that was sent
    assert stored.stat().st_mode & 0o111 == 0
    client = signed_in(as_wei.wei)
    for address in (f"/files/{file.digest}/", f"/static/{file.digest}/", f"/lanzhu/documents/EX-1/files/{file.digest}/"):
        assert client.get(address).status_code == 404


def test_another_organizations_file_is_not_taken_by_its_id(as_wei, other):
    with act(other.organization, other.eve):
        theirs = keep(io.BytesIO(b"theirs"), "theirs.txt")
    form = {"title": "x", "kind": "external", "language": "en", "file": str(theirs.pk), "number": "EX-9"}
    answer = signed_in(as_wei.wei).post("/lanzhu/documents/new/", form)
    assert answer.status_code in (404, 422)
    assert b"theirs.txt" not in answer.content
