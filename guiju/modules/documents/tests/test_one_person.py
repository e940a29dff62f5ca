"""One person alone may approve alone, having said so with a signature."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guiju.conftest import join, make_organization, make_person
from guiju.modules.documents import services
from guiju.modules.documents.approval import one_person
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Conflict, Refused, act
from guiju.spine.signatures.services import Proof
from guiju.spine.trail.verify import verify
from guiju.spine.workflow.perform import perform


@pytest.fixture
def solo(db):
    with time_machine.travel(timezone.now() - timedelta(days=40)):
        organization = make_organization("solo")
        return organization, join(organization, make_person("ann", "Ann Alone"), "*")


def take(document, step: str, who, **more):
    return perform(document_workflow, document, step, proof=Proof(who.id, "password"), **more)


def test_declared_with_a_signature_the_only_writer_approves_alone(solo):
    organization, ann = solo
    with act(organization, ann):
        one_person.declare(Proof(ann.id, "password"))
        document = services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Carefully."})
        document = perform(document_workflow, document, "submit", inputs={})
        document = take(document, "approve", ann)
        assert document_workflow.state_of(document).name == "effective"
    assert list(verify()) == []


def test_without_the_declaration_nobody_approves_alone(solo):
    organization, ann = solo
    with act(organization, ann):
        document = services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Carefully."})
        with pytest.raises(Refused, match="reviewer other than the author"):
            perform(document_workflow, document, "submit", inputs={})


def test_it_ends_by_itself_with_the_second_writer(solo):
    organization, ann = solo
    with act(organization, ann):
        one_person.declare(Proof(ann.id, "password"))
        assert one_person.declared()
    join(organization, make_person("bob", "Bob Second"), "documents.create")
    with act(organization, ann):
        assert not one_person.declared()


def test_it_is_refused_where_another_could_write_within_30_days(lanzhu):
    with act(lanzhu.organization, lanzhu.wei), pytest.raises(Conflict, match="30 days"):
        one_person.declare(Proof(lanzhu.wei.id, "password"))


def test_it_needs_a_signature(solo):
    organization, ann = solo
    with act(organization, ann):
        with pytest.raises(Refused, match="signature"):
            one_person.declare(None)
        assert not one_person.declared()


def test_the_closed_door_leads_to_the_declaration_and_the_page_says_who_approved(solo):
    organization, ann = solo
    client = Client()
    client.force_login(ann.person)
    with act(organization, ann):
        services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Carefully."})
    answer = client.post("/solo/documents/QP-01/alone/", {"password": "bamboo-lamp-42"})
    assert answer.status_code == 302, answer.content.decode()
    client.post("/solo/documents/QP-01/submit/", {"version": "1"})
    answer = client.post("/solo/documents/QP-01/approve/", {"version": "2", "password": "bamboo-lamp-42"})
    assert answer.status_code == 302, answer.content.decode()
    assert "by its author, who works alone" in client.get("/solo/documents/QP-01/").content.decode()


def test_whoever_is_not_alone_is_told_so(lanzhu):
    client = Client()
    client.force_login(lanzhu.wei.person)
    with act(lanzhu.organization, lanzhu.wei):
        services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Carefully."})
    answer = client.post("/lanzhu/documents/QP-01/alone/", {"password": "bamboo-lamp-42"})
    assert answer.status_code == 422
    assert "30 days" in answer.content.decode()
