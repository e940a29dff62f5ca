"""The pages of keeping: what they list, what they ask, what they refuse."""

import json
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.confidential import insiders
from guiju.modules.keeping import holds
from guiju.modules.keeping.models import Disposal, Hold
from guiju.modules.keeping.tests.conftest import SECRET
from guiju.modules.readings.models import Briefing
from guiju.organizations import tokens
from guiju.spine.acts import act, write

PASSWORD = "bamboo-lamp-42"
OUTSIDER = ("documents.view", "documents.hold", "disposals.view")


@pytest.fixture
def wei(team) -> Client:
    return signed_in(team.wei)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


def body(answer) -> str:
    return answer.content.decode()


def test_what_may_go_is_listed_and_can_be_put_on_a_list(due, wei, team):
    page = body(wei.get("/lanzhu/keeping/"))
    assert "QP-01" in page and 'formaction="/lanzhu/keeping/propose/"' in page
    assert "QP-01" in body(wei.get("/lanzhu/keeping/propose/?number=QP-01"))
    answer = wei.post("/lanzhu/keeping/propose/", {"title": "Old ones", "numbers": "QP-01", "note": ""})
    assert answer.headers["Location"] == "/lanzhu/disposals/DC-2026-01/"


def test_each_view_holds_what_it_says(due, draft, wei, team):
    with act(team.organization, team.wei):
        holds.put([draft], "x")
    assert {view: (due.number in page, draft.number in page) for view, page in pages(wei).items()} == {
        "due": (True, False),
        "kept": (False, False),
        "held": (False, True),
        "gone": (False, False),
        "all": (True, True),
    }


def pages(client: Client) -> dict[str, str]:
    return {view: body(client.get(f"/lanzhu/keeping/?view={view}")) for view in ("due", "kept", "held", "gone", "all")}


def test_what_is_too_young_is_kept(due, clock, wei):
    clock.move_to("2024-01-01T04:00:00+00:00")
    assert [view for view, page in pages(wei).items() if "QP-01" in page] == ["kept", "all"]


def test_all_that_fit_a_filter_are_held_at_once(due, draft, wei, team):
    asked = body(wei.get("/lanzhu/keeping/hold/?view=all&all=1"))
    assert "QP-01" in asked and "QP-02" in asked
    wei.post("/lanzhu/keeping/hold/", {"numbers": "QP-01\r\nQP-02", "reason": "Inquiry"})
    with act(team.organization, team.wei):
        assert Hold.objects.filter(reason="Inquiry").count() == 2


@pytest.mark.parametrize("query", ["?view=never", "?kind=spell", "?after=1", "?q=%00"])
def test_a_query_that_asks_for_nothing_there_is_refused(due, wei, query):
    assert wei.get(f"/lanzhu/keeping/{query}").status_code == 422


def test_unknown_numbers_are_named(due, wei):
    answer = wei.post("/lanzhu/keeping/propose/", {"title": "x", "numbers": "QP-01\nQP-77"})
    assert answer.status_code == 422
    assert "There is no document of this number: QP-77" in body(answer)


def test_a_document_of_another_organization_is_not_there(due, other, wei, team):
    with act(other.organization, other.eve):
        from_other = make_other()
    answer = wei.post("/lanzhu/keeping/hold/", {"numbers": from_other, "reason": "x"})
    assert answer.status_code == 422
    assert f"no document of this number: {from_other}" in body(answer)


def make_other() -> str:
    return services.draft({"title": "x", "kind": "form", "language": "en", "text": "x"}).number


def test_reasons_against_a_document_stand_on_the_form(due, draft, wei):
    answer = wei.post("/lanzhu/keeping/propose/", {"title": "x", "numbers": f"QP-01\n{draft.number}"})
    assert answer.status_code == 422
    assert f"{draft.number} is not out of force." in body(answer)


def test_a_hold_stands_on_the_page_of_its_document_and_is_released_there(due, wei, team):
    wei.post("/lanzhu/documents/QP-01/hold/", {"reason": "Complaint of Lamp Co."})
    page = body(wei.get("/lanzhu/documents/QP-01/"))
    assert "Complaint of Lamp Co." in page
    with act(team.organization, team.wei):
        hold = Hold.objects.get()
    wei.post(f"/lanzhu/documents/QP-01/hold/{hold.pk}/release/", {"reason": "Settled"})
    with act(team.organization, team.wei):
        assert Hold.objects.get().release_reason == "Settled"


def test_whoever_may_only_read_can_neither_hold_nor_list(due, team):
    tang = signed_in(team.tang)
    page = body(tang.get("/lanzhu/keeping/"))
    assert "formaction" not in page
    for path in ("keeping/hold/", "keeping/propose/", "documents/QP-01/hold/"):
        assert tang.get(f"/lanzhu/{path}").status_code == 403, path
        assert tang.post(f"/lanzhu/{path}", {"numbers": "QP-01", "reason": "x", "title": "x"}).status_code == 403, path


def test_two_people_sign_on_the_page_and_the_door_says_why_not_to_the_first(due, listed, wei, team):
    listed(due)
    version = version_of(team)
    answer = wei.post("/lanzhu/disposals/DC-2026-01/propose/", {"password": PASSWORD, "version": version})
    assert answer.status_code == 302, body(answer)
    assert "You proposed this list" in body(wei.get("/lanzhu/disposals/DC-2026-01/"))
    minnie = signed_in(team.min)
    answer = minnie.post("/lanzhu/disposals/DC-2026-01/carry_out/", {"password": PASSWORD, "version": version_of(team)})
    assert answer.status_code == 302, body(answer)
    assert SECRET not in body(wei.get("/lanzhu/documents/QP-01/"))


def version_of(team) -> int:
    with act(team.organization, team.wei):
        return Disposal.objects.get().version


def test_the_page_of_what_is_gone_says_when_by_whom_and_under_which_certificate(disposed, wei):
    page = body(wei.get("/lanzhu/documents/QP-01/"))
    assert "Disposed of" in page and "Chen Wei / Zhou Min" in page and "/lanzhu/disposals/DC-2026-01/" in page
    assert SECRET not in page


def test_what_it_was_printed_for_goes_with_it(due, listed, go, wei, team):
    wei.post("/lanzhu/documents/QP-01/print/1.pdf", {"language": "en", "reason": f"For {SECRET}"})
    assert f"For {SECRET}" in body(wei.get("/lanzhu/documents/QP-01/history/"))
    go(go(listed(due), "propose", team.wei), "carry_out", team.min)
    told = body(wei.get("/lanzhu/documents/QP-01/history/"))
    assert "Chen Wei printed revision" in told and SECRET not in told


def test_what_was_changed_and_what_readers_were_told_goes_with_it(due, listed, go, wei, team):
    with act(team.organization, team.wei):
        revision = due.newest()
        for words in (f"{SECRET} once", f"{SECRET} twice", f"{SECRET} " * 99):
            revision.changes = words
            write(lambda: (revision.save(), due.save()))
        Briefing(revision=revision, reason=SECRET, question=SECRET).save(action="brief_minor", reason=SECRET)
    told = body(wei.get("/lanzhu/documents/QP-01/history/"))
    assert f"{SECRET} once" in told and "1 paragraph changed" in told and f"Reason: {SECRET}" in told
    go(go(listed(due), "propose", team.wei), "carry_out", team.min)
    told = body(wei.get("/lanzhu/documents/QP-01/history/"))
    assert "a minor change" in told and SECRET not in told and "1 paragraph changed" not in told


def test_what_is_gone_is_not_copied_and_goes_to_nobody(disposed, wei):
    page = body(wei.get("/lanzhu/documents/QP-01/"))
    assert "?from=QP-01" not in page and "Who has read it" not in page
    assert "<h1><bdi>QP-01 (erased)</bdi></h1>" in page


def test_the_certificate_says_what_was_erased_and_what_could_not_be(disposed, wei):
    page = body(wei.get("/lanzhu/disposals/DC-2026-01/"))
    said = ("Certificate of destruction", "Any SHA-256 program", "What was erased", "What this could not reach")
    assert [page.index(words) for words in said] == sorted(page.index(words) for words in said)


def test_a_list_that_is_not_carried_out_is_no_certificate(due, listed, wei):
    listed(due)
    page = body(wei.get("/lanzhu/disposals/DC-2026-01/"))
    assert "QP-01" in page and "Certificate of destruction" not in page and "What was erased" not in page


def test_no_page_about_it_shows_a_word_or_fails(disposed, wei):
    for path in (
        "documents/",
        "documents/QP-01/",
        "documents/QP-01/history/",
        "documents/QP-01/revision/1/",
        "documents/QP-01/print/",
        "documents/QP-01/?as_of=2020-03-05",
        "documents/QP-01/history/?as_of=2020-03-05",
        "documents/?as_of=2020-03-05",
        "disposals/DC-2026-01/",
        "disposals/DC-2026-01/?as_of=2026-03-02",
        "disposals/DC-2026-01/history/",
        "disposals/DC-2026-01/print/",
        "keeping/?view=gone",
        "search/?q=QP-01",
        "work/",
        "notices/",
        "",
    ):
        answer = wei.get(f"/lanzhu/{path}")
        assert answer.status_code == 200, path
        assert SECRET not in body(answer), path


def test_the_past_says_that_it_was_erased(disposed, wei):
    assert "was erased on" in body(wei.get("/lanzhu/documents/QP-01/?as_of=2020-03-05"))


def test_the_certificate_on_paper_has_digests_and_what_could_not_be_reached(disposed, wei, team):
    answer = wei.get("/lanzhu/disposals/DC-2026-01/print/1.pdf?language=en")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(b"".join(answer.streaming_content))).pages)
    with act(team.organization, team.wei):
        (one,) = disposed.disposal.lines.get().revisions
    assert one["file"][:8] in text and "Certificate of destruction" in text
    assert "What this could not reach" in text and SECRET not in text


def test_the_print_of_what_is_gone_says_so(disposed, wei):
    answer = wei.get("/lanzhu/documents/QP-01/print/1.pdf?language=en")
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(b"".join(answer.streaming_content))).pages)
    assert "Disposed of" in text and SECRET not in text


def test_the_api_lists_a_certificate_with_its_lines_and_takes_no_signature(due, disposed, team):
    with act(team.organization, team.wei):
        _, secret = tokens.make(team.wei, "keeping", ["*"], None)
    client = Client(headers={"authorization": f"Bearer {secret}"})
    found = client.get("/api/v1/lanzhu/disposals/DC-2026-01/").json()
    assert [line["number"] for line in found["lines"]] == ["QP-01"]
    for door in ("propose", "carry_out"):
        assert client.post(f"/api/v1/lanzhu/disposals/DC-2026-01/{door}/").status_code == 403
    assert client.post("/api/v1/lanzhu/documents/QP-01/dispose/").status_code == 404
    wrong = json.dumps({"title": "x", "numbers": "QP-01"})
    answer = client.post("/api/v1/lanzhu/disposals/", wrong, content_type="application/json")
    assert answer.status_code == 409
    assert "disposed of already" in answer.content.decode()


def test_the_pages_take_as_many_statements_however_many_documents(due, withdrawn, wei, clock, django_assert_max_num_queries):
    clock.move_to("2020-03-03T04:00:00+00:00")
    for n in range(4):
        withdrawn(f"more {n}")
    clock.move_to("2026-06-02T04:00:00+00:00")
    wei.get("/lanzhu/keeping/")
    with django_assert_max_num_queries(14):
        wei.get("/lanzhu/keeping/")


def test_a_confidential_document_is_neither_listed_nor_named_to_others(due, listed, team):
    with act(team.organization, team.wei):
        insiders.set_confidential(due, True, [], "Personal")
    disposal = listed(due)
    outsider = join(team.organization, make_person("clerk", "Clerk"), *OUTSIDER)
    client = signed_in(outsider)
    assert "QP-01" not in body(client.get("/lanzhu/keeping/?view=all"))
    answer = client.post("/lanzhu/keeping/hold/", {"numbers": "QP-01", "reason": "x"})
    assert "no document of this number" in body(answer)
    assert SECRET not in body(client.get(f"/lanzhu/disposals/{disposal.number}/"))
