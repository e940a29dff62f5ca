"""What a careless or malicious caller sends to a running server: a sentence with a 4xx, nothing half done, and a whole trail."""

from __future__ import annotations

import http.cookiejar
import io
import json
import re
import threading
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.served import Server, Store, put_back

NEW = "/lanzhu/documents/new/"
FOLDER = "/lanzhu/import/documents/"
FIELDS = {"title": "Sent by a tester", "kind": "procedure", "language": "en", "text": "x"}
BOUNDARY = "a-boundary"
File = tuple[str, str, bytes]  # the field, the name, the content
BY_FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        found = re.search(r"<main.*?</main>", self.body.decode(), re.S)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0] if found else self.body.decode()))

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


@dataclass
class Caller:
    """Someone with a web session, and with a token for the API."""

    site: Server
    token: str = ""
    cookies: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)

    def send(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay())
        told = {"Accept-Language": "en", "Referer": self.site.url + path, **(headers or {})}
        try:
            with opener.open(urllib.request.Request(self.site.url + path, body, told, method=method), timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as refusal:
            return Answer(refusal.code, refusal.headers, refusal.read())

    def hidden(self, page: str) -> dict[str, str]:
        """The form's hidden fields, as a browser would send them back."""
        found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.send("GET", page).body.decode())
        return {name: value for name, value in found if name != "next"}

    def form(self, path: str, fields: dict[str, str], files: Sequence[File] = (), page: str = "") -> Answer:
        return self.send("POST", path, multipart(self.hidden(page or path) | fields, files), BY_FORM)

    def api(self, method: str, path: str, body: object = None, raw: bytes | None = None, **headers: str) -> Answer:
        content = raw if raw is not None else None if body is None else json.dumps(body).encode()
        told = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        return self.send(method, f"/api/v1/lanzhu/{path}", content, told)

    def numbers(self, title: str) -> list[str]:
        items = json.loads(self.api("GET", f"documents/?q={quote(title)}").body)["items"]
        return [item["number"] for item in items]


def multipart(fields: dict[str, str], files: Sequence[File], end: bool = True) -> bytes:
    parts = io.BytesIO()
    for name, value in fields.items():
        parts.write(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, file, content in files:
        parts.write(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n\r\n'.encode())
        parts.write(content + (b"\r\n" if end else b""))
    if end:
        parts.write(f"--{BOUNDARY}--\r\n".encode())
    return parts.getvalue()


def refused(answer: Answer) -> None:
    """A 4xx that says something a person can read."""
    assert 400 <= answer.status < 500, f"{answer.status}: {answer.text[:300]}"
    assert re.search(r"\w+ \w+ \w+", answer.text), answer.body[:300]


@pytest.fixture(scope="module")
def caller(lasting: Server, prepared: Store) -> Iterator[Caller]:
    """The quality manager; at the end of this file the server's trail is whole and its log holds no fault."""
    token = lasting.command_line("token", "--organization", "lanzhu", "--as", "wei").stdout.split()[-1]
    wei = Caller(lasting, token)
    assert wei.form("/account/login/", {"login": "wei", "password": "guiju-demo"}).status == 302
    wei.form("/language/", {"language": "en"}, page="/account/")
    yield wei
    verified = lasting.command_line("trail", "verify")
    assert verified.returncode == 0, verified.stderr
    assert "Internal Server Error" not in Path(lasting.log).read_text(encoding="utf-8", errors="replace")
    put_back(lasting.store, prepared)


UNFIT = {
    "nothing": {"title": ""},
    "blanks": {"title": "  \u3000 "},
    "only characters nobody sees": {"title": "\u200b\u200e\u2066"},
    "a control character": {"title": "a\x07b"},
    "U+0000": {"title": "a\x00b"},
    "too much": {"title": "x" * 100_000},
    "no such kind": {"kind": "nope"},
    "no such date": {"due_on": "2026-13-45"},
    "no id": {"owner": "' or 1=1 --"},
    "a forged id": {"process": "01a20328-f702-7000-b26d-000000000000"},
    "a forged file": {"file": "01a20328-f702-7000-b26d-000000000000"},
    "a number that is taken": {"number": "QP-03"},
}


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
def test_an_unfit_value_is_refused_by_the_api(caller: Caller, unfit: dict[str, str]) -> None:
    refused(caller.api("POST", "documents/", FIELDS | unfit))


@pytest.mark.parametrize("name", [name for name in UNFIT if name != "a forged file"])
def test_an_unfit_value_is_refused_by_the_form(caller: Caller, name: str) -> None:
    refused(caller.form(NEW, FIELDS | UNFIT[name]))


RAW = {
    "nothing": b"",
    "half": b'{"title":',
    "no object": b"[]",
    "not UTF-8": '{"title":"质量"}'.encode("gb18030"),
    "half of a character": b'{"title":"\\ud800","kind":"procedure","language":"en"}',
    "NaN": b'{"title":NaN}',
    "a name twice": b'{"title":"a","title":"b"}',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "huge": b'{"title":"' + b"x" * 6_000_000 + b'"}',
}


@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_what_is_not_such_json_is_refused(caller: Caller, raw: bytes) -> None:
    try:
        refused(caller.api("POST", "documents/", raw=raw))
    except urllib.error.URLError as cut:  # the server may close before it has read all of what is too large
        assert len(raw) > 5_000_000, cut


def test_rare_characters_and_formulas_are_kept_as_they_are(caller: Caller) -> None:
    title = "=cmd|'/c calc'!A0 😀 龘 𠮷 \u05d0\u05d1"
    made = json.loads(caller.api("POST", "documents/", FIELDS | {"title": title}).body)
    assert json.loads(caller.api("GET", f"documents/{made['number']}/").body)["title"] == title


ADDRESSES = [
    "/lanzhu/notices/?before=x",
    "/lanzhu/notices/?before=99999999999999999999",
    "/lanzhu/documents/?after=zzz",
    "/lanzhu/documents/?q=%00",
    "/lanzhu/documents/?sort=nope",
    "/lanzhu/documents/?owner=nope",
    "/lanzhu/documents/?as_of=0001-01-01T00:00",
    "/lanzhu/documents/%00/",
    "/lanzhu/documents/QP-03/files/01a20328-f702-7000-b26d-000000000000/",
    "/other/documents/",
    "/nope/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_means_nothing_is_answered_with_a_sentence(caller: Caller, address: str) -> None:
    refused(caller.send("GET", address))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST"])
@pytest.mark.parametrize("address", ["/lanzhu/documents/", "/lanzhu/documents/QP-03/"])
def test_a_page_that_is_only_read_refuses_other_methods(caller: Caller, address: str, method: str) -> None:
    token = next(cookie.value for cookie in caller.cookies if "csrf" in cookie.name)
    assert caller.send(method, address, b"", {"X-CSRFToken": token or ""}).status == 405


def test_a_form_without_its_page_is_refused(caller: Caller) -> None:
    refused(caller.send("POST", NEW, multipart(FIELDS | {"csrfmiddlewaretoken": "x" * 64}, []), BY_FORM))


def test_text_in_another_encoding_is_refused_and_not_replaced(caller: Caller) -> None:
    body = multipart(caller.hidden(NEW) | FIELDS | {"title": "??"}, []).replace(b"??", "质量手册".encode("gb18030"))
    refused(caller.send("POST", NEW, body, BY_FORM))


def test_an_upload_that_breaks_off_leaves_no_record_behind(caller: Caller) -> None:
    body = multipart(caller.hidden(NEW) | FIELDS | {"title": "Broken off"}, [("file", "half.md", b"half of")], end=False)
    refused(caller.send("POST", NEW, body, BY_FORM))
    assert caller.numbers("Broken off") == []


def test_a_double_click_makes_one_record(caller: Caller) -> None:
    body = multipart(caller.hidden(NEW) | FIELDS | {"title": "Clicked twice"}, [])
    clicks = [threading.Thread(target=caller.send, args=("POST", NEW, body, BY_FORM)) for _ in range(4)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join()
    assert len(caller.numbers("Clicked twice")) == 1


@pytest.mark.parametrize("version", ["1", "", "x"])
def test_a_stale_form_overwrites_nothing(caller: Caller, version: str) -> None:
    number = json.loads(caller.api("POST", "documents/", FIELDS | {"title": "At first"}).body)["number"]
    change = f"/lanzhu/documents/{number}/change/"
    assert caller.form(change, FIELDS | {"title": "By another"}).status == 302
    refused(caller.form(change, FIELDS | {"title": "From a stale page", "version": version}))
    assert json.loads(caller.api("GET", f"documents/{number}/").body)["title"] == "By another"


def an_archive(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def survey(caller: Caller, name: str, content: bytes) -> str:
    """What the folder import says about this file."""
    answer = caller.form(FOLDER, {}, [("files", name, content)])
    assert answer.status == 302, answer.text[:300]
    for _ in range(100):
        said = caller.send("GET", answer.location).text
        # What is read already stands on the page while the rest is still on its way.
        if re.search("left aside|proposed|Not finished", said) and "On its way" not in said:
            return said
        threading.Event().wait(0.1)
    raise AssertionError(said)


def test_a_name_that_leads_out_of_the_folder_is_refused_and_the_others_are_read(caller: Caller) -> None:
    said = survey(caller, "a.zip", an_archive({"../../out.md": b"# Out", "in.md": b"# Inside\n\nText."}))
    assert "../../out.md Refused" in said
    assert "One document is proposed" in said


def test_a_bomb_is_refused(caller: Caller) -> None:
    assert "Refused" in survey(caller, "bomb.zip", an_archive({"a.md": b"0" * 100_000_000}))


def test_what_is_no_zip_is_refused_by_its_own_name(caller: Caller) -> None:
    said = survey(caller, "folder.zip", b"no archive at all")
    assert "folder.zip cannot be read" in said
    assert "Go on" not in said


def test_an_empty_file_is_refused(caller: Caller) -> None:
    refused(caller.form(NEW, FIELDS, [("file", "empty.pdf", b"")]))


def test_a_step_is_refused_in_the_wrong_state_and_for_forged_people(caller: Caller) -> None:
    number = json.loads(caller.api("POST", "documents/", FIELDS).body)["number"]
    record = f"/lanzhu/documents/{number}/"
    refused(caller.form(f"{record}approve/", {"password": "guiju-demo"}, page=NEW))
    refused(caller.form(f"{record}submit/", {"reviewers": "01a20328-f702-7000-b26d-000000000000"}))
    assert json.loads(caller.api("GET", f"documents/{number}/").body)["state"] == "draft"
