"""Printing by page and by API: who may, what it leaves on the trail, what takes long."""

import io
import json
import re
import subprocess
from hashlib import sha256
from uuid import UUID

import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter

from guiju.conftest import join, make_person
from guiju.lib.pdf import glyphs
from guiju.modules.documents import services
from guiju.organizations import tokens
from guiju.spine.acts import act
from guiju.spine.attachments.services import give, keep, path
from guiju.spine.prints import key, office
from guiju.spine.registers import printing
from guiju.spine.trail import keys
from guiju.spine.trail.models import Entry

BASE = "/lanzhu/documents/QP-01/print/"


def client(member) -> Client:
    made = Client()
    made.force_login(member.person)
    return made


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r", "")


def prints(lanzhu) -> list[Entry]:
    with act(lanzhu.organization, lanzhu.wei):
        return list(Entry.objects.filter(action="print"))


def work(lanzhu, member, address: str) -> None:
    """What the worker does for a run."""
    context = {"organization": str(lanzhu.organization.pk), "actor": str(member.id), "reason": ""}
    printing.print_later.func(context, str(UUID(address.rstrip("/").rsplit("/", 1)[-1])))


@pytest.fixture
def text(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        return services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours at 45 ℃ for 㙓."})


def filed(lanzhu, content: bytes, name: str):
    """A document that is a file."""
    with act(lanzhu.organization, lanzhu.wei):
        file = keep(io.BytesIO(content), name)
        return services.draft({"title": "From a file", "kind": "procedure", "language": "en", "file": file})


@pytest.fixture
def soffice(tmp_path, monkeypatch):
    """A stand-in for LibreOffice that writes the PDF beside its name where it is told to."""
    folder = tmp_path / "programs"
    folder.mkdir()
    writer = PdfWriter()
    writer.add_blank_page(400, 500)
    writer.write(folder / "made.pdf")
    program = folder / "soffice"
    program.write_text(f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\ncp {folder}/made.pdf "$2/file.pdf"\n')
    program.chmod(0o755)
    monkeypatch.setattr(office, "program", lambda: str(program))
    return program


def test_the_button_leads_to_the_page_and_that_to_the_pdf(text, lanzhu):
    who = client(lanzhu.tang)
    assert f'href="{BASE}"' in who.get("/lanzhu/documents/QP-01/").content.decode()
    page = who.get(BASE).content.decode()
    assert f'action="{BASE}1.pdf"' in page and "“Draft” will stand across every page" in page
    answer = who.get(f"{BASE}1.pdf?language=en")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="QP-01-1.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer.headers["Content-Security-Policy"]
    assert "Four hours at 45 ℃" in words(body(answer))


def test_every_print_is_in_the_history_with_who_and_which_revision(text, lanzhu):
    who = client(lanzhu.tang)
    body(who.get(f"{BASE}1.pdf"))
    assert "Tang Li printed revision 1." in who.get("/lanzhu/documents/QP-01/history/").content.decode()
    assert [entry.actor for entry in prints(lanzhu)] == [lanzhu.tang.id]


FORM = {"language": "en", "reason": "For bench 3; the line is down"}


def test_what_a_print_is_for_is_the_reason_of_its_entry(text, lanzhu):
    who = client(lanzhu.tang)
    answer = who.post(f"{BASE}1.pdf", FORM)
    assert answer.headers["Content-Type"] == "application/pdf" and "Four hours at 45 ℃" in words(body(answer))
    told = who.get("/lanzhu/documents/QP-01/history/").content.decode()
    assert "Tang Li printed revision 1." in told and "Reason: For bench 3; the line is down" in told


def test_a_print_needs_no_reason(text, lanzhu):
    who = client(lanzhu.tang)
    assert body(who.post(f"{BASE}1.pdf", {"language": "en", "reason": "  "})).startswith(b"%PDF")
    assert "Reason:" not in who.get("/lanzhu/documents/QP-01/history/").content.decode()


@pytest.mark.parametrize("unfit", ["x" * 201, "one\ntwo", "a\x07b", "a\x00b", "\u200b"])
def test_a_reason_that_does_not_fit_is_asked_again_and_nothing_is_printed(text, lanzhu, unfit):
    answer = client(lanzhu.tang).post(f"{BASE}1.pdf", FORM | {"reason": unfit})
    assert answer.status_code == 422
    assert f'action="{BASE}1.pdf"' in answer.content.decode() and 'href="#id_reason"' in answer.content.decode()
    assert prints(lanzhu) == []


def test_an_address_that_somebody_made_puts_no_reason_into_a_mouth(text, lanzhu):
    who = client(lanzhu.tang)
    body(who.get(f"{BASE}1.pdf?reason=Mine"))
    assert len(prints(lanzhu)) == 1 and "Mine" not in who.get("/lanzhu/documents/QP-01/history/").content.decode()


def test_looking_whether_it_is_there_prints_nothing(text, lanzhu):
    assert client(lanzhu.tang).head(f"{BASE}1.pdf").status_code == 200
    assert prints(lanzhu) == []


def test_without_the_right_to_see_documents_nothing_is_printed(text, lanzhu):
    nobody = join(lanzhu.organization, make_person("bo", "Bo"), "processes.view")
    for address in (BASE, f"{BASE}1.pdf"):
        assert client(nobody).get(address).status_code == 403
    assert prints(lanzhu) == []


def test_a_revision_that_does_not_exist_is_not_found(text, lanzhu):
    who = client(lanzhu.tang)
    assert [who.get(f"{BASE}{tail}").status_code for tail in ("2.pdf", "?part=2", "?part=x")] == [404, 404, 404]


def test_the_past_is_not_printed_and_says_how_it_can_be(text, lanzhu):
    now = timezone.now().isoformat().replace("+00:00", "Z")
    answer = client(lanzhu.tang).get(f"{BASE}1.pdf?as_of={now}")
    assert answer.status_code == 422 and "A print shows what is." in answer.content.decode()
    assert prints(lanzhu) == []


def test_characters_without_a_font_are_named_before(text, lanzhu, monkeypatch):
    monkeypatch.setattr(glyphs, "_missing", lambda one: glyphs.Missing(one, f"U+{ord(one):04X}", "RARE", ""))
    who = client(lanzhu.tang)
    assert "U+3653" in who.get(BASE).content.decode()
    assert "U+3653 RARE, a character for which there is no font here" in words(body(who.get(f"{BASE}1.pdf")))


def test_the_labels_are_in_the_language_that_is_asked_for(text, lanzhu):
    catalogue = pypdfium2.PdfDocument(io.BytesIO(body(client(lanzhu.tang).get(f"{BASE}1.pdf?language=zh-hans"))))
    text = catalogue[0].get_textpage().get_text_range()
    assert "唐丽" in text and "Four hours" in text


def test_an_uploaded_pdf_is_stamped(lanzhu):
    upload = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(400, 500)
    writer.write(upload)
    filed(lanzhu, upload.getvalue(), "sop.pdf")
    found = words(body(client(lanzhu.tang).get(f"{BASE}1.pdf")))
    assert "Revision 1, page 2 of 2" in found and "sop.pdf" in found and "reduced to 87 %" in found


@pytest.mark.parametrize("broken", [b"%PDF-1.7 broken", "locked"])
def test_a_pdf_that_cannot_be_read_gets_a_cover_sheet_with_digest_and_reason(lanzhu, broken):
    if broken == "locked":
        writer, upload = PdfWriter(), io.BytesIO()
        writer.add_blank_page(400, 500)
        writer.encrypt("secret")
        writer.write(upload)
        broken = upload.getvalue()
    document = filed(lanzhu, broken, "sop.pdf")
    found = words(body(client(lanzhu.tang).get(f"{BASE}1.pdf")))
    with act(lanzhu.organization, lanzhu.wei):
        digest = document.newest().file_digest
    assert digest[:8] in found and "page 1 of 1" in found
    assert "password" in found or "damaged" in found


def test_a_file_that_was_altered_on_the_disk_is_not_printed(lanzhu):
    document = filed(lanzhu, b"# Rules\n\nas signed", "rules.md")
    with act(lanzhu.organization, lanzhu.wei):
        place = path(document.newest().file)
    place.chmod(0o644)
    place.write_bytes(b"# Rules\n\naltered")
    found = words(body(client(lanzhu.tang).get(f"{BASE}1.pdf")))
    assert "not those that were signed for" in found and "altered" not in found.replace("were altered", "")


def test_a_markdown_file_is_set(lanzhu):
    filed(lanzhu, "# Rules\n\n电压 **强调。**后文".encode("gb18030"), "rules.md")
    assert "电压 强调。后文" in words(body(client(lanzhu.tang).get(f"{BASE}1.pdf")))


def test_without_libreoffice_an_office_file_gets_a_cover_sheet_and_the_page_says_so(lanzhu, monkeypatch):
    monkeypatch.setattr(office, "program", lambda: "")
    filed(lanzhu, b"PK", "sop.docx")
    who = client(lanzhu.tang)
    page = who.get(BASE).content.decode()
    assert "A cover sheet only" in page and "LibreOffice is not installed here" in page
    original = re.search(r'href="([^"]+)" download>.*?Download the original: sop.docx', page)
    assert original is not None and sha256(b"PK").hexdigest() in page
    assert b"".join(who.get(original[1]).streaming_content) == b"PK"
    printed = " ".join(words(body(who.get(f"{BASE}1.pdf"))).split())
    assert "LibreOffice is not installed here" in printed and "the original is downloaded at the address" in printed


def test_an_office_file_is_made_by_the_worker_and_fetched(lanzhu, soffice):
    filed(lanzhu, b"PK", "sop.docx")
    who = client(lanzhu.tang)
    assert "LibreOffice sets its pages" in who.get(BASE).content.decode()
    answer = who.get(f"{BASE}1.pdf")
    assert answer.status_code == 302 and prints(lanzhu) == []
    assert "Waiting" in who.get(answer.url).content.decode()
    work(lanzhu, lanzhu.tang, answer.url)
    work(lanzhu, lanzhu.tang, answer.url)
    page = who.get(answer.url).content.decode()
    assert "Download the PDF" in page and ">sop.docx</a>" in page
    assert "page 2 of 2" in words(body(who.get(f"{answer.url}file/")))
    assert len(prints(lanzhu)) == 1
    assert client(lanzhu.wei).get(answer.url).status_code == 404


def test_what_a_long_print_is_for_is_kept_until_it_is_made(lanzhu, soffice):
    filed(lanzhu, b"PK", "sop.docx")
    who = client(lanzhu.tang)
    answer = who.post(f"{BASE}1.pdf", FORM)
    assert answer.status_code == 302
    work(lanzhu, lanzhu.tang, answer.url)
    assert "Reason: For bench 3" in who.get("/lanzhu/documents/QP-01/history/").content.decode()


def test_a_sealed_print_is_signed_by_the_installation(text, lanzhu, tmp_path, settings):
    settings.DATA = tmp_path
    sealed = tmp_path / "sealed.pdf"
    sealed.write_bytes(body(client(lanzhu.tang).get(f"{BASE}1.pdf?sealed=1")))
    said = subprocess.run(["pdfsig", "-nocert", sealed], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said and "Guiju, localhost" in said
    assert (tmp_path / key.NAME).stat().st_mode & 0o777 == 0o600


def test_the_api_gives_the_pdf_and_says_where_to_ask_for_a_long_one(text, lanzhu, soffice):
    with act(lanzhu.organization, lanzhu.wei):
        _, secret = tokens.make(lanzhu.wei, "printing", ["*"], None)
    program = Client(headers={"authorization": f"Bearer {secret}"})
    answer = program.get("/api/v1/lanzhu/documents/QP-01/print/")
    assert answer.status_code == 200 and body(answer).startswith(b"%PDF")
    assert program.get("/api/v1/lanzhu/documents/QP-01/print/?part=9").status_code == 422
    assert body(program.get("/api/v1/lanzhu/documents/QP-01/print/?reason=For+bench+3")).startswith(b"%PDF")
    found = program.get("/api/v1/lanzhu/documents/QP-01/history/").json()["items"]
    assert [one["reason"] for one in found if one["action"] == "print"] == ["For bench 3", ""]
    refused = program.get(f"/api/v1/lanzhu/documents/QP-01/print/?reason={'x' * 201}")
    assert refused.status_code == 422 and refused.json()["errors"][0]["field"] == "reason"
    filed(lanzhu, b"PK", "sop.docx")
    answer = program.get("/api/v1/lanzhu/documents/QP-02/print/")
    assert answer.status_code == 202 and json.loads(answer.content)["state"] == "waiting"
    assert program.get(answer.headers["Location"]).status_code == 202
    work(lanzhu, lanzhu.wei, answer.headers["Location"])
    assert body(program.get(answer.headers["Location"])).startswith(b"%PDF")


def test_pictures_of_the_text_are_the_documents_own(lanzhu):
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(picture, "PNG")
    with act(lanzhu.organization, lanzhu.wei):
        document = services.draft({"title": "Seen", "kind": "procedure", "language": "en", "text": "x"})
        own, loose = keep(io.BytesIO(picture.getvalue()), "own.png"), keep(io.BytesIO(picture.getvalue()), "loose.png")
        give(own, document)
        revision = document.newest()
        revision.text = f"![a](attachment:{own.pk}) ![b](attachment:{loose.pk})"
        revision.save()
    pdf = pypdfium2.PdfDocument(io.BytesIO(body(client(lanzhu.tang).get(f"{BASE}1.pdf"))))
    assert sum(one.type == 3 for one in pdf[0].get_objects(max_depth=4)) == 1
    assert "[b]" in pdf[0].get_textpage().get_text_range()


def test_the_fingerprint_of_the_installation_stands_on_every_print(text, lanzhu, settings, tmp_path):
    settings.SIGNING_KEY = tmp_path / "signing-key.pem"
    with act(None):
        keys.ready()
    printed = "".join(words(body(client(lanzhu.tang).get(f"{BASE}1.pdf?language=en"))).split())
    assert keys.fingerprint() and f"Signingkey'sfingerprint:{''.join(keys.fingerprint().split())}" in printed
