"""What browsers send that cannot be: each gets a page with a sentence, and nothing is half done."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiju.modules.documents.models import Document
from guiju.spine.acts import act

NEW = "/lanzhu/documents/new/"
VALUES = {"title": "Final inspection", "kind": "procedure", "language": "en", "text": "# Purpose\n\nLook."}
FORM = "multipart/form-data; boundary=ends"
PLAIN = "application/x-www-form-urlencoded"
ONE = b'--ends\r\nContent-Disposition: form-data; name="title"\r\n\r\n%s\r\n'
FILE = b'--ends\r\nContent-Disposition: form-data; name="file"; filename="a.md"\r\n\r\nhalf of'
TITLE = "质量手册".encode("gb18030")


@pytest.fixture
def wei(lanzhu) -> Client:
    client = Client()
    client.force_login(lanzhu.wei.person)
    return client


@pytest.fixture
def document(wei) -> str:
    return wei.post(NEW, VALUES).headers["Location"]


@pytest.mark.parametrize("title", ["\u200b\u200e", "\u3164", "a\x07b", "a\x1b[31m", "a\nb", "a\u2028b", "a\x85b"])
def test_a_title_that_cannot_be_seen_or_breaks_its_line_is_refused(wei, title):
    answer = wei.post(NEW, {**VALUES, "title": title})
    assert answer.status_code == 422
    assert "The text " in answer.content.decode()


def test_a_text_of_many_lines_keeps_them_and_has_no_other_control_character(wei):
    assert wei.post(NEW, {**VALUES, "text": "a\r\n\tb"}).status_code == 302
    assert wei.post(NEW, {**VALUES, "text": "a\x1bb"}).status_code == 422


def test_a_title_turns_the_writing_of_nothing_beside_it(wei):
    page = wei.post(NEW, {**VALUES, "title": "a\u202eb"}, follow=True).content.decode()
    assert "<h1><bdi>a\u202eb</bdi></h1>" in page
    assert "<bdi>a\u202eb</bdi></a>" in wei.get("/lanzhu/documents/").content.decode()


@pytest.mark.parametrize("version", [None, "", "x", "2", "9" * 5000])
def test_a_change_from_no_page_or_another_version_is_refused(wei, document, version):
    values = {**VALUES, "title": "Mine", **({"version": version} if version is not None else {})}
    answer = wei.post(f"{document}change/", values)
    assert answer.status_code == 422
    assert 'value="Mine"' in answer.content.decode()
    assert "Final inspection" in wei.get(document).content.decode()


@pytest.mark.parametrize("version", [None, "x", "7"])
def test_a_step_from_no_page_or_another_version_is_refused(wei, document, lanzhu, version):
    values = {"reviewers": [str(lanzhu.min.id)], **({"version": version} if version else {})}
    assert wei.post(f"{document}submit/", values).status_code == 422
    with act(lanzhu.organization, lanzhu.wei):
        assert Document.objects.get().state == "draft"


def test_a_form_without_a_version_never_learns_the_newer_one(wei, document):
    page = wei.post(f"{document}change/", VALUES).content.decode()
    assert 'name="version" value=""' in page
    assert "Open the page again" in page


def test_a_stale_form_says_how_to_go_on(wei, document):
    page = wei.post(f"{document}change/", {**VALUES, "title": "Mine", "version": "9"}).content.decode()
    assert "What you typed is still here." in page


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("place", ["", "search/", "documents/", "documents/QP-01/", "documents/QP-01/history/", "notices/"])
def test_what_is_only_read_answers_405_in_words(wei, document, method, place):
    answer = getattr(wei, method)(f"/lanzhu/{place}")
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD"
    assert f"{method.upper()} is not possible" in answer.content.decode()


@pytest.mark.parametrize("place", ["documents/new/", "documents/QP-01/change/", "documents/QP-01/submit/", "import/documents/"])
def test_a_form_takes_no_other_method(wei, document, place):
    answer = wei.put(f"/lanzhu/{place}")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize("address", ["/lanzhu/", "/healthz", "/api/v1/lanzhu/documents/", "/nowhere/"])
def test_trace_is_refused_everywhere(wei, address):
    assert wei.trace(address).status_code == 405


@pytest.mark.parametrize("before", ["x", "-1", "٤", "9" * 20])
def test_notices_before_no_number_are_not_there(wei, before):
    answer = wei.get("/lanzhu/notices/", {"before": before})
    assert answer.status_code == 422
    assert "Begin at the first" in answer.content.decode()


def test_notices_beyond_the_last_are_none(wei):
    assert wei.get("/lanzhu/notices/?before=999999999").status_code == 200


@pytest.mark.parametrize("body", [ONE % b"x" + FILE, ONE % b"x" + FILE + b"\r\n--ends", ONE % b"x"])
def test_a_form_that_broke_off_is_refused(wei, body):
    answer = wei.generic("POST", NEW, body, content_type=FORM)
    assert answer.status_code == 400
    assert "ended before it was whole" in answer.content.decode()


def test_a_form_shorter_than_announced_is_refused(wei):
    for body, media_type in ((ONE % b"x" + b"--ends--", FORM), (b"title=x&kind=procedure&language=en", PLAIN)):
        cut = {"CONTENT_LENGTH": str(len(body) + 10), "wsgi.input": io.BytesIO(body)}
        answer = wei.generic("POST", NEW, body, content_type=media_type, **cut)
        assert answer.status_code == 400
        assert "ended before it was whole" in answer.content.decode()


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(ONE % TITLE + b"--ends--\r\n", FORM), (b"title=" + TITLE, PLAIN), (b"title=%D6%CA", PLAIN)],
)
def test_a_form_in_another_encoding_is_refused(wei, body, media_type):
    answer = wei.generic("POST", NEW, body, content_type=media_type)
    assert answer.status_code == 400
    assert "not UTF-8" in answer.content.decode()


def test_the_character_for_what_cannot_be_read_may_be_typed_itself(wei):
    page = wei.post(NEW, {**VALUES, "title": "the character \ufffd"}, follow=True).content.decode()
    assert "the character \ufffd" in page


def test_a_file_of_any_bytes_with_a_chinese_name_comes_whole(wei):
    file = SimpleUploadedFile("质量手册.md", bytes(range(256)))
    assert "质量手册.md" in wei.post(NEW, {**VALUES, "file": file}, follow=True).content.decode()


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.SVG", "a.pdf.js", "a.bat", "a.lnk", "a.xyz", "a"])
def test_what_can_be_run_or_is_unknown_is_no_document(wei, name):
    answer = wei.post(NEW, {**VALUES, "file": SimpleUploadedFile(name, b"content")})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "neither an office file" in page and "file_kept" not in page


def zipped(part: str, content: bytes = b"x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(part, content)
    return made.getvalue()


WHOLE = {
    "a.docx": zipped("word/document.xml"),
    "a.docm": zipped("word/document.xml"),
    "a.xlsx": zipped("xl/workbook.xml"),
    "a.odt": zipped("mimetype", b"application/vnd.oasis.opendocument.text"),
    "a.PDF": b"%PDF-1.7 content",
    "a.heic": b"\0\0\0\x18ftypheic",
    "a.csv": b"content",
    "a.dwg": b"content",
    "a.step": b"content",
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_people_write_and_draw_is_a_document(wei, name):
    assert wei.post(NEW, {**VALUES, "file": SimpleUploadedFile(name, WHOLE[name])}).status_code == 302


@pytest.mark.parametrize("name", ["a.docx", "a.PDF", "a.xlsx", "a.odt", "a.heic"])
def test_a_text_under_the_ending_of_another_kind_is_refused(wei, name):
    answer = wei.post(NEW, {**VALUES, "file": SimpleUploadedFile(name, b"content")})
    assert answer.status_code == 422 and "is of another kind than its name says" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"), [("a.pdf", b"\x01\x02\x03\x00\x9f" * 40), ("a.docx", b"PK\x03\x04 torn"), ("a.md", b"\x01\x00\x02" * 40)]
)
def test_what_cannot_be_read_is_refused_at_its_field(wei, name, content):
    answer = wei.post(NEW, {**VALUES, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422 and "cannot be read" in answer.content.decode()


@pytest.mark.parametrize("address", ["/api", "/api/", "/api/v2/", "/api/v2/lanzhu/documents/"])
def test_an_address_of_no_release_of_the_api_is_not_there(wei, address):
    answer = wei.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
