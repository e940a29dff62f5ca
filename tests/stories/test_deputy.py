"""Somebody is away: who stands in sees and signs in their place, and not against what the absent person wrote."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.plugin import ON_POSTGRES
from tests.served import Server
from tests.stories.test_first_day import WORDS, sign, sign_in, sign_out

pytestmark = pytest.mark.browser

LOOKS = [("zh", 1440)] if ON_POSTGRES else [("en", 1440), ("zh", 390)]
SAID = {
    "en": {
        "named": "Your deputy is named.",
        "waits": "You are deputy for Wu Siyuan today",
        "banner": "You act as deputy for Wu Siyuan. All you do is kept so.",
        "task": "Approve “灯臂装配” once it has been reviewed",
        "reading": "Read Quality policy",
        "meaning": "Approved, as deputy for Wu Siyuan",
        "history": "Chen Wei as deputy for Wu Siyuan approved revision 4 and signed.",
        "wrote": "You wrote this revision; another person has to do this",
        "read": "Read and confirm",
    },
    "zh": {
        "named": "代理人已指定。",
        "waits": "您今天代理吴思远",
        "banner": "您正在代理吴思远，您的所有操作都会如此记录。",
        "task": "评审完成后批准《灯臂装配》",
        "reading": "阅读《Quality policy",
        "meaning": "已批准，代理吴思远",
        "history": "陈玮（代理吴思远）批准了第4版并签署。",
        "wrote": "此版由您编制，须由他人完成此步骤",
        "read": "阅读并确认",
    },
}


def leave(page: Page, site: Server, said: dict[str, str]) -> None:
    """Before going away Wu Siyuan sends off what is written, leaves a text unread, and names Chen Wei for a week."""
    page.goto(f"{site.url}/lanzhu/work/")
    expect(page.locator("main")).to_contain_text(said["reading"])
    page.goto(f"{site.url}/lanzhu/documents/SP-C100/submit/")
    page.locator("#id_reviewers").get_by_label(re.compile("Chen Wei|陈玮")).check()
    page.locator("form.gj-form button.btn-primary").click()
    page.wait_for_url("**/documents/SP-C100/")
    page.goto(f"{site.url}/lanzhu/people/absence/")
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    chosen = page.locator("select[name=deputy] option", has_text=re.compile("Chen Wei|陈玮")).get_attribute("value")
    page.locator("select[name=deputy]").select_option(chosen)
    page.locator("input[name=from_on]").fill(today.isoformat())
    page.locator("input[name=until_on]").fill((today + timedelta(days=6)).isoformat())
    page.locator("form:has(select[name=deputy]) button.btn-primary").click()
    expect(page.locator("main")).to_contain_text(said["named"])


@pytest.mark.parametrize(("language", "width"), LOOKS)
def test_a_deputy_signs_in_the_place_of_the_absent_and_not_what_they_wrote(
    site: Server, page: Page, language: str, width: int
) -> None:
    words, said = WORDS[language], SAID[language]
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, site, "siyuan", language)
    leave(page, site, said)

    sign_out(page, site)
    sign_in(page, site, "wei", language)
    page.goto(f"{site.url}/lanzhu/documents/WI-046/")
    sign(page, words, "review")  # what Chen Wei was asked
    page.goto(f"{site.url}/lanzhu/work/")
    expect(page.locator("main")).not_to_contain_text(said["task"])
    page.locator(".gj-message", has_text=said["waits"]).get_by_role("button").click()

    page.goto(f"{site.url}/lanzhu/work/")
    expect(page.locator("body")).to_contain_text(said["banner"])
    expect(page.locator("main")).not_to_contain_text(said["reading"])
    page.locator(".gj-work-what", has_text=said["task"]).click()
    sign(page, words, "approve")
    expect(page.locator(".gj-seals")).to_contain_text(said["meaning"])
    expect(page.locator(".gj-hist")).to_contain_text(said["history"])

    page.goto(f"{site.url}/lanzhu/documents/SP-C100/")
    door = page.locator(".gj-door", has_text=words["review"]).filter(has_text=said["wrote"])
    expect(door.first).to_be_visible()
    expect(page.locator(".gj-door", has_text=words["review"]).first.locator("a.btn")).to_have_count(0)
    page.goto(f"{site.url}/lanzhu/documents/SP-C100/approve/")
    expect(page.locator("main")).to_contain_text(said["wrote"])
    page.goto(f"{site.url}/lanzhu/documents/QP-03/")
    expect(page.locator("main")).not_to_contain_text(said["read"])
    assert site.command_line("trail", "verify").returncode == 0
