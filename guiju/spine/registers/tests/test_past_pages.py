"""Every page of the past shows the past, and its links lead on within it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guiju.modules.documents import services
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.processes.models import Process
from guiju.spine.acts import act
from guiju.spine.registers.past import asked_instant, carried
from guiju.spine.workflow.perform import perform

PAGES = ("", "work/", "notices/", "search/?q=inspection", "documents/", "processes/")


@pytest.fixture
def past(lanzhu) -> str:
    """An instant at which there was one process and one draft; two days later came more, and a review for Wei to do."""
    began = timezone.now()
    with act(lanzhu.organization, lanzhu.min):
        Process(title="Inspection and release").save()
        document = services.draft({"title": "Old inspection", "kind": "procedure", "language": "en", "text": "x"})
    with time_machine.travel(began + timedelta(days=4)), act(lanzhu.organization, lanzhu.min):
        services.change(document, {"title": "Later inspection"})
        services.draft({"title": "Newest inspection", "kind": "procedure", "language": "en", "text": "x"})
        Process(title="Later inspection process").save()
        perform(document_workflow, document, "submit", inputs={"reviewers": [lanzhu.wei.person]})
    return (began + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def wei(lanzhu, past) -> Iterator[Client]:
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        client = Client()
        client.force_login(lanzhu.wei.person)
        yield client


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_past_shows_what_came_later(wei, past, page):
    shown = wei.get(f"/lanzhu/{page}{'&' if '?' in page else '?'}as_of={past}").content.decode()
    assert "as it was on" in shown
    assert "Later inspection" not in shown and "Newest inspection" not in shown
    assert "Review Old" not in shown
    if page in ("documents/", "search/?q=inspection"):
        assert "Old inspection" in shown


@pytest.mark.parametrize("page", PAGES)
def test_the_same_page_of_now_does_show_it(wei, past, page):
    shown = wei.get(f"/lanzhu/{page}").content.decode()
    assert "Later inspection" in shown or "Newest inspection" in shown


def test_links_of_a_past_page_lead_on_within_the_past(wei, past):
    shown = wei.get(f"/lanzhu/documents/?as_of={past}").content.decode()
    assert f'href="/lanzhu/documents/QP-01/?as_of={past.replace(":", "%3A")}"' in shown
    assert f'<input type="hidden" name="as_of" value="{past}">' in shown
    assert 'data-now href="/lanzhu/documents/"' in shown


def test_a_link_keeps_its_own_question_and_place():
    elsewhere = '<a href="/other/">b</a><a href="/acmeX/">c</a>'
    html = f'<a class="x" href="/acme/documents/?sort=title#list">a</a>{elsewhere}'
    led_on = f'<a class="x" href="/acme/documents/?sort=title&amp;as_of=2026-01-01#list">a</a>{elsewhere}'
    assert carried(html, "acme", "2026-01-01") == led_on


@pytest.mark.parametrize("instant", ["soon", "2026-13-45", "3000-01-01T00:00", "0000-00-00"])
def test_what_is_no_instant_or_has_not_come_yet_is_refused_with_words(wei, instant):
    answer = wei.get(f"/lanzhu/documents/?as_of={instant}")
    assert answer.status_code == 422
    assert "cannot be shown" in answer.content.decode()


def test_a_day_alone_means_its_end():
    assert asked_instant("2026-03-01", "Asia/Shanghai") == datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)
