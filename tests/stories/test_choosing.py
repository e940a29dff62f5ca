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


def test_one_person_is_found_in_a_long_list_by_typing(lasting: Server, page: Page) -> None:
    signed_in(page, lasting).goto(f"{lasting.url}/lanzhu/documents/new/")
    owner = page.locator("#id_owner")
    typed = page.get_by_role("searchbox", name="Filter this list: Owner")
    typed.fill("罗")  # her Chinese name, while the page is English
    expect(owner.locator("option")).to_have_count(3)  # nobody, who is chosen by now, and who fits
    assert faults(page) == []
    typed.press("Enter")
    expect(owner).to_be_focused()
    expect(owner.locator("option:checked")).to_have_text("Luo Yan")
    typed.fill("wei")
    expect(owner.locator("option:checked")).to_have_text("Luo Yan")  # what is chosen stays, whatever is typed
    assert page.evaluate("new FormData(document.querySelector('form.gj-form')).get('owner')") == owner.input_value() != ""
