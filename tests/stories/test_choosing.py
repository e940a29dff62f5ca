"""Choosing people out of a long list, in the browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.served import Server
from tests.stories.test_going import faults, signed_in

pytestmark = pytest.mark.browser


def test_people_are_found_by_department_and_those_out_of_sight_stay_chosen(lasting: Server, page: Page) -> None:
    signed_in(page, lasting).goto(f"{lasting.url}/lanzhu/documents/QP-03/distribution/")
    people = page.locator("#id_people")
    filtered = people.get_by_role("searchbox")
    filtered.fill("luo yan")
    filtered.press("Enter")  # the only one that fits
    filtered.fill("采购")
    people.get_by_role("button", name="Choose all shown").click()
    shown = people.locator("label:visible")
    expect(shown).to_contain_text(["Purchasing"] * shown.count())
    ticked = shown.count() + 1
    expect(people.get_by_role("status")).to_contain_text(f"{ticked} of 15 chosen; {shown.count()} shown")
    assert faults(page) == []
    sent = page.evaluate("new FormData(document.querySelector('form.gj-form')).getAll('people').length")
    assert sent == ticked
    people.get_by_role("button", name="Luo Yan Take away").click()
    expect(people.get_by_role("status")).to_contain_text(f"{ticked - 1} of 15 chosen")
