"""Views of one's own: lists kept under a name."""

import re
from types import SimpleNamespace
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client

from guiju.modules.documents import services
from guiju.spine.acts import NoAct, Refused, act
from guiju.spine.registers import saved
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.models import SavedView

LIST = "/lanzhu/documents/"


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def wei(lanzhu) -> Client:
    with act(lanzhu.organization, lanzhu.wei):
        services.draft({"title": "Lamp", "kind": "procedure", "language": "en", "text": "x"})
    return signed_in(lanzhu.wei)


def keep(client: Client, name: str = "My drafts", query: str = "state=draft", at: str = LIST):
    return client.post(f"{at}views/", {"name": name, "query": query})


def kept(lanzhu: SimpleNamespace) -> list[tuple[str, str]]:
    with act(lanzhu.organization, lanzhu.wei):
        return list(SavedView.objects.order_by("id").values_list("name", "query"))


def the_view(lanzhu: SimpleNamespace) -> str:
    """The address of the only view."""
    with act(lanzhu.organization, lanzhu.wei):
        return f"{LIST}views/{SavedView.objects.get().pk}/"


def shown(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def current(page: str) -> list[str]:
    """The views that are marked as the one shown."""
    row = re.search(r'<nav class="gj-views".*?</nav>', page, re.DOTALL)
    assert row
    marked = re.findall(r'<a [^>]*aria-current="page"[^>]*>(.*?)</a>', row[0], re.DOTALL)
    return [re.sub(r"<[^>]+>", "", text).strip() for text in marked]


@pytest.mark.parametrize("query", ["state=draft", "q=lamp", "sort=-number", "view=in_force", "owner=-"])
def test_a_list_that_is_narrowed_or_sorted_can_be_kept(wei, query):
    assert "Save this view" in shown(wei, f"{LIST}?{query}")


def test_a_list_as_it_always_is_offers_nothing_to_keep(wei):
    assert "Save this view" not in shown(wei, LIST)
    answer = keep(wei, query="")
    assert answer.status_code == 422 and "nothing to keep" in answer.content.decode()
    assert keep(wei, name="", query="").status_code == 422


def test_a_view_stands_beside_the_declared_ones_and_is_marked_when_it_is_shown(wei):
    answer = keep(wei)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}?state=draft")
    page = shown(wei, f"{LIST}?state=draft")
    assert current(page) == ["My drafts"]
    assert "Change this view" in page and "Save this view" not in page
    assert current(shown(wei, LIST)) == ["All"]
    assert "My drafts" in shown(wei, LIST)


def test_a_view_is_the_same_whatever_the_order_of_its_words_and_on_every_page_of_it(wei):
    keep(wei, query="sort=-number&state=draft&q= lamp ")
    assert current(shown(wei, f"{LIST}?q=lamp&state=draft&sort=-number")) == ["My drafts"]
    assert current(shown(wei, f"{LIST}?q=lamp&state=draft")) == ["All"]


def test_neither_the_page_nor_the_past_nor_unknown_words_are_kept(wei, lanzhu):
    keep(wei, query="after=x&as_of=2020-01-01T00:00&limit=5&nonsense=1&state=draft&sort=number")
    assert kept(lanzhu) == [("My drafts", "state=draft&sort=number")]


@pytest.mark.parametrize(
    "query",
    [
        "state=nope",
        "owner=nope",
        "sort=nope",
        "view=nope",
        "q=%00",
        "q=%FF",
        "process=' or 1=1 --",
        "q=" + "x" * 5000,
        "q=" + "文" * 600,
    ],
)
def test_what_the_list_cannot_answer_is_not_kept(wei, lanzhu, query):
    answer = keep(wei, query=query)
    assert answer.status_code == 422
    assert re.search(r"\w+ \w+ \w+", re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]))
    assert kept(lanzhu) == []


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "a\nb", "a\x00b", "x" * 61])
def test_a_name_that_cannot_be_read_is_refused_beside_what_was_typed(wei, lanzhu, name):
    answer = keep(wei, name=name)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="view_name_error"' in page and "<details" in page and "Lamp" in page
    assert kept(lanzhu) == []


@pytest.mark.parametrize("name", ["My drafts", "my DRAFTS"])
def test_a_name_is_used_once(wei, lanzhu, name):
    keep(wei)
    answer = keep(wei, name, "state=approved")
    assert answer.status_code == 422
    assert "already. Choose another name" in answer.content.decode()
    assert f'value="{name}"' in answer.content.decode()
    assert kept(lanzhu) == [("My drafts", "state=draft")]


def test_a_form_sent_twice_keeps_one_view(wei, lanzhu):
    assert [keep(wei).status_code for _ in range(2)] == [302, 302]
    assert len(kept(lanzhu)) == 1


def test_the_same_name_may_stand_in_another_register(wei):
    keep(wei)
    assert keep(wei, query="kind=core", at="/lanzhu/processes/").status_code == 302
    assert current(shown(wei, "/lanzhu/processes/?kind=core")) == ["My drafts"]


def test_a_list_is_kept_under_one_name_and_a_second_is_offered_as_the_new_one(wei, lanzhu):
    keep(wei)
    answer = keep(wei, "Another")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "You keep this list already, as “My drafts”." in page
    assert 'id="view_renamed"' in page and 'value="Another"' in page
    assert len(kept(lanzhu)) == 1


def test_there_are_at_most_twenty(wei, lanzhu):
    for n in range(saved.MOST):
        assert keep(wei, f"View {n}", f"q={n}").status_code == 302
    answer = keep(wei, "One more", "q=more")
    assert answer.status_code == 422
    assert "You have 20 views here" in answer.content.decode()
    assert len(kept(lanzhu)) == saved.MOST


def test_a_view_is_renamed(wei, lanzhu):
    keep(wei)
    assert wei.post(the_view(lanzhu), {"name": "Drafts"}).status_code == 302
    assert kept(lanzhu) == [("Drafts", "state=draft")]


def test_a_view_may_be_renamed_in_its_letters_only_but_not_to_the_name_of_another(wei, lanzhu):
    keep(wei)
    view = the_view(lanzhu)
    assert wei.post(view, {"name": "MY DRAFTS"}).status_code == 302
    keep(wei, "Approved", "state=approved")
    answer = wei.post(view, {"name": "approved"})
    assert answer.status_code == 422
    assert "already. Choose another name" in answer.content.decode()
    assert current(answer.content.decode()) == ["MY DRAFTS"]


def test_a_view_is_removed(wei, lanzhu):
    keep(wei)
    answer = wei.post(f"{the_view(lanzhu)}remove/")
    assert (answer.status_code, answer.headers["Location"]) == (302, LIST)
    assert kept(lanzhu) == []


def test_only_its_owner_sees_renames_and_removes_a_view(wei, lanzhu):
    keep(wei)
    view, colleague = the_view(lanzhu), signed_in(lanzhu.min)
    assert "My drafts" not in shown(colleague, f"{LIST}?state=draft")
    assert colleague.post(view, {"name": "Taken"}).status_code == 404
    assert colleague.post(f"{view}remove/").status_code == 404
    assert kept(lanzhu) == [("My drafts", "state=draft")]
    assert keep(colleague).status_code == 302


def test_a_view_stays_in_its_organization(wei, lanzhu, other):
    keep(wei)
    pk = the_view(lanzhu).split("/")[-2]
    assert signed_in(other.eve).post(f"/other/documents/views/{pk}/remove/").status_code == 404
    assert signed_in(other.eve).post(f"/lanzhu/documents/views/{pk}/remove/").status_code == 404
    with act(other.organization, other.eve):
        assert not SavedView.objects.exists()
    with pytest.raises(NoAct):
        list(SavedView.objects.all())


def test_a_view_of_another_register_is_not_found(wei, lanzhu):
    keep(wei)
    assert wei.post(the_view(lanzhu).replace("documents", "processes"), {"name": "x"}).status_code == 404
    assert wei.post(f"{LIST}views/{uuid4()}/", {"name": "x"}).status_code == 404


def test_without_the_right_to_the_register_nothing_is_kept(wei, lanzhu):
    assert keep(signed_in(lanzhu.tang)).status_code == 302
    assert keep(signed_in(lanzhu.tang), query="q=x", at="/lanzhu/nothing/").status_code == 404


def test_a_view_of_a_value_that_is_gone_opens_and_finds_nothing(wei, lanzhu):
    gone = urlencode({"owner": uuid4()})
    keep(wei, "Of someone gone", gone)
    page = shown(wei, f"{LIST}?{gone}")
    assert "Nothing fits" in page and current(page) == ["Of someone gone"]


@pytest.mark.parametrize("query", ["state=abolished", "view=abolished", "sort=abolished"])
def test_a_view_of_a_state_view_or_column_that_is_gone_opens_finds_nothing_and_can_be_removed(wei, lanzhu, query):
    with act(lanzhu.organization, lanzhu.wei):
        SavedView(
            organization=lanzhu.organization, person=lanzhu.wei.person, register="documents", name="Old", query=query
        ).save()
    page = shown(wei, f"{LIST}?{query}")
    assert "Nothing fits" in page and current(page) == ["Old"] and "Remove this view" in page
    assert signed_in(lanzhu.min).get(f"{LIST}?{query}").status_code == 422


def test_the_past_has_no_views_and_keeps_none(wei, lanzhu):
    keep(wei)
    shown(wei, LIST)  # which says that it is kept
    assert "My drafts" not in shown(wei, f"{LIST}?state=draft&as_of=2020-01-01T00:00")
    assert wei.post(f"{LIST}views/?as_of=2020-01-01T00:00", {"name": "x", "query": "state=draft"}).status_code == 409


def test_the_address_of_a_sent_form_leads_to_the_list(wei, lanzhu):
    keep(wei)
    assert wei.get(f"{LIST}views/").headers["Location"] == LIST
    assert wei.get(the_view(lanzhu)).headers["Location"] == f"{LIST}?state=draft"
    assert wei.get(f"{the_view(lanzhu)}remove/").headers["Location"] == f"{LIST}?state=draft"


def test_what_is_typed_into_the_filter_can_be_kept_without_loading_the_page(wei):
    answer = wei.get(f"{LIST}?q=lamp", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'id="views" hx-swap-oob="true"' in page and 'name="query" value="q=lamp"' in page
    assert 'id="chips" hx-swap-oob="true"' in page and "<main" not in page


def test_two_windows_that_keep_the_same_name_at_once_are_told_so(as_wei, monkeypatch):
    register = by_key("documents")
    saved.keep(register, "My drafts", {"state": "draft"})
    monkeypatch.setattr(saved, "of", lambda register: [])
    with pytest.raises(Refused, match="already"):
        saved.keep(register, "My drafts", {"state": "approved"})


def test_no_document_can_be_numbered_like_the_address_of_views(wei):
    values = {"title": "x", "kind": "procedure", "language": "en", "text": "x", "number": "views"}
    assert wei.post(f"{LIST}new/", values).status_code == 422


def test_a_name_is_text_and_no_markup(wei):
    keep(wei, name="<b>bold</b>")
    assert "<b>bold</b>" not in shown(wei, LIST)
