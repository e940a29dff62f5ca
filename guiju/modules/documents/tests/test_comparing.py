"""Any two revisions can be seen beside each other."""

import pytest
from django.test import Client

from guiju.modules.documents import services


@pytest.fixture
def revised(draft, team, take, as_):
    document = take(draft, "submit", team.wei, reviewers=[team.min.person])
    document = take(take(document, "review", team.min), "approve", team.min)
    document = take(document, "revise", team.wei, reason="Six hours")
    with as_(team.wei):
        return services.change(
            document, {"text": "Lamps burn for **six hours** at 45 °C.\n\n老化后检查。", "title": "Ageing test"}
        )


@pytest.fixture
def browser(team) -> Client:
    client = Client()
    client.force_login(team.tang.person)
    return client


def test_the_newest_is_compared_with_the_one_before(revised, browser):
    shown = browser.get("/lanzhu/documents/QP-01/compare/").content.decode()
    assert '<del class="gj-old">four</del>' in shown and '<ins class="gj-new">six</ins>' in shown
    assert '<ins class="gj-new">老化后检查。</ins>' in shown and "Not mentioned." in shown
    assert "2 changes" in shown and "Ageing test" in shown


def test_it_can_be_read_in_one_text_and_as_a_whole(revised, browser):
    one = browser.get("/lanzhu/documents/QP-01/compare/?as=one").content.decode()
    assert 'burn for <del class="gj-old">four</del><ins class="gj-new">six</ins> hours' in one
    whole = browser.get("/lanzhu/documents/QP-01/compare/?as=whole").content.decode()
    assert 'burn for <del class="gj-old">four</del><ins class="gj-new">six</ins> hours' in whole


def test_the_other_way_round_what_came_is_gone(revised, browser):
    shown = browser.get("/lanzhu/documents/QP-01/compare/?from=2&to=1").content.decode()
    assert '<ins class="gj-new">four</ins>' in shown and "Not mentioned any more." in shown


@pytest.mark.parametrize("query", ["?from=7", "?from=x&to=1", "?to=-1"])
def test_a_revision_that_is_not_there_is_a_404(revised, browser, query):
    assert browser.get(f"/lanzhu/documents/QP-01/compare/{query}").status_code == 404


def test_one_revision_alone_has_nothing_to_compare(draft, browser):
    assert browser.get("/lanzhu/documents/QP-01/compare/").status_code == 404
