"""The pages of reading."""

from datetime import timedelta

import pytest
from django.test import Client

from guiju.modules.documents import services
from guiju.modules.readings.models import Distribution, Reading
from guiju.organizations.models import Role
from guiju.spine.acts import current
from guiju.spine.registers.tests.programs import Program


def browser(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def document(team, as_):
    with as_(team.wei):
        return services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})


@pytest.fixture
def approved(document, take, team):
    """Distributed to Tang by the page, briefed by the page, and approved."""
    wei = browser(team.wei)
    assert wei.post("/lanzhu/documents/QP-01/distribution/", {"people": [str(team.tang.id)]}).status_code == 302
    said = {"weight": "material", "days": 10, "reason": "It is new.", "question": "How long?", "choices": "Two\nFour", "right": 2}
    assert wei.post("/lanzhu/documents/QP-01/briefing/", said).status_code == 302
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min)


def test_a_reader_is_led_to_the_text_answers_and_confirms(approved, team, as_):
    tang = browser(team.tang)
    assert 'href="/lanzhu/documents/QP-01/read/"' in tang.get("/lanzhu/documents/QP-01/").content.decode()
    shown = tang.get("/lanzhu/documents/QP-01/read/").content.decode()
    assert "Four hours." in shown and "It is new." in shown and "How long?" in shown
    wrong = tang.post("/lanzhu/documents/QP-01/read/", {"answer": "0"})
    assert wrong.status_code == 422 and "This is not what the document says." in wrong.content.decode()
    assert tang.post("/lanzhu/documents/QP-01/read/", {"answer": "1"}).status_code == 302
    with as_(team.wei):
        assert Reading.objects.get(person=team.tang.id).confirmed_at is not None
    assert "You have read and confirmed revision 1" in tang.get("/lanzhu/documents/QP-01/").content.decode()


def test_a_reader_sees_from_when_the_text_holds(document, take, team, as_):
    wei = browser(team.wei)
    with as_(team.wei):
        day = current().today() + timedelta(days=30)
    assert wei.post("/lanzhu/documents/QP-01/distribution/", {"people": [str(team.tang.id)]}).status_code == 302
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    take(take(document, "review", team.min), "approve", team.min, effective_on=day)
    shown = browser(team.tang).get("/lanzhu/documents/QP-01/read/").content.decode()
    badge = shown.partition('class="gj-sheet-head"')[2].partition("</div>")[0]
    assert "gj-state--due" in badge and f"from {day.day} {day:%b %Y}" in badge


def test_a_reader_sees_that_the_text_is_in_force(approved, team):
    shown = browser(team.tang).get("/lanzhu/documents/QP-01/read/").content.decode()
    badge = shown.partition('class="gj-sheet-head"')[2].partition("</div>")[0]
    assert "gj-state--done" in badge and "in force since" in badge


def test_an_answer_that_is_none_is_refused(approved, team):
    answer = browser(team.tang).post("/lanzhu/documents/QP-01/read/", {"answer": "7"})
    assert answer.status_code == 422


def test_who_is_not_asked_is_led_back(approved, team):
    answer = browser(team.jun).get("/lanzhu/documents/QP-01/read/")
    assert answer.status_code == 302 and answer["Location"] == "/lanzhu/documents/QP-01/"


def test_who_has_read_is_listed(approved, team):
    shown = browser(team.wei).get("/lanzhu/documents/QP-01/readers/").content.decode()
    assert "Tang Li" in shown and "to be read" in shown and "0 of 1 have confirmed" in shown


@pytest.fixture
def ahead(approved, take, team, as_):
    """Tang has read revision 1, which is in force; revision 2 is approved for a later day."""
    assert browser(team.tang).post("/lanzhu/documents/QP-01/read/", {"answer": "1"}).status_code == 302
    document = take(approved, "revise", team.wei, reason="Six hours")
    with as_(team.wei):
        day = current().today() + timedelta(days=30)
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    return take(take(document, "review", team.min), "approve", team.min, effective_on=day)


def test_who_has_read_the_revision_in_force_is_seen_while_the_next_is_to_be_read(ahead, team):
    wei = browser(team.wei)
    shown = wei.get("/lanzhu/documents/QP-01/readers/").content.decode()
    assert "0 of 1 have confirmed" in shown and "?revision=1" in shown
    assert 'href="../../readers/?revision=1"' in wei.get("/lanzhu/documents/QP-01/revision/1/").content.decode()
    first = wei.get("/lanzhu/documents/QP-01/readers/?revision=1").content.decode()
    assert "1 of 1 have confirmed" in first and "export.csv?revision=1" in first
    file = b"".join(wei.get("/lanzhu/documents/QP-01/readers/export.csv?revision=1").streaming_content).decode()
    assert "confirmed" in file and "to be read" not in file
    answer = Program(team.wei).get("documents/QP-01/readers/?revision=1").json()
    assert [(one["revision"], one["confirmed_at"] is not None) for one in answer["items"]] == [("1", True)]


def test_of_an_earlier_revision_those_are_seen_who_never_read_it(approved, take, team):
    document = take(approved, "revise", team.wei, reason="Six hours")
    document = take(document, "submit", team.wei, reviewers=[team.min.person])
    take(take(document, "review", team.min), "approve", team.min)
    first = browser(team.wei).get("/lanzhu/documents/QP-01/readers/?revision=1").content.decode()
    assert "0 of 1 have confirmed" in first and "no longer asked" in first


@pytest.mark.parametrize("position", ["9", "x", "٣", "99999999999999999999"])
def test_of_a_revision_that_there_is_not_nobody_is_a_reader(approved, team, position):
    assert browser(team.wei).get(f"/lanzhu/documents/QP-01/readers/?revision={position}").status_code == 404


def test_to_whom_it_goes_is_shown_on_the_page(approved, team, as_):
    shown = browser(team.wei).get("/lanzhu/documents/QP-01/").content.decode()
    assert "Goes to" in shown and 'href="/lanzhu/documents/QP-01/distribution/"' in shown
    with as_(team.wei):
        assert Distribution.objects.count() == 1


def test_the_form_shows_what_was_set(document, team, as_):
    wei = browser(team.wei)
    with as_(team.wei):
        role = Role.objects.get(key="own-min")
    wei.post("/lanzhu/documents/QP-01/distribution/", {"everyone": "on", "roles": [str(role.pk)]})
    shown = wei.get("/lanzhu/documents/QP-01/distribution/").content.decode()
    assert shown.count("checked") == 2


def test_without_the_right_nobody_sets_it(document, team):
    assert browser(team.tang).get("/lanzhu/documents/QP-01/distribution/").status_code == 403
    assert (
        browser(team.tang).post("/lanzhu/documents/QP-01/briefing/", {"weight": "minor", "days": 3, "reason": "x"}).status_code
        == 403
    )


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"weight": "minor", "days": 3}, "Say why nobody has to read this change."),
        ({"weight": "material", "days": 3, "question": "?"}, "Say which answer is right."),
        ({"weight": "material", "days": 3, "question": "?", "choices": "one", "right": 1}, "Give two to six answers"),
        (
            {"weight": "material", "days": 3, "question": "?", "choices": "one\ntwo", "right": 3},
            "There is no answer of this number.",
        ),
        ({"weight": "heavy", "days": 0}, "Select a valid choice"),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(document, team, sent, said):
    answer = browser(team.wei).post("/lanzhu/documents/QP-01/briefing/", sent)
    assert answer.status_code == 422 and said in answer.content.decode()
