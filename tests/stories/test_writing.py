"""A document is written in the product: with tools over the text, and how it will look beside it."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.plugin import ON_POSTGRES
from tests.served import Server
from tests.stories.test_first_day import sign_in

pytestmark = pytest.mark.browser

LOOKS = [("zh", 390)] if ON_POSTGRES else [("en", 1440)]


def picture(folder: Path) -> Path:
    Image.new("RGB", (60, 40), "#234374").save(folder / "Lamp head.png")
    return folder / "Lamp head.png"


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_text_is_written_with_tools_and_seen_as_it_will_look(
    site: Server, page: Page, language: str, width: int, tmp_path: Path
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site, "wei", language)
    page.goto(f"{site.url}/lanzhu/documents/new/")
    page.locator("input[name=title]").fill("Soldering of lamp heads")
    text = page.locator("textarea[name=text]")
    text.fill("Solder **with care。**后文\n- first")
    text.press("Control+End")
    text.press("Enter")
    page.keyboard.type("second")
    expect(text).to_have_value(re.compile(r"- first\n- second$"))
    text.press("Control+Home")
    page.locator("[data-tool=heading][data-level='1']").click()
    text.press("Control+Alt+2")
    expect(text).to_have_value(re.compile(r"^### Solder"))
    text.press("Control+Alt+2")
    expect(text).to_have_value(re.compile(r"^Solder"))
    text.press("Control+End")
    page.locator("[data-tool=table]").click()
    page.locator("[data-tool=record]").click()
    page.keyboard.type("WI-031")
    page.locator(".gj-editor-found button", has_text="WI-031").click()
    expect(text).to_have_value(re.compile(r"\[\[WI-031\]\]"))
    with page.expect_file_chooser() as chooser:
        page.locator("[data-tool=picture]").click()
    chooser.value.set_files(picture(tmp_path))
    expect(text).to_have_value(re.compile(r"!\[Lamp head\]\(attachment:[0-9a-f-]{36}\)"))

    page.locator("[data-view=read]").click()
    shown = page.locator(".gj-editor-preview")
    expect(shown.locator("td")).to_have_count(6)
    expect(shown.locator("a", has_text="WI-031")).to_have_attribute("href", "/lanzhu/documents/WI-031/")
    expect(shown.locator("strong")).to_have_text("with care。")
    assert shown.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 60

    page.locator("form.gj-form > .gj-actions button").click()
    kept = page.locator(".gj-sheet .gj-read")
    expect(kept.locator("td")).to_have_count(6)
    assert kept.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)") == 60


def test_a_file_that_is_no_picture_is_refused_in_a_sentence_and_nothing_is_lost(site: Server, page: Page, tmp_path: Path) -> None:
    sign_in(page, site, "wei", "en")
    page.goto(f"{site.url}/lanzhu/documents/new/")
    page.locator("textarea[name=text]").fill("Kept.")
    false = tmp_path / "false.png"
    false.write_bytes(b"<svg onload=alert(1)>")
    with page.expect_file_chooser() as chooser:
        page.locator("[data-tool=picture]").click()
    chooser.value.set_files(false)
    expect(page.locator(".gj-editor-said")).to_have_text("false.png is no picture that can stand in a text.")
    expect(page.locator("textarea[name=text]")).to_have_value("Kept.")
