"""A passkey's life in a real browser: added, signed in with, used beside a password, signed with, removed, and refused then."""

import re

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.served import Server
from tests.stories.test_first_day import PASSWORD, sign_in, sign_out

pytestmark = pytest.mark.browser

WORDS = {
    "en": {
        "lang": "en",
        "add": "Add a passkey",
        "name": "Wei's laptop",
        "in": "Sign in with a passkey",
        "use": "Use a passkey",
        "sign": "Sign with a passkey",
        "unused": "not used yet",
        "used": "last used",
        "remove": "Remove",
        "unknown": "This passkey is not known here",
        "nothing": "Nothing came from the passkey",
        "signed": "and signed",
    },
    "zh": {
        "lang": "zh-CN",
        "add": "添加通行密钥",
        "name": "陈玮的笔记本",
        "in": "用通行密钥登录",
        "use": "使用通行密钥",
        "sign": "用通行密钥签署",
        "unused": "尚未使用",
        "used": "上次使用",
        "remove": "移除",
        "unknown": "此处不认识这个通行密钥",
        "nothing": "未收到通行密钥的应答",
        "signed": "并签署",
    },
}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def device(page: Page) -> tuple[CDPSession, str]:
    """A device with passkeys beside the page, and what Chromium calls it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def in_language(page: Page, site: Server, words: dict[str, str]) -> None:
    page.goto(f"{site.url}/account/login/")
    if page.locator("html").get_attribute("lang") != words["lang"]:
        page.locator("form[action='/language/'] button").first.click()
        page.wait_for_url("**/account/login/")


def add_one(page: Page, site: Server, words: dict[str, str]) -> None:
    """By the account's pages, the password asked once more; the first one brings recovery codes."""
    page.goto(f"{site.url}/account/factor/")
    page.get_by_role("link", name=words["add"]).click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button.btn-primary").click()
    page.locator("input[name=name]").fill(words["name"])
    page.get_by_role("button", name=words["add"]).click()
    page.wait_for_url("**/account/factor/codes/")
    page.goto(f"{site.url}/account/factor/")
    expect(page.locator("#passkeys")).to_contain_text(words["name"])
    expect(page.locator("#passkeys")).to_contain_text(words["unused"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_passkey_opens_signs_and_is_removed(site: Server, page: Page, language: str) -> None:
    words = WORDS[language]
    session, authenticator = device(page)
    sign_in(page, site, "wei", language)
    add_one(page, site, words)

    # without a password
    sign_out(page, site)
    in_language(page, site, words)
    page.get_by_role("button", name=words["in"]).click()
    page.wait_for_url("**/lanzhu/")
    page.goto(f"{site.url}/account/")
    expect(page.locator("main")).to_contain_text(words["name"])
    page.goto(f"{site.url}/account/factor/")
    expect(page.locator("#passkeys")).to_contain_text(words["used"])

    # signing with it
    page.goto(f"{site.url}/lanzhu/documents/WI-046/review/")
    page.get_by_role("button", name=words["sign"]).click()
    page.wait_for_url("**/documents/WI-046/")
    expect(page.locator("main")).to_contain_text(words["signed"])

    # beside a password
    sign_out(page, site)
    in_language(page, site, words)
    page.locator("input[name=login]").fill("wei")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button").click()
    page.wait_for_url("**/account/login/code/")
    page.get_by_role("button", name=words["use"]).click()
    page.wait_for_url("**/lanzhu/")

    # removed, the device still has it and the product refuses it
    page.goto(f"{site.url}/account/factor/")
    page.locator("#passkeys li").get_by_role("link", name=words["remove"]).click()
    if page.locator("input[name=password]").count():
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("form:has(input[name=password]) button.btn-primary").click()
    page.get_by_role("button", name=words["remove"]).click()
    page.wait_for_url("**/account/factor/")
    expect(page.locator("#passkeys")).not_to_contain_text(words["name"])
    sign_out(page, site)
    in_language(page, site, words)
    page.get_by_role("button", name=words["in"]).click()
    expect(page.get_by_role("alert").filter(has_text=words["unknown"])).to_be_visible()

    # a device that knows nothing of us, or whose owner does not show who they are, sends nothing
    session.send("WebAuthn.clearCredentials", {"authenticatorId": authenticator})
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.get_by_role("button", name=words["in"]).click()
    expect(page.get_by_role("alert").filter(has_text=words["nothing"])).to_be_visible()
    assert re.search(r"/account/login/", page.url)
    assert site.command_line("trail", "verify").returncode == 0


def test_without_javascript_the_rest_of_the_door_works(site: Server, page: Page) -> None:
    context = page.context.browser.new_context(java_script_enabled=False, locale="en-GB")  # type: ignore[union-attr]
    plain = context.new_page()
    plain.goto(f"{site.url}/account/login/")
    expect(plain.locator("[data-passkey]")).to_be_hidden()
    assert "A passkey needs JavaScript" in plain.locator("noscript").inner_html()
    plain.locator("input[name=login]").fill("wei")
    plain.locator("input[name=password]").fill(PASSWORD)
    plain.locator("form:has(input[name=password]) button").click()
    plain.wait_for_url("**/lanzhu/")
    context.close()
