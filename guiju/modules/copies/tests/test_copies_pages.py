"""The pages of paper copies: what they list, what they ask, what they refuse."""

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.conftest import join, make_person
from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents import services as documents
from guiju.modules.documents.confidential import insiders
from guiju.organizations.models import Department, Membership
from guiju.spine.acts import act

BASE = "/lanzhu/documents/QP-01/"


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def wei(team) -> Client:
    return signed_in(team.wei)


def body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def rows(page: str) -> list[str]:
    """The lines of the table, without markup."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in table.split("</tr>") if line.strip()]


def issue_values(page: str, **values) -> dict:
    kept = {"token": hidden(page, "token"), "version": hidden(page, "version")}
    return kept | {"places": "Line 2, board", "each": "1", "reason": "No screen there"} | values


def test_from_the_page_of_the_document_to_the_printed_copy(in_force, wei, team):
    assert f'href="{BASE}copies/issue/"' in body(wei.get(BASE))
    page = body(wei.get(f"{BASE}copies/issue/"))
    answer = wei.post(f"{BASE}copies/issue/", issue_values(page, people=[str(team.tang.id)]), follow=True)
    found = body(answer)
    assert "Copies 1, 2 are given out" in found
    assert [line.split(" Revision")[0] for line in rows(found)] == [
        "No. 1 Tang Li No screen there",
        "No. 2 Line 2, board No screen there",
    ]
    asked = re.search(r'href="(/lanzhu/documents/QP-01/print/\?part=copy-2)"', found)
    assert asked is not None
    choose = body(wei.get(asked[1]))
    assert "Controlled copy no. 2, Line 2, board, issued on" in choose
    answer = wei.get(f"{BASE}print/copy-2.pdf?language=en")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="QP-01-copy-2.pdf"'


def test_who_holds_which_stands_on_the_page_of_the_document(in_force, give, team):
    give(in_force, team.tang.person, "Line 2")
    page = body(signed_in(team.tang).get(BASE))
    assert "Tang Li, revision 1" in page and "Line 2, revision 1" in page and "2 out" in page
    assert "copies/issue/" not in page


def test_a_double_click_gives_out_once(in_force, wei, team):
    page = body(wei.get(f"{BASE}copies/issue/"))
    for _click in range(2):
        assert wei.post(f"{BASE}copies/issue/", issue_values(page)).headers["Location"] == f"{BASE}copies/"
    with act(team.organization, team.wei):
        assert PaperCopy.objects.count() == 1


def test_a_stale_form_says_what_came_into_force_and_keeps_what_was_typed(in_force, revise, wei, team):
    page = body(wei.get(f"{BASE}copies/issue/"))
    revise(in_force)
    answer = wei.post(f"{BASE}copies/issue/", issue_values(page))
    assert answer.status_code == 422
    assert "Meanwhile revision 2 came into force" in body(answer) and "Line 2, board" in body(answer)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"each": "0"}, "greater than or equal to 1"),
        ({"each": "10000"}, "less than or equal to 20"),
        ({"each": ""}, "required"),
        ({"places": " \n "}, "a member, or a place"),
        ({"places": "x" * 90}, "at most 60 characters"),
        ({"reason": ""}, "required"),
        ({"places": "a\x00b"}, "U+0000"),
        ({"people": ["019aaaaa-0000-7000-8000-000000000000"]}, "not one of the available choices"),
        ({"token": "x" * 4000, "reason": ""}, "required"),
    ],
)
def test_bad_input_is_named_and_nothing_is_given_out(in_force, wei, team, values, words):
    page = body(wei.get(f"{BASE}copies/issue/"))
    answer = wei.post(f"{BASE}copies/issue/", issue_values(page, **values))
    assert answer.status_code == 422
    assert words in body(answer)
    with act(team.organization, team.wei):
        assert not PaperCopy.objects.exists()


def test_a_draft_has_no_page_to_give_it_out(draft, wei):
    assert wei.get(f"{BASE}copies/issue/").status_code == 409
    assert "copies/issue/" not in body(wei.get(BASE))


def test_what_is_to_be_called_back_stands_above_all_and_is_ticked(in_force, give, revise, wei):
    give(in_force, "Line 2", "Line 3")
    revise(in_force)
    give(in_force, "Line 4")
    page = body(wei.get(BASE))
    assert "2 paper copies are to be called back." in page and f'href="{BASE}copies/end/?recall=1"' in page
    form = body(wei.get(f"{BASE}copies/end/?recall=1"))
    ticked = re.findall(r'<input[^>]*name="copies" value="(\d+)"[^>]*checked', form)
    assert ticked == ["1", "2"] and 'value="3"' in form


def test_they_end_on_the_page_and_a_second_click_does_nothing(in_force, give, revise, wei, team):
    give(in_force, "Line 2", "Line 3")
    revise(in_force)
    form = body(wei.get(f"{BASE}copies/end/?recall=1"))
    values = {"token": hidden(form, "token"), "version": hidden(form, "version"), "copies": ["1", "2"], "how": "destroyed"}
    for _click in range(2):
        assert wei.post(f"{BASE}copies/end/", values | {"again": "on"}).status_code == 302
    with act(team.organization, team.wei):
        assert [(one.number, one.how) for one in PaperCopy.objects.order_by("number")] == [
            (1, "destroyed"),
            (2, "destroyed"),
            (3, ""),
            (4, ""),
        ]


def test_a_copy_that_ended_meanwhile_is_named(in_force, give, finish, wei):
    give(in_force, "Line 2", "Line 3")
    form = body(wei.get(f"{BASE}copies/end/?copy=1"))
    finish(in_force, "returned", 1)
    answer = wei.post(f"{BASE}copies/end/", {"token": hidden(form, "token"), "copies": ["1"], "how": "lost", "words": "x"})
    assert answer.status_code == 422
    assert "Copy 1 is not out any more" in body(answer)


def test_a_lost_copy_asks_for_a_word_on_the_page(in_force, give, wei):
    give(in_force, "Line 2")
    answer = wei.post(f"{BASE}copies/end/", {"copies": ["1"], "how": "lost"})
    assert answer.status_code == 422 and "where it was last" in body(answer)


def test_whoever_may_only_read_sees_who_holds_them_and_changes_nothing(in_force, give, team):
    give(in_force, "Line 2")
    tang = signed_in(team.tang)
    assert rows(body(tang.get(f"{BASE}copies/"))) and rows(body(tang.get("/lanzhu/copies/")))
    for path in ("issue", "end"):
        assert tang.get(f"{BASE}copies/{path}/").status_code == 403
        assert tang.post(f"{BASE}copies/{path}/", {"copies": ["1"], "how": "returned"}).status_code == 403
    assert tang.get(f"{BASE}print/copy-1.pdf").status_code == 403
    assert tang.get(f"{BASE}print/?part=copy-1").status_code == 403


@pytest.mark.parametrize("part", ["copy-7", "copy-", "copy", "cow-1", "-1", "copy-99999999999", "1-1"])
def test_there_is_nothing_to_print_under_other_words(in_force, give, wei, part):
    give(in_force, "Line 2")
    assert wei.get(f"{BASE}print/{part}.pdf").status_code == 404
    assert wei.get(f"{BASE}print/?part={part}").status_code == 404


def test_the_list_of_all_shows_what_is_to_be_called_back_first(in_force, give, revise, wei, team, approve):
    with act(team.organization, team.wei):
        second = documents.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Hot."})
    approve(second)
    give(in_force, "Line 2")
    give(second, "Line 3")
    revise(second)
    page = body(wei.get("/lanzhu/copies/"))
    assert [line.split(" No.")[0] for line in rows(page)] == ["QP-02 Soldering", "QP-01 Ageing"]
    assert "revision 2 is in force" in page


def test_pages_of_the_list_follow_each_other_without_a_gap(in_force, give, revise, wei):
    give(in_force, *(f"Early {n}" for n in range(40)))
    revise(in_force)
    give(in_force, *(f"Late {n}" for n in range(30)))
    first = body(wei.get("/lanzhu/copies/"))
    following = re.search(r'href="([^"]+)" rel="next"', first)
    assert following is not None
    second = body(wei.get(following[1].replace("&amp;", "&")))
    numbers = [int(re.search(r"No\. (\d+)", line)[1]) for line in rows(first) + rows(second)]
    assert numbers == list(range(1, 71))


def test_the_list_is_narrowed_by_holder_department_and_words(in_force, give, wei, team):
    with act(team.organization, team.wei):
        department = Department(name="Production")
        department.save()
        membership = Membership.objects.get(person=team.tang.id)
        membership.department = department
        membership.save()
    give(in_force, team.tang.person, team.hua.person, "Line 2")

    def shown(query: str) -> list[str]:
        return [re.search(r"No\. \d+ (\w+ \w+)", line)[1] for line in rows(body(wei.get(f"/lanzhu/copies/?{query}")))]

    assert sorted(shown("")) == ["Lin Hua", "Line 2", "Tang Li"]
    assert shown(f"holder={team.hua.id}") == ["Lin Hua"]
    assert shown("holder=place") == ["Line 2"]
    assert shown(f"department={department.pk}") == ["Tang Li"]
    assert shown("q=line") == ["Line 2"]


def test_what_ended_stands_under_lost_and_all(in_force, give, finish, wei):
    give(in_force, "Line 2", "Line 3", "Line 4")
    finish(in_force, "lost", 1, words="Gone since May")
    finish(in_force, "returned", 2)
    count = {view: len(rows(body(wei.get(f"/lanzhu/copies/?view={view}")))) for view in ("out", "recall", "lost", "all")}
    assert count == {"out": 1, "recall": 0, "lost": 1, "all": 3}
    assert "Gone since May" in body(wei.get("/lanzhu/copies/?view=lost"))


@pytest.mark.parametrize(
    "query", ["view=never", "holder=x", "department=1", "after=1", "q=%00", "after=019aaaaa-0000-7000-8000-000000000000"]
)
def test_a_query_that_asks_for_nothing_there_is_refused(in_force, wei, query):
    assert wei.get(f"/lanzhu/copies/?{query}").status_code == 422


def test_the_list_leaves_as_a_file(in_force, give, wei, team):
    give(in_force, team.tang.person, "=Line 2")
    text = body(wei.get("/lanzhu/copies/export.csv"))
    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert lines[0][:5] == ["Number", "Title", "Copy", "Revision", "Holder"]
    assert [line[2] for line in lines[1:]] == ["1", "2"] and lines[1][4] == "Tang Li"
    assert wei.get("/lanzhu/copies/export.xlsx").headers["Content-Type"].endswith("sheet")


def test_copies_of_what_is_hidden_are_not_there(in_force, give, team):
    give(in_force, team.hua.person)
    with act(team.organization, team.wei):
        insiders.set_confidential(in_force, True, [team.hua.person], "Recipe")
    tang, hua = signed_in(team.tang), signed_in(team.hua)
    assert rows(body(tang.get("/lanzhu/copies/"))) == []
    assert "Lin Hua" not in body(tang.get("/lanzhu/copies/")) and "Lin Hua" not in body(tang.get("/lanzhu/copies/export.csv"))
    assert tang.get(f"{BASE}copies/").status_code == 404
    assert len(rows(body(hua.get("/lanzhu/copies/")))) == 1


def test_a_confidential_document_offers_only_those_who_may_see_it_and_warns_of_places(in_force, wei, team):
    with act(team.organization, team.wei):
        insiders.set_confidential(in_force, True, [team.hua.person], "Recipe")
    page = body(wei.get(f"{BASE}copies/issue/"))
    assert "Lin Hua" in page and "Tang Li" not in page
    assert "whoever comes to a place can read it there" in page
    answer = wei.post(f"{BASE}copies/issue/", issue_values(page))
    assert answer.status_code == 422 and "Say that nobody comes to these places" in body(answer)
    assert wei.post(f"{BASE}copies/issue/", issue_values(page, shielded="on")).status_code == 302


def test_a_step_says_how_many_copies_it_calls_back(in_force, give, wei):
    give(in_force, "Line 2")
    assert "1 paper copy is out and will be called back" in body(wei.get(f"{BASE}withdraw/"))


def test_the_list_is_linked_from_the_documents(in_force, wei):
    assert 'href="/lanzhu/copies/"' in body(wei.get("/lanzhu/documents/"))


def test_what_is_asked_stands_in_ones_work(in_force, give, take, team):
    give(in_force, "Line 2", who=team.min)
    take(in_force, "withdraw", team.wei, reason="x")
    assert "Call back the paper copies of Ageing" in body(signed_in(team.min).get("/lanzhu/work/"))


def test_whoever_is_asked_without_the_right_can_say_what_became_of_them_and_give_out_none(in_force, give, take, team):
    reader = join(team.organization, make_person("once", "Once Keeper"), "documents.view", "documents.distribute")
    give(in_force, "Line 2", who=reader)
    with act(team.organization, team.wei):
        row = in_force.newest().document
        row.owner = team.tang.person
        row.save()
        membership = Membership.objects.get(person=reader.id)
        membership.active = False
        membership.save()
    take(in_force, "withdraw", team.min, reason="x")
    tang = signed_in(team.tang)
    form = body(tang.get(f"{BASE}copies/end/?recall=1"))
    assert 'name="again"' not in form
    assert tang.post(f"{BASE}copies/end/", {"copies": ["1"], "how": "returned"}).status_code == 302
    assert tang.get(f"{BASE}copies/issue/").status_code == 403


def test_the_pages_take_as_many_statements_however_many_copies_are_out(in_force, give, revise, wei, team):
    pages, taken = ("/lanzhu/copies/?view=all", f"{BASE}copies/", BASE, "/lanzhu/copies/export.csv"), []
    for n in (2, 20):
        give(in_force, team.tang.person, *(f"Line {place}" for place in range(n)))
        revise(in_force)
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert wei.get(page).status_code == 200
            counts.append(len(queries))
        taken.append(counts)
    assert all(late <= early for early, late in zip(*taken, strict=True)), taken
