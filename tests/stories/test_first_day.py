"""A stranger's first day: sign in, bring the folder in, review, approve, find, look back."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.plugin import ON_POSTGRES
from tests.served import Server

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).resolve().parents[1] / "data" / "qms-folder"
PASSWORD = "guiju-demo"
WORDS = {
    "en": {
        "name": re.compile("Good (morning|afternoon|evening)"),
        "documents": "Documents",
        "upload": "Upload and read",
        "bring": "Bring in",
        "brought": "36 documents came in: 36 drafts",
        "stale": "a stale copy of",
        "send": "Send to review",
        "review": "Review",
        "approve": "Approve",
        "effective": "Effective",
        "password": "Your password",
        "signed": "approved revision 1 and signed",
    },
    "zh": {
        "name": re.compile("(早上|上午|下午|晚上)好"),
        "documents": "文件",
        "upload": "上传并读取",
        "bring": "导入",
        "brought": "已导入36份文件：36份草稿",
        "stale": "的旧副本",
        "send": "送审",
        "review": "评审",
        "approve": "批准",
        "effective": "有效",
        "password": "您的密码",
        "signed": "批准了第1版并签署",
    },
}


def sign_in(page: Page, site: Server, person: str, language: str) -> None:
    page.goto(f"{site.url}/account/login/")
    if page.locator("html").get_attribute("lang") != ("zh-CN" if language == "zh" else "en"):
        page.locator("form[action='/language/'] button").first.click()
    page.locator("input[name=login]").fill(person)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button").click()
    page.wait_for_url("**/lanzhu/")
    if page.locator("html").get_attribute("lang") != ("zh-CN" if language == "zh" else "en"):
        page.locator("form[action='/language/'] button").first.click()
    page.wait_for_url("**/lanzhu/")


def sign_out(page: Page, site: Server) -> None:
    page.context.clear_cookies()


def the_folder() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in sorted(p for p in FOLDER.rglob("*") if p.is_file()):
            archive.write(path, f"qms-folder/{path.relative_to(FOLDER)}")
    return stream.getvalue()


def sign(page: Page, words: dict, door: str) -> None:
    page.locator(".gj-door", has_text=words[door]).locator("a.btn").first.click()
    page.get_by_label(words["password"]).fill(PASSWORD)
    page.locator("form:has(input[name=password]) button.btn-primary").click()
    page.wait_for_url(re.compile(r"/documents/[^/]+/$"))


# Both languages, both widths and both databases, without every combination of them.
LOOKS = [("zh", 1440)] if ON_POSTGRES else [("en", 1440), ("zh", 390)]


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_real_folder_comes_under_control(site: Server, page: Page, language: str, width: int) -> None:
    words = WORDS[language]
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site, "wei", language)
    expect(page.locator("h1")).to_have_text(re.compile(words["name"].pattern))

    # bring the folder in
    page.goto(f"{site.url}/lanzhu/import/documents/")
    page.locator("input[type=file]").set_input_files(
        {"name": "qms-folder.zip", "mimeType": "application/zip", "buffer": the_folder()}
    )
    page.get_by_role("button", name=words["upload"]).click()
    page.get_by_role("button", name=words["bring"]).wait_for(timeout=60_000)
    expect(page.locator("main")).to_contain_text(words["stale"])
    page.get_by_role("button", name=words["bring"]).click()
    expect(page.locator("main")).to_contain_text(words["brought"], timeout=90_000)

    # send one to review by another
    page.get_by_role("link", name="SOP Purchasing", exact=True).click()
    address = page.url
    page.locator(".gj-door", has_text=words["send"]).locator("a.btn").click()
    page.locator("#id_reviewers").get_by_label(re.compile("Zhou Min|周敏")).check()
    page.locator("form.gj-form button.btn-primary").click()
    page.wait_for_url(address)

    # the other reviews and approves with a signature
    sign_out(page, site)
    sign_in(page, site, "min", language)
    page.get_by_role("link", name=re.compile("SOP Purchasing")).first.click()
    sign(page, words, "review")
    sign(page, words, "approve")
    expect(page.locator("main")).to_contain_text(words["signed"])
    expect(page.locator(".gj-aside")).to_contain_text(words["effective"])

    # found by a phrase inside the file
    page.goto(f"{site.url}/lanzhu/search/?q=continuous+supplier+surveillance")
    expect(page.locator("main")).to_contain_text("SOP Purchasing")

    # and last month it was not there
    page.goto(f"{site.url}/lanzhu/documents/?as_of=2026-01-01T12:00")
    expect(page.locator("main")).not_to_contain_text("SOP Purchasing")
    assert site.command_line("trail", "verify").returncode == 0
