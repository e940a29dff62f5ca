"""Going anywhere by the keyboard, and keeping a list as one wants it again."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.served import Server

pytestmark = pytest.mark.browser

AXE = (Path(__file__).resolve().parents[1] / "data" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def wei(lasting: Server, page: Page) -> Page:
    return signed_in(page, lasting)


def signed_in(page: Page, site: Server) -> Page:
    page.goto(f"{site.url}/account/login/")
    page.locator("input[name=login]").fill("wei")
    page.locator("input[name=password]").fill("guiju-demo")
    page.locator("form:has(input[name=password]) button").click()
    page.wait_for_url("**/lanzhu/")
    if page.locator("html").get_attribute("lang") != "en":
        page.locator("form[action='/language/'] button").first.click()
        page.locator("html[lang=en]").wait_for(state="attached")
    return page


def active(page: Page) -> str:
    """What a screen reader says is chosen."""
    chosen = page.locator("#go-q").get_attribute("aria-activedescendant")
    return page.locator(f"#{chosen}").inner_text()


def faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    rules = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{rule['id']} at {node['target']}" for rule in rules for node in rule["nodes"]]


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_the_keyboard_leads_to_a_record_by_its_number(wei: Page, keys: str) -> None:
    wei.keyboard.press(keys)
    expect(wei.get_by_role("combobox", name="Number, title")).to_be_focused()
    wei.keyboard.type("qp-03")
    wei.keyboard.press("Enter")  # before the answer came: it leads to what was typed, not to what was shown
    wei.wait_for_url("**/lanzhu/documents/QP-03/")


def test_arrows_choose_and_escape_returns_to_where_one_was(wei: Page) -> None:
    wei.locator("#q").focus()
    wei.keyboard.press("Control+k")
    wei.keyboard.type("document")
    option = wei.get_by_role("option", name="Documents 7.5")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(wei.locator("#go-said")).to_have_text(re.compile(r"^\d+ results$"))
    wei.keyboard.press("ArrowDown")
    assert active(wei) == wei.get_by_role("option").nth(1).inner_text()
    wei.keyboard.press("ArrowUp")
    wei.keyboard.press("ArrowUp")
    assert "Search everywhere" in active(wei)
    assert faults(wei) == []
    wei.keyboard.press("Escape")
    expect(wei.locator("#go")).to_be_hidden()
    expect(wei.locator("#q")).to_be_focused()


def test_what_is_not_found_can_be_searched_for_everywhere(wei: Page) -> None:
    wei.locator(".gj-go-open").click()
    wei.keyboard.type("zzzz qq")
    expect(wei.locator("#go-found")).to_contain_text("fits “zzzz qq”")
    wei.keyboard.press("Enter")
    wei.wait_for_url("**/lanzhu/search/?q=zzzz%20qq")


def test_a_phone_has_a_button_for_it_and_the_whole_screen(wei: Page) -> None:
    wei.set_viewport_size({"width": 390, "height": 844})
    wei.get_by_role("button", name="Go to").click()
    wei.keyboard.type("风险")
    expect(wei.get_by_role("option").first).to_contain_text("QP-27")
    assert wei.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert faults(wei) == []
    wei.get_by_role("button", name="Close").click()
    expect(wei.get_by_role("button", name="Go to")).to_be_focused()


def test_in_the_past_it_leads_on_within_the_past(wei: Page, lasting: Server) -> None:
    wei.goto(f"{lasting.url}/lanzhu/documents/?as_of=2026-03-01T12:00")
    wei.keyboard.press("Control+k")
    wei.keyboard.type("Processes")
    expect(wei.get_by_role("option").first).to_contain_text("Processes")
    wei.keyboard.press("Enter")
    wei.wait_for_url("**/lanzhu/processes/?as_of=2026-03-01*")


def test_who_was_signed_off_meanwhile_is_asked_to_sign_in(wei: Page) -> None:
    wei.context.clear_cookies()
    wei.keyboard.press("Control+k")
    wei.wait_for_url("**/account/login/**")


def test_without_script_the_search_page_remains(browser, lasting: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = signed_in(context.new_page(), lasting)
    expect(page.locator("[data-go]").first).to_be_hidden()
    page.locator("#q").fill("lamp")
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text("Search")
    context.close()


def test_a_list_is_kept_renamed_and_removed(site: Server, page: Page) -> None:
    signed_in(page, site)
    page.goto(f"{site.url}/lanzhu/documents/?state=draft")
    page.locator("#f").fill("risk")
    expect(page.locator("#list")).to_contain_text("Nothing fits")
    page.locator("#f").fill("风险")
    expect(page.locator("#list")).to_contain_text("QP-27")
    views = page.get_by_role("navigation", name="Saved views")

    page.locator("summary", has_text="Save this view").click()
    page.get_by_label("Name of the view").fill("Drafts about risks")
    page.get_by_role("button", name="Save").click()
    expect(views.locator("[aria-current]")).to_have_text("Drafts about risks")
    expect(page.locator("#f")).to_have_value("风险")

    page.locator("summary", has_text="Change this view").click()
    page.get_by_label("Name of the view").fill("")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("#views")).to_contain_text("Give the view a name.")
    assert faults(page) == []
    page.get_by_label("Name of the view").fill("Risks")
    page.get_by_role("button", name="Rename").click()
    expect(views.locator("[aria-current]")).to_have_text("Risks")

    page.goto(f"{site.url}/lanzhu/")
    page.keyboard.press("Control+k")
    page.keyboard.type("risks")
    expect(page.get_by_role("option").first).to_contain_text("Risks")
    page.keyboard.press("Enter")
    expect(views.locator("[aria-current]")).to_have_text("Risks")

    page.locator("summary", has_text="Change this view").click()
    page.get_by_role("button", name="Remove this view").click()
    expect(page.locator("main")).to_contain_text("The view “Risks” is removed.")
    expect(views).not_to_contain_text("Risks")
