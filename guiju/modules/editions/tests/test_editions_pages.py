"""The pages of editions: what they list, what they ask, what they refuse."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from guiju.modules.documents import jobs, services
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.modules.editions import asking, checking, watching
from guiju.modules.editions.models import Check, Watch
from guiju.modules.editions.tests.conftest import LEFT, NEWER, in_force, values
from guiju.organizations.models import Membership
from guiju.spine.acts import act

BASE = "/lanzhu/documents/EX-01/"
SENT = {
    "edition": "IEC 60598-1:2020",
    "source": "https://webstore.iec.ch/",
    "months": "6",
    "checked_on": "2026-03-02",
    "next_on": "",
    "version": "0",
}


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.person)
    return client


@pytest.fixture
def wei(house) -> Client:
    return signed_in(house.wei)


@pytest.fixture
def yu(house) -> Client:
    return signed_in(house.yu)


def body(answer) -> str:
    return answer.content.decode()


def sent(house, **more) -> dict[str, str]:
    return SENT | {"watcher": str(house.yu.id)} | more


def version(house) -> str:
    with act(house.organization, house.wei):
        return str(Watch.objects.get().version)


def test_who_watches_is_said_on_a_page_and_shown_on_the_document(standard, house, wei):
    assert "Say who watches it" in body(wei.get(BASE))
    assert wei.post(f"{BASE}edition/", sent(house)).headers["Location"] == BASE
    page = body(wei.get(BASE))
    for words in ("IEC 60598-1:2020", 'href="https://webstore.iec.ch/"', "Yu Yan", "6 months", "Check the edition"):
        assert words in page
    assert "Chen Wei said who looks for newer editions; held is IEC 60598-1:2020." in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("edition", ""),
        ("edition", "x" * 121),
        ("edition", "a\x00b"),
        ("edition", "\u115f"),
        ("source", ""),
        ("months", "0"),
        ("months", "10000"),
        ("months", "-1"),
        ("months", "six"),
        ("checked_on", "2026-03-03"),
        ("checked_on", "yesterday"),
        ("next_on", "2026-03-01"),
        ("watcher", "nobody"),
        ("version", ""),
        ("version", "99"),
    ],
)
def test_a_wrong_value_comes_back_with_a_reason_and_nothing_is_lost(standard, house, wei, field, value):
    answer = wei.post(f"{BASE}edition/", sent(house, **{field: value}))
    assert answer.status_code == 422
    assert field == "source" or "https://webstore.iec.ch/" in body(answer)
    with act(house.organization, house.wei):
        assert not Watch.objects.exists()


def test_a_member_of_another_organization_cannot_be_chosen(standard, house, other, wei):
    assert wei.post(f"{BASE}edition/", sent(house, watcher=str(other.eve.id))).status_code == 422


def test_a_source_that_is_no_address_is_no_link(standard, house, wei):
    wei.post(f"{BASE}edition/", sent(house, source="javascript://example.org/%0aalert(1)"))
    page = body(wei.get(BASE))
    assert "javascript://example.org/%0aalert(1)" in page and 'href="javascript' not in page


def test_a_chosen_day_stands_in_the_form_one_that_follows_does_not(standard, watched, house, wei):
    assert "2026-09-02" not in body(wei.get(f"{BASE}edition/"))
    wei.post(f"{BASE}edition/", sent(house, version=version(house), next_on="2026-05-01"))
    assert 'value="2026-05-01"' in body(wei.get(f"{BASE}edition/"))


def test_of_two_forms_the_second_is_told_and_keeps_what_was_typed(standard, watched, house, wei):
    old = version(house)
    wei.post(f"{BASE}edition/", sent(house, version=old))
    answer = wei.post(f"{BASE}edition/", sent(house, version=old, edition="IEC 60598-1:2021"))
    assert answer.status_code == 422
    assert "Someone else has changed this" in body(answer) and "IEC 60598-1:2021" in body(answer)


def test_that_there_is_none_is_kept_by_one_button(standard, watched, house, yu):
    page = body(yu.get(f"{BASE}edition/check/"))
    assert "Held is IEC 60598-1:2020" in page and "There is none" in page and f"{BASE}edition/newer/" in page
    answer = yu.post(f"{BASE}edition/check/", {"checked_on": "2026-03-02", "note": "Shop", "version": version(house)})
    assert answer.headers["Location"] == BASE
    page = body(yu.get(BASE))
    assert "No newer edition" in page and "Shop" in page


def test_a_newer_edition_is_judged_beside_what_refers_to_the_document(standard, watched, house, yu, take):
    values_ = {"title": "Final test", "kind": "procedure", "text": "By [[EX-01]]."}
    in_force(house, take, values_)
    with act(house.organization, house.wei):
        jobs.read_texts(Document.objects.get(number="QP-01"))
    assert "QP-01 Final test" in body(yu.get(f"{BASE}edition/newer/"))
    answer = yu.post(f"{BASE}edition/newer/", newer(house))
    assert answer.headers["Location"] == BASE, body(answer)
    page = body(yu.get(BASE))
    assert "A newer edition is to be taken over: IEC 60598-1:2024. Held is IEC 60598-1:2020." in page
    assert "The glow wire test is stricter." in page and "to be taken over" in page


def newer(house, **more) -> dict[str, str]:
    return NEWER | {"checked_on": "2026-03-02", "applies_on": "", "reason": "", "version": version(house)} | more


def test_what_may_not_be_seen_is_not_named_among_what_refers_to_it(standard, watched, house, yu, take):
    in_force(house, take, {"title": "Secret lamp", "kind": "procedure", "text": "By [[EX-01]]."})
    with act(house.organization, house.wei):
        document = Document.objects.get(number="QP-01")
        jobs.read_texts(document)
        insiders.set_confidential(document, True, [], "Not yet shown")
    assert "Secret lamp" not in body(yu.get(f"{BASE}edition/newer/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"edition": ""},
        {"edition": "IEC 60598-1:2020"},
        {"impact": ""},
        {"decision": ""},
        {"decision": "perhaps"},
        {"decision": "not_applicable"},
        {"checked_on": "2026-03-03"},
        {"checked_on": "2026-03-01"},
        {"applies_on": "soon"},
        {"version": "77"},
    ],
)
def test_a_newer_edition_said_by_half_comes_back_as_it_was_typed(standard, watched, house, yu, wrong):
    answer = yu.post(f"{BASE}edition/newer/", newer(house, **wrong))
    assert answer.status_code == 422
    assert "impact" in wrong or "The glow wire test is stricter." in body(answer)
    with act(house.organization, house.wei):
        assert not Check.objects.exists()


def test_that_it_does_not_apply_stands_there_with_the_reason(standard, watched, house, yu):
    yu.post(f"{BASE}edition/newer/", newer(house, **LEFT))
    page = body(yu.get(BASE))
    assert "does not apply to us" in page and "We sell nothing with a mains plug." in page


def test_the_watch_ends_on_its_page_with_a_reason(standard, watched, house, wei):
    assert f"{BASE}edition/end/" in body(wei.get(f"{BASE}edition/"))
    assert wei.post(f"{BASE}edition/end/", {"reason": "", "version": version(house)}).status_code == 422
    wei.post(f"{BASE}edition/end/", {"reason": "Sold no more", "version": version(house)})
    page = body(wei.get(BASE))
    assert "Watched until" in page and "Watch it again" in page and "Check the edition" not in page
    assert wei.get(f"{BASE}edition/check/").status_code == 409


def test_a_document_that_was_written_here_says_why_not(draft, wei):
    for tail in ("edition/", "edition/check/", "edition/newer/", "edition/end/"):
        answer = wei.get(f"/lanzhu/documents/QP-01/{tail}")
        assert answer.status_code == 422, tail
        assert "Only external documents have editions to watch" in body(answer)
    assert "Edition held" not in body(wei.get("/lanzhu/documents/QP-01/"))


def test_whoever_may_only_read_sees_who_watches_and_records_nothing(standard, watched, house):
    tang = signed_in(house.tang)
    page = body(tang.get(BASE))
    assert "Yu Yan" in page and "edition/check/" not in page and f'href="{BASE}edition/"' not in page
    for tail in ("edition/", "edition/check/", "edition/newer/", "edition/end/"):
        assert tang.get(f"{BASE}{tail}").status_code == 403, tail
        assert tang.post(f"{BASE}{tail}", newer(house)).status_code == 403, tail


def test_of_a_watcher_who_is_gone_the_page_says_that_the_owner_is_asked(standard, watched, house, wei):
    with act(house.organization, house.wei):
        row = Membership.objects.get(person=house.yu.person)
        row.active = False
        row.save()
    for path in (BASE, "/lanzhu/editions/"):
        assert "cannot look any more; the owner is asked" in body(wei.get(path)), path


# --- The overview ---------------------------------------------------------------------------------------------------


@pytest.fixture
def many(standard, watched, house, take):
    """Three more: one that is due, one that is being taken over, one that nobody watches."""
    for title, said in (("Due", {"checked_on": None}), ("Moving", {}), ("Alone", None)):
        made = in_force(house, take, {"title": title, "kind": "external"})
        with act(house.organization, house.wei):
            if said is not None:
                watching.watch(made, values(house, **said, watcher=house.min.person))
            if title == "Moving":
                checking.record(made, NEWER)


def numbers(client, query="") -> list[str]:
    page = body(client.get(f"/lanzhu/editions/{query}"))
    found = {page.index(f">{number}<"): number for number in ("EX-01", "EX-02", "EX-03", "EX-04") if f">{number}<" in page}
    return [found[place] for place in sorted(found)]


def test_what_is_to_be_checked_first_stands_first(many, wei):
    assert numbers(wei) == ["EX-02", "EX-01", "EX-03"]


def test_each_view_holds_what_it_says(many, wei):
    views = {view: numbers(wei, f"?view={view}") for view in ("due", "moving", "unwatched")}
    assert views == {"due": ["EX-02"], "moving": ["EX-03"], "unwatched": ["EX-04"]}


def test_it_can_be_narrowed_to_who_watches(many, house, wei):
    assert numbers(wei, f"?watcher={house.yu.id}") == ["EX-01"]


@pytest.mark.parametrize("query", [{"view": "never"}, {"watcher": "1"}, {"after": "1"}, {"watcher": "\x00"}])
def test_a_query_that_asks_for_nothing_there_is_refused(many, wei, query):
    assert wei.get(f"/lanzhu/editions/?{urlencode(query)}").status_code == 422


def test_what_is_confidential_is_listed_only_to_those_who_may_see_it(many, house, wei, yu):
    with act(house.organization, house.wei):
        for number in ("EX-02", "EX-04"):
            insiders.set_confidential(Document.objects.get(number=number), True, [], "Licence")
    assert (numbers(yu), numbers(yu, "?view=unwatched")) == (["EX-01", "EX-03"], [])
    assert numbers(wei) == ["EX-02", "EX-01", "EX-03"]


def test_page_after_page_shows_each_once(standard, house, wei, monkeypatch):
    monkeypatch.setattr("guiju.modules.editions.listing.PAGE", 2)
    with act(house.organization, house.wei):
        for n in range(4):
            made = services.draft({"title": f"Law {n}", "kind": "external", "language": "en", "text": "x"})
            watching.watch(made, values(house))
    seen, path = [], "/lanzhu/editions/"
    while path:
        answer = wei.get(path)
        seen += [row["number"] for row in answer.context["rows"]]
        path = answer.context["next_url"]
    assert seen == ["EX-02", "EX-03", "EX-04", "EX-05"]


def test_the_register_of_documents_and_the_jump_lead_to_it(standard, watched, wei):
    assert "/lanzhu/editions/" in body(wei.get("/lanzhu/documents/"))
    assert "/lanzhu/editions/" in body(wei.get("/lanzhu/go/?q=edition"))


def test_the_list_takes_as_many_statements_however_many_are_watched(standard, watched, house, wei, django_assert_max_num_queries):
    wei.get("/lanzhu/editions/")
    with act(house.organization, house.wei):
        for n in range(8):
            made = services.draft({"title": f"Law {n}", "kind": "external", "language": "en", "text": "x"})
            insiders.set_confidential(made, True, [], "x")
            watching.watch(made, values(house))
    with django_assert_max_num_queries(16):
        assert wei.get("/lanzhu/editions/").status_code == 200


def test_the_task_of_who_watches_leads_to_the_document(standard, watched, house, clock):
    clock.move_to("2026-09-01T04:00:00+00:00")
    asking.in_each_organization()
    page = body(signed_in(house.yu).get("/lanzhu/work/"))
    assert "Look whether there is a newer edition of Luminaires" in page and BASE in page
