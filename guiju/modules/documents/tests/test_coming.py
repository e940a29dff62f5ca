"""Dates decide; the entry and the notice only follow (law L16)."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guiju.modules.documents import jobs, services
from guiju.modules.documents.approval import coming
from guiju.modules.documents.models import Document
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import act, current
from guiju.spine.notices.models import Notice
from guiju.spine.signatures.services import Proof
from guiju.spine.trail.models import Entry
from guiju.spine.workflow.perform import perform


@pytest.fixture
def approved_for_tomorrow(lanzhu) -> Document:
    with act(lanzhu.organization, lanzhu.wei):
        document = services.draft({"title": "Ageing", "kind": "procedure", "language": "en", "text": "Four hours."})
        document = perform(document_workflow, document, "submit", inputs={"reviewers": [lanzhu.min.person]})
    with act(lanzhu.organization, lanzhu.min):
        document = perform(document_workflow, document, "review", proof=Proof(lanzhu.min.id, "password"))
        on = current().today() + timedelta(days=1)
        return perform(
            document_workflow, document, "approve", inputs={"effective_on": on}, proof=Proof(lanzhu.min.id, "password")
        )


def state(document: Document) -> str:
    return document_workflow.state_of(document).name


def test_it_is_in_force_on_its_day_without_anybody_doing_anything(approved_for_tomorrow, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        assert state(approved_for_tomorrow) == "approved"
    with time_machine.travel(timezone.now() + timedelta(days=1)), act(lanzhu.organization, lanzhu.wei):
        assert state(approved_for_tomorrow) == "effective"
        assert Document.objects.filter(document_workflow.condition("effective", current().today())).exists()


def test_the_entry_and_the_notice_follow_once(approved_for_tomorrow, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        assert coming.enter() == 0
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        coming.in_each_organization()
        coming.in_each_organization()
    with act(lanzhu.organization, lanzhu.wei):
        assert Entry.objects.filter(record=approved_for_tomorrow.pk, action="effective").count() == 1
        assert Notice.objects.filter(key__contains="is in force from today").count() == 1


def test_the_revision_before_stays_in_force_until_the_day(approved_for_tomorrow, lanzhu):
    with time_machine.travel(timezone.now() + timedelta(days=1)), act(lanzhu.organization, lanzhu.wei):
        document = perform(document_workflow, approved_for_tomorrow, "revise", reason="Six hours")
        assert document.in_force(current().today()) == "1"
        assert document.revision == "2" and state(document) == "draft"


def test_the_search_shows_first_what_people_go_by(team, as_, take):
    with as_(team.wei):
        old = services.draft({"title": "Ageing of lamps", "kind": "procedure", "language": "en", "text": "x"})
        services.draft({"title": "Ageing of drivers", "kind": "procedure", "language": "en", "text": "x"})
    old = take(take(old, "submit", team.wei, reviewers=[team.min.person]), "review", team.min)
    take(old, "approve", team.min)
    client = Client()
    client.force_login(team.wei.person)
    found = client.get("/lanzhu/search/?q=Ageing").content.decode()
    assert found.index("Ageing of lamps") < found.index("Ageing of drivers")
    typed = client.get("/lanzhu/go/?q=Ageing").content.decode()
    assert typed.index("Ageing of lamps") < typed.index("Ageing of drivers")
    named = client.get("/lanzhu/go/?q=QP-02").content.decode()
    assert "Ageing of drivers" in named


def test_a_hit_of_number_or_title_stands_before_one_of_the_text_whatever_is_in_force(team, as_, take):
    with as_(team.wei):
        weak = services.draft({"title": "Handling of returns", "kind": "procedure", "language": "en", "text": "See root cause."})
        services.draft({"title": "The root of a cause", "kind": "procedure", "language": "en", "text": "x"})
        services.draft({"title": "Root cause", "kind": "procedure", "language": "en", "text": "x"})
        for document in Document.objects.all():
            jobs.read_texts(document)
    weak = take(take(weak, "submit", team.wei, reviewers=[team.min.person]), "review", team.min)
    take(weak, "approve", team.min)
    client = Client()
    client.force_login(team.wei.person)
    found = client.get("/lanzhu/search/?q=root+cause").content.decode()
    assert found.index(">Root cause<") < found.index(">The root of a cause<") < found.index(">Handling of returns<")
