"""Every main page, both languages, light and dark, desk and phone: axe finds nothing, nothing overflows, nothing errs."""

import re
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, ViewportSize

from looks.__main__ import RULES
from tests.served import Server

pytestmark = pytest.mark.browser

AXE = (Path(__file__).resolve().parents[1] / "data" / "axe.min.js").read_text(encoding="utf-8")
PASSWORD = "guiju-demo"
LOOKS: dict[str, tuple[str, Literal["light", "dark"]]] = {"en": ("en", "light"), "zh": ("zh-CN", "dark")}
WINDOWS: list[ViewportSize] = [{"width": 1440, "height": 900}, {"width": 390, "height": 844}]
BEFORE_SIGN_IN = ["/account/login/", "/invitation/", "/api/v1/docs"]
KEEPERS = [
    "/lanzhu/",
    "/lanzhu/work/",
    "/lanzhu/notices/",
    "/lanzhu/documents/",
    "/lanzhu/documents/?q=zzzz",
    "/lanzhu/documents/?as_of=2026-03-01T12:00",
    "/lanzhu/documents/new/",
    "/lanzhu/documents/import/",
    "/lanzhu/import/documents/",
    "/lanzhu/documents/QP-03/",
    "/lanzhu/documents/QP-03/history/",
    "/lanzhu/documents/WI-031/distribution/",
    "/lanzhu/readings/matrix/",
    "/lanzhu/copies/",
    "/lanzhu/documents/WI-044/copies/",
    "/lanzhu/documents/WI-044/copies/issue/",
    "/lanzhu/documents/WI-044/copies/end/?recall=1",
    "/lanzhu/documents/QP-27/",
    "/lanzhu/documents/QP-27/change/",
    "/lanzhu/documents/QP-27/submit/",
    "/lanzhu/documents/WI-046/review/",
    "/lanzhu/processes/map/",
    "/lanzhu/processes/map/?arrange=1",
    "/lanzhu/processes/PR-08/",
    "/lanzhu/processes/PR-06/revision/2/",
    "/lanzhu/search/?q=lamp",
    "/lanzhu/people/absence/",
    "/account/",
]
ADMINISTRATORS = [
    "/lanzhu/people/",
    "/lanzhu/people/roles/",
    "/lanzhu/people/invite/",
    "/lanzhu/people/settings/",
    "/lanzhu/people/sites/",
    "/lanzhu/people/departments/",
    "/lanzhu/health/",
]


def sign_in(page: Page, site: Server, person: str, language: str) -> None:
    page.goto(f"{site.url}/account/login/")
    page.locator("input[name=login]").fill(person)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form:has(input[name=password]) button").click()
    page.wait_for_url(re.compile("/lanzhu/$"))
    speak(page, language)


def speak(page: Page, language: str) -> None:
    if page.locator("html").get_attribute("lang") != LOOKS[language][0]:
        page.locator("form[action='/language/'] button").first.click()
        page.locator(f"html[lang={LOOKS[language][0]}]").wait_for(state="attached")


def faults(page: Page, site: Server, paths: list[str], language: str) -> list[str]:
    """Everything wrong with these pages, one line for each fault, with the page's address.

    At both widths a page must fit; axe, which takes long, reads it at the one of the language, and at all in `make looks`.
    """
    found = []
    for path in paths:
        page.set_viewport_size(WINDOWS[0])
        answer = page.goto(site.url + path)
        assert answer is not None
        if answer.status != 200:
            found.append(f"{path}: answers {answer.status}")
        if page.locator("html").get_attribute("lang") != LOOKS[language][0]:
            found.append(f"{path}: is not in the reader's language")
        page.evaluate(AXE)
        for window in WINDOWS:
            page.set_viewport_size(window)
            read = window is WINDOWS[0] if language == "en" else window is WINDOWS[1]
            found.extend(f"{path} at {window['width']} px: {fault}" for fault in faults_now(page, read))
    return found


def faults_now(page: Page, read: bool) -> list[str]:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    rules = page.evaluate("rules => axe.run({runOnly: rules, resultTypes: ['violations']})", RULES)["violations"] if read else []
    return [f"{wider} px wider than the window"] * (wider > 0) + [
        f"{rule['id']} at {node['target']}" for rule in rules for node in rule["nodes"]
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_main_page_is_accessible_fits_the_window_and_reports_no_error(lasting: Server, page: Page, language: str) -> None:
    errors: list[str] = []
    page.on("console", lambda message: errors.append(f"{page.url}: {message.text}") if message.type == "error" else None)
    page.emulate_media(color_scheme=LOOKS[language][1])

    page.goto(f"{lasting.url}/account/login/")
    speak(page, language)
    found = faults(page, lasting, BEFORE_SIGN_IN, language)
    for person, paths in (("wei", KEEPERS), ("rui", ADMINISTRATORS)):
        page.context.clear_cookies()
        page.set_viewport_size(WINDOWS[0])
        sign_in(page, lasting, person, language)
        found += faults(page, lasting, paths, language)

    assert "\n".join([*found, *errors]) == ""
