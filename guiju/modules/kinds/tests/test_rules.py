"""What an organization sets for a kind holds from then on: numbers, people, days, and what a new one begins with."""

import pytest
from django.test import Client

from guiju.conftest import join, make_person
from guiju.modules.documents import services as documents
from guiju.modules.kinds.models import Kind
from guiju.modules.kinds.services import add_field, end_field, prefixes, rule, rules, set_prefix, set_rule
from guiju.organizations.models import Department
from guiju.spine.acts import NotPermitted, Refused, act
from guiju.spine.trail.models import Entry


def drafted(**more):
    return documents.draft({"title": "T", "kind": "procedure", "language": "en", "text": "x", **more})


@pytest.fixture
def assembly(as_wei) -> Department:
    department = Department(name="Assembly")
    department.save()
    return department


def test_without_a_rule_the_defaults_hold(as_wei):
    assert (rule("procedure").prefix, rule("procedure").reviewers, rule("procedure").lead_days) == ("QP", 1, 0)
    assert len(rules()) == 10


def test_a_kind_is_numbered_as_the_organization_says(as_wei):
    set_rule("procedure", {"prefix": "LZ-P", "width": 4})
    assert drafted().number == "LZ-P-0001"


def test_a_department_can_number_its_own(assembly):
    set_prefix("procedure", assembly, "AS-P")
    assert [drafted(department=assembly).number, drafted().number, drafted(department=assembly).number] == [
        "AS-P-01",
        "QP-01",
        "AS-P-02",
    ]


def test_an_ended_prefix_numbers_nothing_more_and_its_numbers_are_never_given_again(assembly):
    set_prefix("procedure", assembly, "AS-P")
    drafted(department=assembly)
    set_prefix("procedure", assembly, "")
    assert prefixes("procedure") == [] and drafted(department=assembly).number == "QP-01"
    set_prefix("procedure", assembly, "AS-P")
    assert drafted(department=assembly).number == "AS-P-02"


def test_two_kinds_never_share_a_prefix(assembly):
    with pytest.raises(Refused, match="WI is used already"):
        set_rule("procedure", {"prefix": "WI"})
    with pytest.raises(Refused, match="used already"):
        set_prefix("procedure", assembly, "QP")


def test_a_rule_is_set_by_whoever_has_the_right_and_is_on_the_trail(as_wei, lanzhu):
    set_rule("procedure", {"review_months": 24}, reason="as agreed")
    assert Entry.objects.filter(kind="kinds.kindrule").count() == 1
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(NotPermitted):
        set_rule("procedure", {"review_months": 12})


STRICT = {"reviewers": 2, "approvers": 2, "lead_days": 14, "review_months": 24, "retain_years": 10, "confidential": True}


@pytest.mark.parametrize(
    ("lower", "higher"),
    [
        ({"reviewers": 1}, {"reviewers": 3}),
        ({"approvers": 1}, {"approvers": 3}),
        ({"lead_days": 0}, {"lead_days": 30}),
        ({"review_months": 36}, {"review_months": 12}),
        ({"review_months": 0}, {"review_months": 1}),
        ({"retain_years": 5}, {"retain_years": 0}),
        ({"confidential": False}, {"confidential": True}),
    ],
)
def test_what_asks_less_than_before_needs_a_reason_and_what_asks_more_needs_none(as_wei, lower, higher):
    set_rule("procedure", STRICT, reason="begun")
    with pytest.raises(Refused, match="asks less than before"):
        set_rule("procedure", lower)
    set_rule("procedure", higher)
    set_rule("procedure", STRICT | lower, reason="as the customer agreed")
    assert Entry.objects.filter(kind="kinds.kindrule").count() in (3, 4)


def test_a_kind_without_a_review_interval_says_so(browser):
    warning = "No review interval"
    assert browser.get("/lanzhu/kinds/").content.decode().count(warning) == len(Kind) - 1, "records are not reviewed"
    assert "has no review interval" in browser.get("/lanzhu/kinds/procedure/").content.decode()
    browser.post("/lanzhu/kinds/procedure/", AS_IT_IS | {"review_months": 24})
    assert "has no review interval" not in browser.get("/lanzhu/kinds/procedure/").content.decode()
    assert browser.get("/lanzhu/kinds/").content.decode().count(warning) == len(Kind) - 2


AS_IT_IS = {"prefix": "QP", "width": 2, "reviewers": 1, "approvers": 1, "lead_days": 0, "retain_years": 0, "template": ""}


def test_a_field_keeps_its_name_within_and_is_never_asked_twice(as_wei):
    made = add_field("form", {"label": "Retention place", "type": "text"})
    assert made.key == "retention_place"
    with pytest.raises(Refused, match="of this name already"):
        add_field("form", {"label": "Retention place"})
    documents.draft({"title": "x", "kind": "form", "language": "en", "more": {made.key: "Shelf 3"}})
    end_field("form", made.key)
    assert add_field("form", {"label": "Retention place"}).key == "retention_place_2"


@pytest.fixture
def browser(lanzhu) -> Client:
    client = Client()
    client.force_login(lanzhu.wei.person)
    return client


def test_the_page_says_what_holds_and_changes_it(browser):
    assert "1 reviewer, 1 approval" in browser.get("/lanzhu/kinds/").content.decode()
    shown = browser.get("/lanzhu/kinds/procedure/").content.decode()
    assert 'value="QP"' in shown
    sent = {
        "prefix": "QP",
        "width": 3,
        "reviewers": 2,
        "approvers": 1,
        "lead_days": 14,
        "review_months": 24,
        "retain_years": 10,
        "template": "# Purpose",
    }
    refused = browser.post("/lanzhu/kinds/procedure/", sent)
    assert (
        refused.status_code == 422
        and "This asks less than before: keep for years after it went out of force. Say why." in refused.content.decode()
    )
    assert browser.post("/lanzhu/kinds/procedure/", sent | {"reason": "Product liability"}).status_code == 302
    assert "Reason: Product liability" in browser.get("/lanzhu/kinds/procedure/").content.decode()
    listed = browser.get("/lanzhu/kinds/").content.decode()
    assert "2 reviewers, 1 approval, 14 days for reading, reviewed every 24 months, kept 10 years" in listed
    assert "# Purpose" in browser.get("/lanzhu/documents/new/").content.decode()


def test_bad_rules_come_back_with_a_sentence(browser):
    answer = browser.post("/lanzhu/kinds/procedure/", {"prefix": "WI", "width": 99, "approvers": 0})
    assert answer.status_code == 422 and 'value="99"' in answer.content.decode()


def test_an_unknown_kind_is_not_there(browser):
    assert browser.get("/lanzhu/kinds/poem/").status_code == 404


def test_rules_are_not_shown_to_those_without_the_right(lanzhu):
    client = Client()
    client.force_login(join(lanzhu.organization, make_person("anna", "Anna"), "documents.view").person)
    assert client.get("/lanzhu/kinds/").status_code == 403
    assert "/lanzhu/kinds/" not in client.get("/lanzhu/documents/").content.decode()
