"""What refers to what: shown as links, held before approval and withdrawal, named before a change."""

from hashlib import sha256

import pytest
from django.test import Client

from guiju.lib.canonical import canonical
from guiju.modules.documents import jobs, services
from guiju.modules.documents.approval import references, touching
from guiju.modules.documents.filling.filled import begun_with
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Conflict, act
from guiju.spine.signatures.services import view_of


def write(title, text):
    document = services.draft({"title": title, "kind": "procedure", "language": "en", "text": text})
    jobs.read_texts(document)
    return document


@pytest.fixture
def approve(take, team):
    def approving(document):
        document = take(document, "submit", team.wei, reviewers=[team.min.person])
        return take(take(document, "review", team.min), "approve", team.min)

    return approving


@pytest.fixture
def two(team, as_, approve):
    """QP-01, and QP-02 that refers to it; both in force."""
    with as_(team.wei):
        first, second = write("Ageing", "Four hours."), write("Testing", "After [[QP-01]], look. 见[[QP-01]]。")
    return approve(first), approve(second)


def missing(document, door, who, as_):
    with as_(who):
        return [str(one) for one in document_workflow.transition(door).missing(document)]


def test_a_reference_is_a_link_on_the_page(two, team):
    client = Client()
    client.force_login(team.tang.person)
    shown = client.get("/lanzhu/documents/QP-02/").content.decode()
    assert '<a href="/lanzhu/documents/QP-01/" title="Ageing" rel="noopener">QP-01</a>' in shown


def test_a_reference_to_nothing_is_not_approved(team, as_, take):
    with as_(team.wei):
        document = write("Testing", "See [[QP-99]].")
    assert missing(document, "submit", team.wei, as_) == ["The text refers to what is not there: QP-99"]


def test_a_reference_to_what_is_withdrawn_is_not_approved(two, team, as_, take, approve):
    first, second = two
    second = take(second, "revise", team.wei, reason="No more ageing")
    with as_(team.wei):
        second = services.change(second, {"text": "Look."})
        jobs.read_texts(second)
    approve(second)
    take(first, "withdraw", team.wei, reason="Not needed")
    with as_(team.wei):
        third = write("Third", "See [[QP-01]].")
    assert missing(third, "submit", team.wei, as_) == ["The text refers to what is withdrawn: QP-01"]


def test_what_others_refer_to_is_not_withdrawn(two, team, as_, take):
    with pytest.raises(Conflict) as refused:
        take(two[0], "withdraw", team.wei, reason="Not needed")
    assert [str(one) for one in refused.value.missing] == ["These refer to it: QP-02"]


def test_what_speaks_of_it_is_named_before_a_change(two, team, as_):
    with as_(team.wei):
        assert references.mentions(two[0]) == [("QP-02 Testing", "/lanzhu/documents/QP-02/")]
        assert references.mentions(two[1]) == []


def test_the_page_of_a_step_lists_what_it_touches(two, team, take):
    document = take(take(two[0], "revise", team.wei, reason="x"), "submit", team.wei, reviewers=[team.min.person])
    take(document, "review", team.min)
    client = Client()
    client.force_login(team.min.person)
    shown = client.get("/lanzhu/documents/QP-01/approve/").content.decode()
    assert "What this touches" in shown and "QP-02 Testing" in shown
    assert "1 document refers to it" in shown and "Nobody is asked to read it" in shown
    assert "Revision 1, in force since" in shown and "is superseded" in shown and "/lanzhu/documents/QP-01/revision/1/" in shown
    with act(team.organization, team.min):
        revision = document.newest()
        view = view_of(revision, revision.schema_version)
    # What is signed is there to be read, with the revision's page, the way to what changed and the whole digest.
    assert "Read here what you sign" in shown and revision.text in shown
    assert "/lanzhu/documents/QP-01/revision/2/" in shown and "compare/?from=1&amp;to=2" in shown
    assert sha256(canonical(view).encode()).hexdigest() in shown


def test_records_made_with_a_form_are_named_before_it_changes(team, as_, take):
    with as_(team.wei):
        form = services.draft({"title": "Sheet", "kind": "form", "language": "en", "text": "Value: 1"})
    take(form, "submit", team.wei, reviewers=[team.min.person])
    form = take(take(form, "review", team.min), "approve", team.min)
    with as_(team.wei):
        record = services.draft({**begun_with(form), "title": "Sheet of today", "made_with": form})
        told = touching.touched(form)
    assert told[-1].text == "1 record was made with this form and keeps the revision it was made with"
    assert told[-1].rows == [(str(record), f"/lanzhu/documents/{record.number}/")]


def test_a_number_in_code_refers_to_nothing(team, as_, approve):
    with as_(team.wei):
        document = write("Testing", "Write `[[QP-99]]` to refer.")
    assert approve(document).state == "approved"
