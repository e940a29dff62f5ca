"""What a browser is told besides the content, and what stands in a line of the log."""

import logging
import os
import re
import subprocess
import sys

import pytest
from django.test import Client

from guiju.organizations import middleware, tokens
from guiju.project.logs import Line

OVER_TLS = """
import django; django.setup()
from django.conf import settings
from django.test import Client
answer = Client().post("/language/", {"language": "en"}, secure=True, HTTP_HOST="guiju.example")
print(answer.status_code, answer.headers["Strict-Transport-Security"])
print(answer.cookies.output())
names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
print(*names, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE)
"""


def test_over_tls_cookies_belong_to_this_host_and_it_is_not_left_for_a_year(tmp_path):
    environment = {**os.environ, "BASE_URL": "https://guiju.example", "DATA": str(tmp_path), "DATABASE_URL": ""}
    command = [sys.executable, "-c", OVER_TLS]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert told.startswith("302 max-age=31536000; includeSubDomains")
    assert "__Host-guiju_session __Host-guiju_csrf __Host-guiju_language True True" in told
    (cookie,) = [line for line in told.splitlines() if line.startswith("Set-Cookie:")]
    assert cookie.startswith("Set-Cookie: __Host-guiju_language=en")
    assert "HttpOnly" in cookie and "Secure" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "address", ["/account/login/", "/healthz", "/api/v1/lanzhu/documents/", "/nowhere-at-all/x", "/static/x.css"]
)
def test_every_answer_says_where_it_may_be_used(db, address):
    headers = Client().get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    for rule in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert rule in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_pages_are_not_kept_by_browsers(lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    for address in ("/lanzhu/", "/lanzhu/documents/", "/account/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_signing_out_clears_what_the_browser_kept(lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    assert client.post("/account/logout/").headers["Clear-Site-Data"] == '"cache"'
    assert not client.session.keys()


@pytest.mark.parametrize(
    "address", ["/invitation/{}/", "/account/password/reset/{}/", "/terminal/start/{}/", "/x/?token=guiju_" + "a" * 30 + "{}"]
)
def test_an_address_that_opens_something_is_not_in_the_log(address):
    written = line("Unprocessable Entity: %s", address.format("secret-word-1"))
    assert "secret-word-1" not in written and "[…]" in written


def test_what_was_sent_makes_no_line_of_its_own():
    written = line("Not Found: %s", "/x\n2026-01-01T00:00:00Z ERROR guiju: forged\x1b[31m")
    assert written.count("\n") == 0 and "\x1b" not in written
    assert "\\n2026-01-01" in written


def test_a_line_says_its_time_in_utc_its_level_and_its_place():
    record = logging.LogRecord("guiju.x", logging.WARNING, "", 1, "said", (), None)
    record.created = 0
    assert Line().format(record) == "1970-01-01T00:00:00Z WARNING guiju.x: said"


def line(message: str, *words: str) -> str:
    return Line().format(logging.LogRecord("django.request", logging.WARNING, "", 1, message, words, None))


def test_what_is_not_permitted_is_logged_with_who_and_from_where(lanzhu, caplog):
    client = Client(REMOTE_ADDR="192.0.2.9")
    client.force_login(lanzhu.tang.person)
    assert client.get("/lanzhu/people/roles/").status_code == 403
    assert f"Not permitted: GET /lanzhu/people/roles/, to {lanzhu.tang.person.pk} at 192.0.2.9" in caplog.text


def test_a_form_from_elsewhere_is_refused_also_when_it_signs_in(lanzhu):
    client = Client(enforce_csrf_checks=True)
    form = {"login": "wei", "password": "bamboo-lamp-42"}
    assert client.post("/account/login/", form).status_code == 403
    client.force_login(lanzhu.wei.person)
    for address in ("/account/logout/", "/lanzhu/documents/new/", "/lanzhu/people/invite/", "/account/tokens/"):
        assert client.post(address, {"title": "x"}).status_code == 403
    assert client.get("/account/").status_code == 200


def test_a_cookie_opens_no_address_of_the_api(lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    assert client.get("/api/v1/lanzhu/documents/").status_code == 401


def test_a_fault_of_ours_says_nothing_of_what_it_was(lanzhu, monkeypatch, caplog):
    def broken(*words: object) -> None:
        raise RuntimeError("secret-detail-77")

    client = Client(raise_request_exception=False)
    client.force_login(lanzhu.wei.person)
    monkeypatch.setattr(middleware, "memberships_of", broken)
    page = client.get("/lanzhu/documents/")
    monkeypatch.setattr(tokens, "find", broken)
    answer = client.get("/api/v1/lanzhu/documents/", headers={"authorization": "Bearer guiju_" + "a" * 43})
    for said in (page, answer):
        assert said.status_code == 500
        assert "secret-detail" not in said.content.decode() and "Traceback" not in said.content.decode()
    assert caplog.text.count("RuntimeError: secret-detail-77") >= 2


def test_the_folder_of_the_data_is_its_owners_alone(tmp_path):
    data = tmp_path / "new"
    environment = {**os.environ, "DATA": str(data), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "guiju.project.settings"}
    subprocess.run([sys.executable, "-c", "import guiju.project.settings"], env=environment, check=True)
    assert data.stat().st_mode & 0o077 == 0


def test_htmx_keeps_no_page_in_the_browser(db):
    page = Client().get("/account/login/").content.decode()
    assert '"historyCacheSize":0,"refreshOnHistoryMiss":true' in page


def test_passwords_are_masked_and_helped_by_managers_and_signing_out_stands_on_every_page(lanzhu):
    door = Client().get("/account/login/").content.decode()
    (field,) = [tag for tag in re.findall(r"<input[^>]+>", door) if 'name="password"' in tag]
    assert 'type="password"' in field and 'autocomplete="current-password"' in field and "onpaste" not in door
    client = Client()
    client.force_login(lanzhu.wei.person)
    for address in ("/lanzhu/", "/lanzhu/documents/", "/lanzhu/people/", "/account/"):
        assert 'action="/account/logout/"' in client.get(address).content.decode()
