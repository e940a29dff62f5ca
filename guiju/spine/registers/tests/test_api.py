"""The API of the registers, as a program meets it."""

import json
from base64 import urlsafe_b64encode
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guiju.modules.documents.models import Document
from guiju.modules.processes.models import Process
from guiju.spine.acts import act
from guiju.spine.registers.tests.programs import Program, reasons
from guiju.spine.trail.models import Head
from guiju.spine.trail.verify import verify


@pytest.fixture
def wei(lanzhu) -> Program:
    return Program(lanzhu.wei)


def made(program: Program, **values) -> dict:
    answer = program.post("documents/", {"title": "Final inspection", **values})
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def test_a_record_is_made_and_says_where_it_is(wei):
    answer = wei.post("documents/", {"title": "Final inspection", "kind": "work_instruction", "text": "Look at every lamp."})
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/api/v1/lanzhu/documents/WI-01/"
    assert answer.headers["ETag"] == '"1"'
    record = wei.get(answer.headers["Location"]).json()
    assert (record["number"], record["state"], record["version"]) == ("WI-01", "draft", 1)
    assert (record["text"], record["revision"], record["in_force"]) == ("Look at every lamp.", "1", None)
    assert record["created_at"].endswith("Z")


def test_what_is_not_given_has_the_forms_own_default(wei):
    assert made(wei)["kind"] == "procedure"


def test_a_number_with_a_slash_stands_escaped_in_an_address(wei):
    answer = wei.post("documents/", {"title": "Old procedure", "number": "QP/7~a"})
    assert answer.headers["Location"] == "/api/v1/lanzhu/documents/QP~17~0a/"
    assert wei.get(answer.headers["Location"]).json()["number"] == "QP/7~a"


def test_one_form_judges_pages_and_api_and_names_every_field(wei):
    answer = wei.post("documents/", {"kind": "song", "due_on": "01.03.2026", "owner": 7, "colour": "red"})
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert reasons(answer) == {
        "title": "required",
        "kind": "invalid_choice",
        "due_on": "type",
        "owner": "type",
        "colour": "unknown",
    }


def test_a_refusal_speaks_the_language_that_is_asked_for_else_the_persons(wei, lanzhu):
    assert "字段" in wei.post("documents/", {}, accept_language="zh-CN").json()["errors"][0]["message"]
    with act(None):
        lanzhu.wei.person.language = "zh-hans"
        lanzhu.wei.person.save()
    answer = wei.post("documents/", {})
    assert answer.headers["Content-Language"] == "zh-Hans"
    assert "字段" in answer.json()["errors"][0]["message"]


def test_the_same_request_under_one_key_makes_one_record(wei, lanzhu):
    file = wei.upload("a.md", b"# A").json()["id"]
    first = wei.post("documents/", {"title": "A", "file": file}, idempotency_key="k")
    again = wei.post("documents/", {"title": "A", "file": file}, idempotency_key="k")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert wei.post("documents/", {"title": "B"}, idempotency_key="k").status_code == 409
    with act(lanzhu.organization, lanzhu.wei):
        assert Document.objects.count() == 1


def test_a_change_needs_the_version_that_was_read(wei):
    made(wei)
    assert wei.patch("documents/QP-01/", {"title": "B"}).status_code == 428
    answer = wei.patch("documents/QP-01/", {"title": "B"}, 1)
    assert (answer.status_code, answer.headers["ETag"], answer.json()["title"]) == (200, '"2"', "B")
    assert wei.patch("documents/QP-01/", {"title": "C"}, 1).status_code == 412
    assert wei.get("documents/QP-01/").json()["title"] == "B"


def test_a_change_keeps_what_is_absent_and_clears_what_is_null(wei):
    made(wei, due_on="2026-12-01", text="one")
    changed = wei.patch("documents/QP-01/", {"due_on": None}, 1).json()
    assert (changed["due_on"], changed["text"], changed["title"]) == (None, "one", "Final inspection")


def test_a_file_is_sent_first_then_named_by_its_id_and_taken_away_by_null(wei):
    sent = wei.upload("check.md", b"# Check\n").json()
    assert (sent["name"], sent["size"]) == ("check.md", 8)
    record = made(wei, file=sent["id"])
    assert record["file"] == sent
    answer = wei.get(f"documents/QP-01/files/{sent['id']}/")
    assert b"".join(answer.streaming_content) == b"# Check\n"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert wei.patch("documents/QP-01/", {"file": None}, record["version"]).json()["file"] is None


def test_an_owner_who_has_left_does_not_stand_against_another_field(wei, lanzhu):
    made(wei, owner=str(lanzhu.tang.id))
    with act(lanzhu.organization, lanzhu.wei):
        membership = lanzhu.tang.person.memberships.get()
        membership.active = False
        membership.save()
    assert wei.patch("documents/QP-01/", {"title": "B"}, 1).status_code == 200


def test_a_step_answers_what_is_missing(wei, lanzhu):
    made(wei)
    answer = wei.post("documents/QP-01/submit/", {"reviewers": [str(lanzhu.min.id)]})
    assert (answer.status_code, answer.json()["missing"]) == (409, ["A text or a file is missing"])
    assert wei.patch("documents/QP-01/", {"text": "Look."}, 1).status_code == 200
    answer = wei.post("documents/QP-01/submit/", {"reviewers": "min"})
    assert (answer.status_code, reasons(answer)) == (422, {"reviewers": "type"})
    answer = wei.post("documents/QP-01/submit/", {"reviewers": [str(lanzhu.min.id)]}, if_match='"2"')
    assert (answer.status_code, answer.json()["state"]) == (200, "in_review")
    assert wei.post("documents/QP-01/return/", {}).status_code == 422
    assert wei.post("documents/QP-01/return/", {"reason": "too short"}).json()["state"] == "draft"


def test_a_signed_step_needs_a_person(wei, lanzhu):
    made(wei, text="Look.")
    wei.post("documents/QP-01/submit/", {"reviewers": [str(lanzhu.min.id)]})
    answer = Program(lanzhu.min).post("documents/QP-01/review/", {"password": "bamboo-lamp-42"})
    assert answer.status_code == 403
    assert "needs a person" in answer.json()["detail"]
    doors = {door["name"]: door for door in Program(lanzhu.min).get("documents/QP-01/").json()["doors"]}
    assert doors["review"]["signed"] and not doors["review"]["open"]
    assert doors["return"]["open"]


def test_a_list_is_paged_to_its_end_without_gap_or_double(wei):
    numbers = [made(wei, title=f"Document {n}")["number"] for n in range(7)]
    for order in ("", "&sort=title", "&sort=-title"):
        seen, after = [], ""
        while after is not None:
            page = wei.get(f"documents/?limit=3&after={after}{order}").json()
            seen += [item["number"] for item in page["items"]]
            after = page["next"]
        assert sorted(seen) == numbers


def test_a_list_is_narrowed_by_fields_view_and_words(wei, lanzhu):
    made(wei, title="Lamps", kind="policy")
    made(wei, title="Chargers", owner=str(lanzhu.min.id))

    def titles(query: str) -> list[str]:
        return [item["title"] for item in wei.get(f"documents/?{query}").json()["items"]]

    assert titles("kind=policy") == ["Lamps"]
    assert titles(f"owner={lanzhu.min.id}") == ["Chargers"]
    assert titles("q=lamp") == ["Lamps"]
    assert titles("view=in_force") == []
    assert titles("state=draft&sort=title") == ["Chargers", "Lamps"]


@pytest.mark.parametrize(
    "query",
    [
        "colour=red",
        "state=lost",
        "sort=text",
        "limit=x",
        "limit=0",
        "limit=-1",
        "limit=201",
        "limit=100000000000000000000",
        "q=%D6%CA",
        "after=zz",
        "owner=me",
        "view=x",
        "q=%00",
    ],
)
def test_a_question_that_a_list_does_not_know_is_refused(wei, query):
    assert wei.get(f"documents/?{query}").status_code == 422


@pytest.mark.parametrize("key", ["[]", '["xx", 5]', '[5, "0"]', "{}", "[" * 3000])
def test_a_key_that_no_list_ever_gave_is_refused(wei, key):
    after = urlsafe_b64encode(key.encode()).decode().rstrip("=")
    assert wei.get(f"documents/?after={after}").status_code == 422


@pytest.mark.parametrize(
    ("column", "value"), [("due_on", 5), ("due_on", "soon"), ("due_on", []), ("due_on", {}), ("title", None)]
)
def test_a_key_with_a_value_that_a_column_cannot_have_is_refused(wei, column, value):
    after = urlsafe_b64encode(json.dumps([value, str(UUID(int=0))]).encode()).decode()
    assert wei.get(f"documents/?sort={column}&after={after}").status_code == 422


@pytest.mark.parametrize("sort", ["due_on", "-due_on"])
def test_an_order_by_a_column_shows_every_record_those_without_a_value_last(wei, sort):
    dates = ["2027-03-01", None, "2027-01-01", None, "2027-02-01"]
    for n, due_on in enumerate(dates):
        wei.post("documents/", {"title": f"D{n}", "kind": "form", "language": "en", "due_on": due_on})
    seen, after = [], ""
    while True:
        page = wei.get(f"documents/?sort={sort}&limit=2&after={after}").json()
        seen += [item["due_on"] for item in page["items"]]
        after = page["next"]
        if not after:
            break
    valued = sorted((d for d in dates if d), reverse=sort.startswith("-"))
    assert seen == [*valued, None, None]


def test_records_and_lists_look_back(wei):
    before = "2020-01-01T00:00:00Z"
    made(wei, text="one")
    then = wei.get("documents/QP-01/history/").json()["items"][0]["at"]
    wei.patch("documents/QP-01/", {"title": "Renamed", "text": "two"}, 1)
    assert wei.get("documents/QP-01/").json()["text"] == "two"
    past = wei.get(f"documents/QP-01/?as_of={then}").json()
    assert (past["title"], past["text"]) == ("Final inspection", "one")
    assert wei.get(f"documents/?as_of={then}").json()["items"][0]["title"] == "Final inspection"
    assert wei.get(f"documents/?as_of={before}").json()["items"] == []
    assert wei.get(f"documents/QP-01/?as_of={before}").status_code == 404
    assert wei.get("documents/?as_of=yesterday").status_code == 422
    assert wei.post(f"documents/?as_of={then}", {"title": "x"}).status_code == 422


def test_history_tells_who_changed_what(wei, lanzhu):
    made(wei)
    wei.patch("documents/QP-01/", {"title": "Renamed"}, 1)
    page = wei.get("documents/QP-01/history/?limit=1").json()
    newest = page["items"][0]
    assert (newest["action"], newest["actor"]) == ("change", str(lanzhu.wei.id))
    assert newest["changes"] == [
        {"name": "title", "field": "Title", "before": "Final inspection", "after": "Renamed", "extent": "", "lengths": None}
    ]
    assert wei.get(f"documents/QP-01/history/?after={page['next']}").json()["items"][0]["action"] == "create"


def test_comments_are_added_and_listed(wei):
    made(wei)
    assert wei.post("documents/QP-01/comments/", {"text": "Which lamps?"}).status_code == 201
    assert reasons(wei.post("documents/QP-01/comments/", {"text": ""})) == {"text": "required"}
    assert [c["text"] for c in wei.get("documents/QP-01/comments/").json()["items"]] == ["Which lamps?"]


def test_a_plain_register_has_the_same_operations(wei, lanzhu):
    concluded = {"conclusion": "achieves", "conclusion_text": "It does.", "period_end": "2026-06-30"}
    answer = wei.post("evaluations/", {"title": "Half a year", "owner": str(lanzhu.wei.id), **concluded})
    assert (answer.status_code, answer.json()["state"]) == (201, None)
    changed = wei.patch(answer.headers["Location"], {"conclusion": "partly"}, 1)
    assert changed.json()["conclusion"] == "partly"


def test_a_token_has_no_more_rights_than_its_scope_and_its_person(wei, lanzhu):
    made(wei)
    reader = Program(lanzhu.wei, "documents.view")
    assert reader.get("documents/").status_code == 200
    assert reader.post("documents/", {"title": "x"}).status_code == 403
    assert reader.upload("a.md", b"a").status_code == 403
    assert reader.get("processes/").status_code == 403
    with act(lanzhu.organization, lanzhu.wei):
        grant = lanzhu.wei.person.memberships.get().grants.get()
        grant.active = False
        grant.save()
    assert reader.get("documents/").status_code == 403


def test_without_a_valid_token_nothing_is_said(wei):
    made(wei)
    for header in ("", "Bearer", "Bearer guiju_wrong", "Basic d2VpOng=", f"Bearer {wei.secret}x"):
        answer = wei.get("documents/QP-01/", authorization=header)
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_create_takes_at_most_18_statements_and_one_commit(wei):
    made(wei)
    with CaptureQueriesContext(connection) as asked:
        assert wei.post("documents/", {"title": "B", "text": "b"}, idempotency_key="k").status_code == 201
    commands = [query["sql"].split()[0] for query in asked.captured_queries]
    assert len(commands) <= 18, "\n".join(query["sql"][:120] for query in asked.captured_queries)
    assert commands.count("RELEASE") + commands.count("COMMIT") == 1


def test_a_list_takes_at_most_8_statements_whatever_its_length(wei):
    for n in range(12):
        made(wei, title=f"Document {n}")
    with CaptureQueriesContext(connection) as asked:
        assert len(wei.get("documents/?limit=50").json()["items"]) == 12
    assert len(asked) <= 8


def test_what_the_api_wrote_stands_on_a_trail_that_verifies(wei, lanzhu):
    made(wei, text="Look.", file=wei.upload("a.md", b"a").json()["id"])
    wei.patch("documents/QP-01/", {"title": "B"}, 1)
    wei.post("documents/QP-01/submit/", {"reviewers": [str(lanzhu.min.id)]})
    assert list(verify()) == []


def test_what_is_refused_writes_nothing(wei, lanzhu):
    made(wei)
    with act(lanzhu.organization, lanzhu.wei):
        before = list(Head.everywhere.values_list("chain", "length"))
        wei.patch("documents/QP-01/", {"title": ""}, 1)
        wei.patch("documents/QP-01/", {"title": "B"}, 7)
        wei.post("documents/", {"title": "B", "number": "QP-01"})
        wei.post("documents/QP-01/approve/", {})
        assert list(Head.everywhere.values_list("chain", "length")) == before
        assert (Document.objects.count(), Process.objects.count()) == (1, 0)
