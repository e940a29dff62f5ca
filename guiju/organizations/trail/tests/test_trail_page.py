"""The page of the audit trail: who may open it, what it lists, and what a check says."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.confidential import insiders
from guiju.modules.documents.models import Document
from guiju.organizations.trail import checks, listing, said
from guiju.organizations.trail.models import TrailCheck
from guiju.spine.acts import act
from guiju.spine.jobs.runs import RunState
from guiju.spine.notices.models import Notice
from guiju.spine.registers.tests.programs import Program
from guiju.spine.trail.models import Entry
from guiju.spine.trail.verify import parts

PAGE = "/lanzhu/trail/"


@pytest.fixture
def auditor(lanzhu: SimpleNamespace):
    return join(lanzhu.organization, make_person("hu", "Hu Yan"), "documents.view", "trail.verify")


@pytest.fixture
def document(lanzhu: SimpleNamespace) -> Document:
    with act(lanzhu.organization, lanzhu.wei):
        return services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})


def opened(member, path: str = PAGE) -> str:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(member.person)
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def checked(member) -> TrailCheck:
    """A check that a member asks for and the worker does."""
    with act(member.organization, member):
        made = checks.ask()
    with act(member.organization):
        checks.check_trail.func({"organization": str(member.organization.pk), "actor": ""}, str(made.pk))
        return TrailCheck.objects.get(pk=made.pk)


def alter(sql: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [getattr(one, "hex", one) if connection.vendor == "sqlite" else one for one in params])


def test_without_the_right_there_is_neither_page_nor_check(lanzhu):
    client = Client()
    client.force_login(lanzhu.tang.person)
    assert client.get(PAGE).status_code == 403
    assert client.post(f"{PAGE}checks/").status_code == 403
    assert Program(lanzhu.tang).get("trail/").status_code == 403


def test_an_entry_says_who_what_when_and_leads_to_its_record(auditor, document):
    page = opened(auditor)
    assert "Chen Wei entered it." in page
    assert f'href="/lanzhu/documents/{document.number}/"' in page


def test_a_row_beside_a_record_leads_to_that_record(auditor, document):
    with act(auditor.organization, auditor):
        (entry,) = said.told(listing.page(listing.Chosen(about="documents.revision"))[0])
    assert (entry.about.number, entry.sentence) == (document.number, "Revision: entered")


def test_of_a_confidential_document_nothing_is_said_to_those_who_may_not_see_it(auditor, lanzhu, document):
    with act(lanzhu.organization, lanzhu.wei):
        insiders.set_confidential(document, True, [], "Pay scales of Zhao")
    page = opened(auditor)
    assert "a record that you may not see" in page
    assert "Ageing" not in page and document.number not in page and "Pay scales" not in page
    rows = Program(auditor).get("trail/").json()["items"]
    assert [one["number"] for one in rows if one["kind"].startswith("documents.")] == [""] * len(
        [one for one in rows if one["kind"].startswith("documents.")]
    )


def test_entries_are_filtered_by_person_register_and_day(auditor, lanzhu, document):
    with act(auditor.organization, auditor) as acting:
        today = acting.today()
        wei, kinds = str(lanzhu.wei.id), listing.fitting(listing.Chosen(about="documents"))
        assert {entry.actor for entry in listing.fitting(listing.Chosen(person=wei))} == {lanzhu.wei.id}
        assert {entry.kind for entry in kinds} == {"documents.document"}
        assert listing.fitting(listing.Chosen(since=today)).count() == Entry.objects.count()
        assert not listing.fitting(listing.Chosen(since=today + timedelta(days=2))).exists()
        assert not listing.fitting(listing.Chosen(until=today - timedelta(days=2))).exists()


def test_the_list_goes_on_below_the_last_entry_of_a_page(auditor, document):
    with act(auditor.organization, auditor):
        everything = list(Entry.objects.order_by("-sequence").values_list("sequence", flat=True))
        first, key = listing.page(listing.Chosen(limit=2))
        second, _key = listing.page(listing.Chosen(limit=2, before=int(key)))
    assert [moment.sequence for moment in (*first, *second)] == everything[:4]


@pytest.mark.parametrize("words", ["person=x", "about=nothing", "since=31.1.2026", "until=9999-12-31", "after=-1"])
def test_what_cannot_be_asked_is_refused(auditor, words):
    client = Client()
    client.force_login(auditor.person)
    assert 400 <= client.get(f"{PAGE}?{words}").status_code < 500


def test_a_check_that_finds_nothing_says_up_to_which_entry_and_what_is_signed(auditor, document):
    made = checked(auditor)
    assert (made.state, made.findings, made.part) == (RunState.FINISHED, 0, made.parts)
    assert made.head_entries == made.entries > 0
    assert made.head_digest == made.digest
    page = opened(auditor)
    assert f"The trail is whole up to entry {made.entries}" in page
    assert made.fingerprint in page and made.head_digest in page


def test_that_a_check_was_asked_for_and_how_it_ended_are_entries(auditor):
    made = checked(auditor)
    with act(auditor.organization, auditor):
        newest = said.told(listing.page(listing.Chosen(limit=2))[0])
    assert [one.sentence for one in newest] == [
        f"The audit trail was checked up to entry {made.entries}. Findings: 0.",
        "Hu Yan had the audit trail checked.",
    ]


def test_a_record_that_was_altered_is_named_without_its_values(auditor, document):
    alter("UPDATE documents_document SET title = %s WHERE id = %s", "Secretly", document.pk)
    made = checked(auditor)
    page = opened(auditor)
    assert made.findings >= 1
    assert "Altered" in page and f'href="/lanzhu/documents/{document.number}/"' in page and "is not as the trail says" in page
    assert "Secretly" not in str(made.found)
    with act(auditor.organization, auditor):
        assert Notice.objects.filter(person=auditor.id).exists()


def test_a_check_names_nothing_of_another_organization(auditor, other):
    alter("UPDATE organizations_role SET name = %s WHERE organization_id = %s", "Elsewhere", other.organization.pk)
    assert checked(auditor).findings == 0


def test_what_two_ask_for_at_once_is_one_check(auditor, lanzhu):
    with act(auditor.organization, auditor):
        first = checks.ask()
    with act(lanzhu.organization, lanzhu.wei):
        assert checks.ask().pk == first.pk


def test_a_program_asks_for_a_check_and_reads_it(auditor):
    program = Program(auditor)
    asked = program.post("trail/checks/", {})
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    with act(auditor.organization):
        checks.check_trail.func({"organization": str(auditor.organization.pk), "actor": ""}, asked.json()["id"])
    told = program.get(f"trail/checks/{asked.json()['id']}/").json()
    assert (told["state"], told["count"], told["findings"]) == ("finished", 0, [])
    assert program.get("trail/checks/").json()["items"] == [told]


def test_as_many_statements_however_many_entries(auditor, lanzhu, document):
    def taken() -> int:
        with CaptureQueriesContext(connection) as queries:
            opened(auditor)
        return len(queries)

    opened(auditor)
    before = taken()
    with act(lanzhu.organization, lanzhu.wei):
        for n in range(12):
            services.draft({"title": f"Lamp {n}", "kind": "procedure", "language": "en", "text": "x"})
    assert taken() <= before


def test_it_stands_in_the_menu_and_is_found_by_typing(auditor):
    page = opened(auditor)
    assert f'<a href="{PAGE}" aria-current="page">' in page
    assert PAGE in opened(auditor, "/lanzhu/go/?q=%E5%AE%A1%E8%AE%A1")
    assert PAGE in opened(auditor, "/lanzhu/go/?q=trail")


def test_everything_on_the_trail_has_a_name_in_every_part(lanzhu):
    with act(lanzhu.organization):
        assert len({str(part.name) for part in parts(of=lanzhu.organization.pk)}) > 20
