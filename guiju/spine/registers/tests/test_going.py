"""Going anywhere by typing: what is offered, to whom, in which order."""

import re
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guiju.modules.documents import services
from guiju.modules.processes.models import Process
from guiju.organizations.models import Role
from guiju.spine.acts import act
from guiju.spine.registers import going, saved
from guiju.spine.registers.declaration import Register, by_key

LINE = re.compile(r'<a class="gj-go-line"[^>]* href="([^"]*)".*?</a>', re.DOTALL)


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def wei(lanzhu) -> Client:
    return signed_in(lanzhu.wei)


def draft(lanzhu: SimpleNamespace, title: str, **more):
    with act(lanzhu.organization, lanzhu.wei):
        return services.draft({"title": title, "kind": "procedure", "language": "en", "text": "Torque.", **more})


def page(client: Client, q: str = "", **more: str) -> str:
    answer = client.get(f"/lanzhu/go/?{urlencode({'q': q, **more})}")
    assert answer.status_code == 200
    return answer.content.decode()


def lines(client: Client, q: str = "", **more: str) -> list[str]:
    """Where the lines lead, in their order."""
    return [url.replace("&amp;", "&") for url in LINE.findall(page(client, q, **more))]


def test_before_anything_is_typed_it_says_what_can_be_and_offers_pages_and_actions(wei):
    shown = page(wei)
    assert "Type a number" in shown
    offered = lines(wei)
    assert offered[:3] == ["/lanzhu/", "/lanzhu/work/", "/lanzhu/notices/"]
    assert {"/account/", "/lanzhu/people/", "/lanzhu/people/settings/", "/lanzhu/documents/new/"} <= set(offered)


@pytest.mark.parametrize("q", ["Documents", "doc", "DOC", "文件", "documents", "7.5", "document 7.5"])
def test_a_register_is_found_by_its_name_in_either_language_its_key_and_its_clause(wei, q):
    assert lines(wei, q)[0] == "/lanzhu/documents/"


@pytest.mark.parametrize("q", ["new document", "doc new", "新建文件", "new"])
def test_what_can_be_made_is_found_by_its_name(wei, q):
    assert "/lanzhu/documents/new/" in lines(wei, q)


@pytest.mark.parametrize(
    ("q", "url"), [("notic", "/lanzhu/notices/"), ("设置", "/lanzhu/people/settings/"), ("invite", "/lanzhu/people/invite/")]
)
def test_pages_of_the_frame_are_found_by_their_names(wei, q, url):
    assert url in lines(wei, q)


def test_a_word_is_found_by_its_beginning_not_by_its_middle(wei):
    assert "/lanzhu/documents/" not in lines(wei, "cuments")


def test_a_whole_number_leads_to_its_record_first(wei, lanzhu):
    for n in range(3):
        draft(lanzhu, f"Not QP-02, number {n}")
    assert lines(wei, "qp-02")[0] == "/lanzhu/documents/QP-02/"


def test_a_record_is_found_by_its_title_with_its_state(wei, lanzhu):
    draft(lanzhu, "Final inspection")
    assert "/lanzhu/documents/QP-01/" in lines(wei, "inspec")
    assert "Draft" in page(wei, "inspec")


def test_words_inside_a_record_do_not_lead_to_it_but_the_search_is_offered(wei, lanzhu):
    draft(lanzhu, "Final inspection")
    assert lines(wei, "torque") == ["/lanzhu/search/?q=torque"]
    assert "also looks inside files" in page(wei, "torque")


def test_at_most_eight_records_are_offered(wei, lanzhu):
    for n in range(going.MOST + 3):
        draft(lanzhu, f"Lamp {n}")
    assert len([url for url in lines(wei, "lamp") if url.startswith("/lanzhu/documents/QP-")]) == going.MOST


def test_registers_and_actions_without_the_right_are_not_offered(lanzhu):
    draft(lanzhu, "Lamp")
    with act(lanzhu.organization):
        role = Role.objects.get(key="own-tang")
        role.actions = ["processes.view"]
        role.save()
    tang = signed_in(lanzhu.tang)
    assert lines(tang, "documents") == ["/lanzhu/search/?q=documents"]
    assert "/lanzhu/documents/QP-01/" not in lines(tang, "lamp") + lines(tang, "QP-01")
    assert not {"/lanzhu/processes/new/", "/lanzhu/people/", "/lanzhu/people/roles/", "/lanzhu/people/settings/"} & set(
        lines(tang)
    )


def test_nothing_of_another_organization_is_offered(wei, lanzhu, other):
    with act(other.organization, other.eve):
        Process(title="Lamp elsewhere").save()
    assert lines(wei, "lamp") == ["/lanzhu/search/?q=lamp"]
    assert "elsewhere" not in page(wei, "PR-01")
    assert wei.get("/other/go/?q=lamp").status_code == 404


def test_what_a_person_may_not_see_within_a_register_is_not_offered(wei, lanzhu, monkeypatch):
    draft(lanzhu, "Lamp")
    monkeypatch.setattr(Register, "rows", lambda self, actor: self.model.objects.none())
    assert lines(wei, "lamp") == ["/lanzhu/search/?q=lamp"]


def test_views_of_ones_own_are_offered_and_those_of_others_are_not(wei, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        saved.keep(by_key("documents"), "My drafts", {"state": "draft"})
    assert "/lanzhu/documents/?state=draft" in lines(wei, "my dr")
    assert "/lanzhu/documents/?state=draft" not in lines(signed_in(lanzhu.min), "my dr")


def test_looking_back_shows_what_was_and_offers_nothing_to_do(lanzhu):
    draft(lanzhu, "Old lamp")
    then = timezone.now() + timedelta(days=2)
    with time_machine.travel(then + timedelta(days=1)):
        draft(lanzhu, "New lamp")
        as_of = then.strftime("%Y-%m-%dT%H:%M")
        offered = lines(signed_in(lanzhu.wei), "lamp", as_of=as_of)
        assert offered[0].startswith("/lanzhu/documents/QP-01/?as_of=")
        assert not [url for url in offered if "QP-02" in url]
        assert not [url for url in lines(signed_in(lanzhu.wei), "document", as_of=as_of) if "/new/" in url or "import" in url]


@pytest.mark.parametrize("q", ["\x00", "'; DROP TABLE x; --", '"', "%_*", "x" * 5000, "。，", "<script>alert(1)</script>", "𠮷"])
def test_whatever_is_typed_is_answered(wei, q):
    shown = page(wei, q)
    assert "<script" not in shown


def test_the_list_is_one_for_screen_readers(wei, lanzhu):
    shown = page(wei, "document")
    assert shown.count('role="listbox"') == 1
    ids = re.findall(r'role="option" id="(go-\d+)"', shown)
    assert ids == [f"go-{n}" for n in range(len(ids))]
    assert re.search(r'data-said="\d+ results?"', shown)


def test_a_page_outside_of_an_organization_has_no_dialog(wei):
    assert 'id="go"' in wei.get("/lanzhu/").content.decode()
    assert 'id="go"' not in wei.get("/account/").content.decode()


def test_it_takes_as_many_statements_for_many_records_as_for_one(wei, lanzhu, django_assert_max_num_queries):
    for n in range(30):
        draft(lanzhu, f"Lamp {n}")
    wei.get("/lanzhu/")
    with django_assert_max_num_queries(10):
        page(wei, "lamp")


def test_people_are_found_by_a_part_of_their_name_by_who_may_see_people(wei, lanzhu):
    tang = signed_in(lanzhu.tang)
    address = f"/lanzhu/people/{lanzhu.min.id}/"
    assert address in lines(wei, "Zhou")
    assert address not in lines(tang, "Zhou")
    assert address in wei.get("/lanzhu/search/?q=Zhou").content.decode()
    assert address not in tang.get("/lanzhu/search/?q=Zhou").content.decode()
