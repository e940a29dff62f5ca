"""A document changes, and those it concerns read what changed; at a desk and at a shared terminal (journey 3)."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.plugin import ON_POSTGRES
from tests.served import Server
from tests.stories.test_first_day import PASSWORD, WORDS, sign, sign_in, sign_out

pytestmark = pytest.mark.browser

LOOKS = [("en", 390)] if ON_POSTGRES else [("en", 1440), ("zh", 390)]
SAID = {
    "en": {
        "answer": "Answer",
        "read": "Read and confirm",
        "wrong": "This is not what the document says.",
        "thanks": "Thank you. That you have read it is kept",
        "new": "and again at level 1 (10 %)",
        "asked": "Read Final inspection of desk lamps",
        "you": "You are Tang Li.",
        "done": "Thank you, Tang Li",
        "unfit": "Number and PIN do not belong together.",
    },
    "zh": {
        "answer": "答复",
        "read": "阅读并确认",
        "wrong": "与文件内容不符。",
        "thanks": "谢谢。您的阅读确认已连同姓名和时间保存。",
        "new": "and again at level 1 (10 %)",
        "asked": "阅读《Final inspection of desk lamps》",
        "you": "您是 唐立。",
        "done": "谢谢，唐立",
        "unfit": "工号与 PIN 不匹配。",
    },
}
ADDRESS = "/lanzhu/documents/WI-031/"


def as_person(page: Page, site: Server, person: str, language: str) -> None:
    sign_out(page, site)
    sign_in(page, site, person, language)


def put_into_force(page: Page, site: Server, language: str) -> None:
    """The remark on a passage is answered, the last review signed, and the revision approved for today."""
    words = WORDS[language]
    as_person(page, site, "xiaowen", language)
    page.goto(f"{site.url}{ADDRESS}")
    page.locator(".gj-remark summary", has_text=SAID[language]["answer"]).click()
    page.locator(".gj-remark textarea").fill("Yes. 是。")
    page.locator(".gj-remark form button").click()
    expect(page.locator(".gj-answer")).to_contain_text("Yes. 是。")
    assert not page.evaluate("CSS.highlights.has('gj-remark')")  # what is answered is marked only for who asks for it
    page.locator("[data-show-answered] input").check()
    assert page.evaluate("CSS.highlights.has('gj-remark-answered')")
    as_person(page, site, "min", language)
    page.goto(f"{site.url}{ADDRESS}")
    sign(page, words, "review")
    as_person(page, site, "wei", language)
    page.goto(f"{site.url}{ADDRESS}")
    sign(page, words, "approve")
    expect(page.locator(".gj-aside")).to_contain_text(words["effective"])


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_those_it_concerns_read_what_changed_and_answer(site: Server, page: Page, language: str, width: int) -> None:
    said = SAID[language]
    page.set_viewport_size({"width": width, "height": 900})
    put_into_force(page, site, language)

    as_person(page, site, "li", language)
    page.goto(f"{site.url}/lanzhu/work/")
    page.get_by_role("link", name=said["asked"]).first.click()
    page.get_by_role("link", name=said["read"]).click()
    expect(page.locator("ins.gj-new", has_text=said["new"]).first).to_be_visible()
    options = page.locator("#ask input[type=radio]")
    options.nth(0).check()
    page.locator("#ask button").click()
    expect(page.locator("#ask")).to_contain_text(said["wrong"])
    options.nth(1).check()
    page.locator("#ask button").click()
    page.wait_for_url(re.compile(r"/documents/WI-031/$"))
    expect(page.locator("body")).to_contain_text(said["thanks"])

    as_person(page, site, "wei", language)
    page.goto(f"{site.url}{ADDRESS}readers/")
    expect(page.locator("tr", has_text=re.compile("Tang Li|唐立")).locator(".gj-state, .gj-badge").first).to_be_visible()
    assert site.command_line("trail", "verify").returncode == 0


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_at_a_shared_terminal_number_and_pin_confirm(
    site: Server, page: Page, browser: Browser, language: str, width: int
) -> None:
    said = SAID[language]
    page.set_viewport_size({"width": width, "height": 900})
    put_into_force(page, site, language)

    as_person(page, site, "rui", language)
    page.goto(f"{site.url}/lanzhu/terminals/")
    page.locator("input[name=name]").fill("Hall 1")
    page.locator("form:has(input[name=name]) button.btn-primary").click()
    start = page.locator(".gj-type code").inner_text()
    page.locator(".gj-lines a", has_text=re.compile("Tang Li|唐立")).click()
    page.locator("input[name=number]").fill("1042")
    page.locator("form:has(input[name=number]) button.btn-primary").click()
    as_person(page, site, "li", language)
    page.goto(f"{site.url}/lanzhu/terminals/pin/")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=pin]").fill("294617")
    page.locator("input[name=again]").fill("294617")
    page.locator("form:has(input[name=pin]) button.btn-primary").click()
    page.wait_for_url(f"{site.url}/lanzhu/")

    device = browser.new_context(locale="zh-CN" if language == "zh" else "en-GB", viewport={"width": width, "height": 900})
    try:
        stand_before(device.new_page(), start, said)
    finally:
        device.close()


def stand_before(station: Page, start: str, said: dict[str, str]) -> None:
    """What happens at the terminal: started, the document found, a wrong PIN, the right one, read and confirmed."""
    station.goto(start)
    station.locator("main button").click()
    station.locator("input[name=q]").fill("WI-031")
    station.locator("form[role=search] button").click()
    station.locator(".gj-station-list a").first.click()
    for pin in ("294618", "294617"):
        station.locator("input[name=number]").fill("1042")
        station.locator("input[name=pin]").fill(pin)
        station.locator("#who button").click()
        if pin == "294618":
            expect(station.locator("main")).to_contain_text(said["unfit"])
    expect(station.locator("main")).to_contain_text(said["you"])
    station.locator("input[type=radio]").nth(1).check()
    station.locator("main form button.btn-primary").click()
    expect(station.locator("h1")).to_contain_text(said["done"])
