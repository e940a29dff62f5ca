"""Paper copies by the API: given out, listed, ended, printed, with the refusals of the pages."""

import io

import pypdfium2
import pytest

from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.spine.acts import act
from guiju.spine.prints import making
from guiju.spine.prints.models import PrintRun
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.verify import verify

HERE = "documents/QP-01/copies/"


@pytest.fixture
def wei(team, in_force) -> Program:
    return Program(team.wei)


def held(answer) -> list[tuple]:
    """(number, holder, state) of the copies that were answered."""
    return [(one["copy"], one["place"] or one["person"]["name"], one["state"]) for one in answer.json()["items"]]


def test_copies_are_given_out_to_people_and_places(wei, team):
    given = wei.post(HERE, {"people": [str(team.tang.id)], "places": "Line 2\nLine 3", "each": 2, "reason": "No screen"})
    assert given.status_code == 201
    names = ["Tang Li"] * 2 + ["Line 2"] * 2 + ["Line 3"] * 2
    assert held(given) == [(number, name, "out") for number, name in enumerate(names, 1)]
    assert wei.get(HERE).json()["items"] == given.json()["items"] == wei.get("copies/").json()["items"]
    first = given.json()["items"][0]
    assert (first["document"], first["revision"], first["issued_by"]["name"]) == ("QP-01", "1", "Chen Wei")
    assert list(verify()) == []


def test_each_gets_one_where_nothing_else_is_said(wei):
    assert held(wei.post(HERE, {"places": "Line 2", "reason": "No screen"})) == [(1, "Line 2", "out")]


def test_what_is_sent_again_under_one_key_gives_nothing_out_twice(wei, team):
    content = {"places": "Line 2\nLine 3", "reason": "No screen"}
    first, again = (wei.post(HERE, content, idempotency_key="k") for _ in range(2))
    assert (again.status_code, again.json()) == (201, first.json())
    assert wei.post(HERE, content | {"each": 2}, idempotency_key="k").status_code == 409
    with act(team.organization, team.wei):
        assert PaperCopy.objects.count() == 2


def test_what_does_not_fit_is_said_field_by_field(wei):
    assert reasons(wei.post(HERE, {"places": "Line 2", "each": 0, "lamp": 1})) == {
        "each": "min_value",
        "reason": "required",
        "lamp": "unknown",
    }
    assert reasons(wei.post(HERE, {"reason": "x"})) == {"people": "refused"}
    assert reasons(wei.post(f"{HERE}end/", {"copies": ["1"], "how": "sold"})) == {"copies": "type", "how": "invalid_choice"}
    assert reasons(wei.post(f"{HERE}end/", {"copies": [7, 10**30], "how": "returned"})) == {"copies": "refused"}


def test_copies_end_and_their_holders_get_new_ones(wei, give, in_force, revise):
    give(in_force, "Line 2", "Line 3")
    revise(in_force)
    assert held(wei.get("copies/?view=recall")) == [(1, "Line 2", "recall"), (2, "Line 3", "recall")]
    assert wei.get("copies/").json()["items"][0]["why"] == "revision 2 is in force"
    content = {"copies": [1], "how": "returned", "again": True}
    ended, sent_again = (wei.post(f"{HERE}end/", content, idempotency_key="k") for _ in range(2))
    assert held(ended) == [(1, "Line 2", "returned"), (3, "Line 2", "out")]
    assert sent_again.json() == ended.json()
    old, new = ended.json()["items"]
    assert (old["ended_by"]["name"], new["instead_of"], new["revision"]) == ("Chen Wei", old["id"], "2")
    assert wei.post(f"{HERE}end/", content).status_code == 409
    assert reasons(wei.post(f"{HERE}end/", {"copies": [2], "how": "lost"})) == {"words": "refused"}
    assert held(wei.get(HERE)) == [(2, "Line 3", "recall"), (3, "Line 2", "out"), (1, "Line 2", "returned")]


def test_the_list_is_narrowed_and_read_in_pages(wei, give, in_force, team):
    give(in_force, team.tang.person, "Line 2", "Line 3")
    assert held(wei.get(f"copies/?holder={team.tang.id}")) == [(1, "Tang Li", "out")]
    assert held(wei.get("copies/?q=line 3")) == [(3, "Line 3", "out")]
    page = wei.get("copies/?limit=2")
    assert held(page) == [(1, "Tang Li", "out"), (2, "Line 2", "out")]
    assert held(wei.get(f"copies/?limit=2&after={page.json()['next']}")) == [(3, "Line 3", "out")]
    for query in ("view=old", "holder=x", "department=x", "after=x", "limit=0", "colour=red", "q=%00"):
        assert wei.get(f"copies/?{query}").status_code == 422


def test_a_copy_is_printed_as_long_as_it_holds(wei, give, in_force, revise):
    give(in_force, "Line 2")
    answer = wei.get(f"{HERE}1/print/?language=en")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    pdf = pypdfium2.PdfDocument(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Controlled copy no. 1, Line 2" in pdf[0].get_textpage().get_text_range()
    for missing in ("7", "99999999999999999999"):
        assert wei.get(f"{HERE}{missing}/print/").status_code == 404
    assert wei.get(f"{HERE}1/print/?colour=red").status_code == 422
    revise(in_force)
    refused = wei.get(f"{HERE}1/print/")
    assert refused.status_code == 409
    assert refused.json()["detail"] == "Copy 1, of revision 1, is to be called back, not printed again."


def test_a_print_that_takes_long_is_fetched_where_the_answer_says(wei, give, in_force, team, monkeypatch):
    give(in_force, "Line 2")
    monkeypatch.setattr(making, "is_slow", lambda sheet: True)
    answer = wei.get(f"{HERE}1/print/")
    assert answer.status_code == 202
    with act(team.organization, team.wei):
        run = PrintRun.objects.get()
    assert answer.headers["Location"] == f"/api/v1/lanzhu/documents/QP-01/print/{run.pk}/"
    assert wei.get(answer.headers["Location"]).json() == {"id": str(run.pk), "state": "waiting"}


def test_without_the_right_to_distribute_nothing_is_given_ended_or_printed(wei, give, in_force, team, other):
    give(in_force, "Line 2")
    for program in (Program(team.tang), Program(team.wei, "documents.view")):
        assert held(program.get(HERE)) == held(program.get("copies/")) == [(1, "Line 2", "out")]
        for path in (HERE, f"{HERE}end/"):
            assert program.post(path, {}).status_code == 403
        assert program.get(f"{HERE}1/print/").status_code == 403
    for eve in (Program(other.eve), Program(other.eve, slug="lanzhu")):
        for path in (HERE, f"{HERE}1/print/"):
            assert eve.get(path).status_code == 404
    assert Program(other.eve).get("copies/").json()["items"] == []
    assert reasons(wei.post(HERE, {"people": [str(other.eve.id)], "reason": "x"})) == {"people": "invalid_choice"}


def test_copies_of_a_confidential_document_are_only_for_those_who_see_it(wei, give, in_force, team):
    give(in_force, "Line 2")
    with act(team.organization, team.wei):
        insiders.set_confidential(Document.objects.get(), True, [], "x")
    hua = Program(team.hua)
    assert hua.get(HERE).status_code == 404 and hua.get("copies/").json()["items"] == []
    assert reasons(wei.post(HERE, {"people": [str(team.hua.id)], "reason": "x"})) == {"people": "refused"}
    assert reasons(wei.post(HERE, {"places": "Safe", "reason": "x"})) == {"shielded": "refused"}
    assert wei.post(HERE, {"places": "Safe", "shielded": True, "reason": "x"}).status_code == 201
