"""Lines of a record: entered, changed and ended on pages and by programs, told in the history, seen as they were."""

import pytest
from django.test import Client

from guiju.modules.processes.models import Flow, Process
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.models import Entry
from guiju.spine.trail.verify import verify

NEW = "/lanzhu/processes/PR-01/lines/flows/new/"


@pytest.fixture
def processes(as_wei) -> list[Process]:
    made = [Process(title=title) for title in ("Production", "Inspection")]
    for one in made:
        one.save()
    return made


@pytest.fixture
def browser(lanzhu, processes) -> Client:
    client = Client()
    client.force_login(lanzhu.wei.person)
    return client


def sent(other: Process | None = None, **values) -> dict:
    return {"direction": "output", "what": "Finished lots", "other": str(other.pk) if other else "", "token": "one", **values}


def test_a_line_stands_on_the_page_of_its_record_and_in_its_history(browser, processes):
    answer = browser.post(NEW, sent(processes[1]))
    assert answer["Location"] == "/lanzhu/processes/PR-01/#flows"
    page = browser.get("/lanzhu/processes/PR-01/").content.decode()
    assert "Finished lots" in page
    assert '<a href="/lanzhu/processes/PR-02/">Inspection</a>' in page
    assert "Chen Wei entered under “Inputs and outputs”: Finished lots" in page


def test_a_form_sent_twice_makes_one_line(browser, processes):
    for _time in range(2):
        assert browser.post(NEW, sent(processes[1])).status_code == 302
    assert Flow.objects.count() == 1


def test_what_is_judged_of_a_line_is_said_at_its_field_and_nothing_typed_is_lost(browser):
    answer = browser.post(NEW, sent(what="Lots <b>", outside_party=""))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say from or to which process" in page
    assert "Lots &lt;b&gt;" in page
    assert not Flow.objects.exists()


def test_a_line_is_changed_over_the_version_that_was_seen_only(browser, processes):
    browser.post(NEW, sent(processes[1]))
    line = Flow.objects.get()
    address = f"/lanzhu/processes/PR-01/lines/flows/{line.pk}/"
    assert browser.post(address, sent(processes[1], what="Released lots", version="1")).status_code == 302
    stale = browser.post(address, sent(processes[1], what="Others", version="1"))
    assert stale.status_code == 422
    assert "Someone else has changed this" in stale.content.decode()
    assert Flow.objects.get().what == "Released lots"


def test_an_ended_line_is_no_longer_shown_and_stays_in_the_history(browser, processes):
    browser.post(NEW, sent(processes[1]))
    line = Flow.objects.get()
    answer = browser.post(f"/lanzhu/processes/PR-01/lines/flows/{line.pk}/end/", {"version": "1"})
    assert answer.status_code == 302
    page = browser.get("/lanzhu/processes/PR-01/").content.decode()
    assert "took back under “Inputs and outputs”: Finished lots" in page
    assert page.count("Finished lots") == 2  # both in the history
    assert browser.post(f"/lanzhu/processes/PR-01/lines/flows/{line.pk}/end/", {"version": "2"}).status_code == 404


def test_a_line_below_another_record_is_not_there(browser, processes):
    browser.post(NEW, sent(processes[1]))
    line = Flow.objects.get()
    assert browser.get(f"/lanzhu/processes/PR-02/lines/flows/{line.pk}/").status_code == 404
    assert browser.get("/lanzhu/processes/PR-01/lines/songs/new/").status_code == 404


def test_without_the_right_there_is_neither_a_button_nor_a_page(lanzhu, processes):
    client = Client()
    client.force_login(lanzhu.tang.person)
    assert "lines/flows/new/" not in client.get("/lanzhu/processes/PR-01/").content.decode()
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, sent(processes[1])).status_code == 403


def test_lines_are_seen_as_they_were(browser, processes, lanzhu):
    browser.post(NEW, sent(processes[1]))
    line = Flow.objects.get()
    with act(lanzhu.organization, lanzhu.wei):
        before = Process.objects.get(number="PR-01").created_at
    browser.post(f"/lanzhu/processes/PR-01/lines/flows/{line.pk}/end/", {"version": "1"})
    shown = browser.get("/lanzhu/processes/PR-01/", {"as_of": before.isoformat()}).content.decode()
    assert "Finished lots" not in shown
    after = line_entered_at(lanzhu)
    shown = browser.get("/lanzhu/processes/PR-01/", {"as_of": after}).content.decode()
    assert "Finished lots" in shown
    assert "lines/flows/new/" not in shown


def line_entered_at(lanzhu) -> str:
    with act(lanzhu.organization, lanzhu.wei):
        return Entry.objects.get(action="add_line").at.isoformat()


def test_programs_list_add_change_and_end_lines(lanzhu, processes):
    wei = Program(lanzhu.wei)
    values = {"direction": "input", "what": "Orders", "outside_party": "Customers"}
    answer = wei.post("processes/PR-01/flows/", values)
    assert answer.status_code == 201, answer.content
    one = answer.json()
    assert (one["what"], one["outside_party"], one["other"]) == ("Orders", "Customers", None)
    assert wei.get("processes/PR-01/flows/").json()["items"] == [one]
    address = f"processes/PR-01/flows/{one['id']}/"
    assert wei.patch(address, {"what": "Firm orders"}).status_code == 428
    changed = wei.patch(address, {"what": "Firm orders"}, 1)
    assert (changed.status_code, changed.json()["what"]) == (200, "Firm orders")
    assert wei.patch(address, {"what": "Late"}, 1).status_code == 412
    assert wei.post(f"{address}end/", {}).status_code == 204
    assert wei.get("processes/PR-01/flows/").json()["items"] == []


def test_programs_are_told_each_field_that_does_not_fit(lanzhu, processes):
    answer = Program(lanzhu.wei).post("processes/PR-01/flows/", {"direction": "sideways", "colour": "red"})
    assert answer.status_code == 422
    assert reasons(answer) == {"direction": "invalid_choice", "what": "required", "colour": "unknown"}


def test_a_line_of_another_organization_cannot_be_named(lanzhu, other, processes):
    with act(other.organization, other.eve):
        theirs = Process(title="Theirs")
        theirs.save()
    answer = Program(lanzhu.wei).post("processes/PR-01/flows/", {"direction": "input", "what": "x", "other": str(theirs.pk)})
    assert answer.status_code == 422
    assert reasons(answer) == {"other": "invalid_choice"}


def test_lines_are_on_the_trail(browser, processes, lanzhu):
    browser.post(NEW, sent(processes[1]))
    assert list(verify()) == []
