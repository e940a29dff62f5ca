"""The process map: a process is written down, sent to review, approved with a signature, and put in its place."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.served import Server
from tests.stories.test_first_day import PASSWORD, sign_in

pytestmark = pytest.mark.browser

WORDS = {
    "en": {"title": "Packaging design", "draft": "A draft: nothing of it is in force yet.", "flows": "Boxes, to Production"},
    "zh": {"title": "包装设计", "draft": "草稿：尚未生效。", "flows": "Boxes，交给生产"},
}
NUMBER = "PR-13"


def sent(page: Page) -> None:
    page.locator("main form[method=post] button.btn-primary").last.click()


def write_it_down(page: Page, site: Server, words: dict[str, str]) -> None:
    page.goto(f"{site.url}/lanzhu/processes/map/")
    page.locator("a[href$='/processes/new/']").click()
    page.locator("[name=title]").fill(words["title"])
    page.locator("[name=purpose]").fill("Lamps arrive whole.")
    page.locator("[name=kind]").select_option("support")
    sent(page)
    page.wait_for_url(f"**/processes/{NUMBER}/")
    expect(page.locator("main")).to_contain_text(words["draft"])
    for direction, what, other in (("input", "Drop tests", ""), ("output", "Boxes", "PR-07")):
        page.goto(f"{site.url}/lanzhu/processes/{NUMBER}/lines/flows/new/")
        page.locator("[name=direction]").select_option(direction)
        page.locator("[name=what]").fill(what)
        if other:
            page.locator("[name=other]").select_option(index=option_of(page, ("Production", "生产")))
        else:
            page.locator("[name=outside_party]").fill("Laboratory")
        sent(page)
        page.wait_for_url(re.compile(f"/processes/{NUMBER}/(#flows)?$"))
    expect(page.locator(".gj-turtle")).to_contain_text(words["flows"])


def option_of(page: Page, names: tuple[str, ...]) -> int:
    texts = page.locator("[name=other] option").all_inner_texts()
    return next(at for at, text in enumerate(texts) if text.strip() in names)


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh", 390)])
def test_a_process_goes_from_nothing_to_approved_and_stands_on_the_map(
    site: Server, page: Page, language: str, width: int
) -> None:
    words = WORDS[language]
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site, "wei", language)
    write_it_down(page, site, words)
    page.goto(f"{site.url}/lanzhu/processes/{NUMBER}/submit/")
    sent(page)
    page.wait_for_url(f"**/processes/{NUMBER}/")

    page.context.clear_cookies()
    sign_in(page, site, "guoliang", language)
    page.goto(f"{site.url}/lanzhu/processes/{NUMBER}/approve/")
    page.locator("[name=password]").fill(PASSWORD)
    sent(page)
    page.wait_for_url(f"**/processes/{NUMBER}/")
    expect(page.locator(".gj-flow .is-now")).to_have_count(1)
    expect(page.locator(".gj-seals")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.context.clear_cookies()
    sign_in(page, site, "wei", language)
    page.goto(f"{site.url}/lanzhu/processes/map/?arrange=1")
    if width > 960:
        drawn = page.locator(f"a[data-number={NUMBER}]")
        expect(drawn.locator(".gj-draw-box--draft")).to_have_count(0)
        before = page.locator("a[data-band=support]").evaluate_all("all => all.map(one => one.dataset.number)")
        drawn.focus()
        page.keyboard.press("ArrowLeft" if before.index(NUMBER) else "ArrowRight")
        expect(page.locator(".gj-message--success")).to_be_visible()
        after = page.locator("a[data-band=support]").evaluate_all("all => all.map(one => one.dataset.number)")
        assert sorted(before) == sorted(after) and before != after
        drag(page, after[0], after[-1])
        expect(page.locator("a[data-band=support]").last).to_have_attribute("data-number", after[0])
    else:
        moved = page.locator("li", has_text=words["title"]).locator("button[name=way]:not([disabled])").first
        moved.click()
        page.wait_for_url("**/processes/map/?arrange=1")


def drag(page: Page, number: str, onto: str) -> None:
    """One box to the place of another, by mouse."""
    page.locator(f"a[data-number={onto}]").scroll_into_view_if_needed()
    start, end = (page.locator(f"a[data-number={one}]").bounding_box() for one in (number, onto))
    assert start is not None and end is not None
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(end["x"] + 30, end["y"] + 22, steps=6)
    page.mouse.up()
    page.wait_for_load_state()
