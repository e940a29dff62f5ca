"""What is approved for a later day leaves the revision in force alone, and can be taken back alone (7.5.3, law L16)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from guiju.modules.copies import services as copies
from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents import page, services
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.prints import content
from guiju.modules.documents.standing.dates import in_force_on
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds.services import set_rule
from guiju.modules.readings import assigning, audience, confirming
from guiju.modules.readings.matrix import cells
from guiju.modules.readings.models import Reading
from guiju.spine.acts import Conflict, Refused, current
from guiju.spine.notices.models import Notice
from guiju.spine.registers.tests.programs import Program
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks.services import open_for
from guiju.spine.trail.verify import verify

REASON = "The supplier is late"


@pytest.fixture
def later(team, as_) -> date:
    with as_(team.wei):
        return current().today() + timedelta(days=15)


@pytest.fixture
def approve(team, take):
    def approving(document: Document, **inputs) -> Document:
        document = take(document, "submit", team.wei, reviewers=[team.min.person])
        document = take(document, "review", team.min)
        return take(document, "approve", team.min, **inputs)

    return approving


@pytest.fixture
def ahead(draft, team, take, approve, as_, later) -> Document:
    """Revision 1 in force, read by Hua; revision 2 approved for a later day."""
    with as_(team.wei):
        audience.distribute(draft, people=[team.hua.person, team.jun.person])
        services.change(draft, {"due_on": later + timedelta(days=100)})
    document = approve(draft)
    with as_(team.hua):
        confirming.confirm(document)
    document = take(document, "revise", team.wei, reason="New lamps")
    with as_(team.wei):
        services.change(document, {"title": "Ageing of lamps", "text": "Six hours."})
    return approve(document, effective_on=later)


def take_back(document, team, take):
    return take(document, "take_back", team.wei, reason=REASON)


def test_no_revision_is_begun_while_one_that_is_approved_waits_for_its_day(ahead, team, take, as_, later):
    with pytest.raises(Conflict) as refused:
        take(ahead, "revise", team.wei, reason="x")
    day = f"{later.day} {later:%b %Y}"
    sentence = f"Revision 2 comes into force on {day}; begin the next one then, or take it back."
    assert [str(one) for one in refused.value.missing] == [sentence]
    with as_(team.wei):
        assert Document.objects.get(pk=ahead.pk).in_force(current().today()) == "1"
    answer = Program(team.wei).post("documents/QP-01/revise/", {"reason": "x"}, if_match=f'"{ahead.version}"')
    assert answer.status_code == 409 and sentence in answer.content.decode()


def test_from_its_day_on_the_next_one_is_begun(ahead, team, take):
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        document = take(ahead, "revise", team.wei, reason="x")
    assert (document.revision, document.standing_revision) == ("3", "2")


def test_a_first_revision_that_waits_for_its_day_is_withdrawn_and_not_taken_back(draft, team, take, approve, later):
    document = approve(draft, effective_on=later)
    with pytest.raises(Conflict) as refused:
        take_back(document, team, take)
    assert "withdraw the document instead" in str(refused.value.missing[0])
    with pytest.raises(Conflict) as refused:
        take(document, "revise", team.wei, reason="x")
    assert "take it back" not in str(refused.value.missing[0])


def test_what_is_in_force_is_withdrawn_and_not_taken_back(draft, team, take, approve):
    document = approve(take(approve(draft), "revise", team.wei, reason="x"))
    with pytest.raises(Conflict, match="not possible from the state"):
        take_back(document, team, take)


def test_taken_back_the_revision_before_stands_on_as_if_nothing_had_been(ahead, team, take, as_, later):
    document = take_back(ahead, team, take)
    assert (document.state, document.revision, document.title, document.standing_revision) == ("approved", "1", "Ageing", "")
    assert document.due_on == later + timedelta(days=100)
    with as_(team.wei):
        assert document_workflow.state_of(document).name == "effective"
        assert document.in_force(current().today()) == "1"
    with time_machine.travel(timezone.now() + timedelta(days=20)), as_(team.wei):
        assert Document.objects.get(pk=document.pk).in_force(current().today()) == "1"


def test_the_next_review_is_due_as_it_was_before_the_approval(draft, team, take, approve, as_, later):
    with as_(team.wei):
        set_rule("procedure", {"review_months": 12})
    document = approve(draft)
    before = document.due_on
    document = approve(take(document, "revise", team.wei, reason="x"), effective_on=later)
    assert before is not None and document.due_on == before + timedelta(days=15)
    assert take_back(document, team, take).due_on == before


def test_it_stays_readable_with_its_signatures_and_the_reason(ahead, team, take, as_, later):
    document = take_back(ahead, team, take)
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(team.wei.person)
    shown = client.get("/lanzhu/documents/QP-01/revision/2/").content.decode()
    assert "Six hours." in shown and REASON in shown and "taken back before it came into force" in shown
    history = client.get("/lanzhu/documents/QP-01/history/").content.decode()
    assert "took back the approved revision 2" in history and REASON in history
    with as_(team.wei):
        assert "taken back on" in str(page.revisions(document))
        assert content.sheet(document, 2).mark == "Taken back"
        second = Revision.objects.get(position=2)
        assert (second.effective_on, second.planned_on) == (None, later)
        signed = signatures_of([second])
        assert [one.meaning for one in signed] == ["review", "approve", "take_back"]
        assert all(holds(one, second) for one in signed)
        assert [str(finding) for finding in verify()] == []


def test_its_readers_are_asked_no_more_and_told(ahead, team, take, as_):
    take_back(ahead, team, take)
    with as_(team.hua):
        assert list(open_for(team.hua.id)) == []  # Hua had read revision 1
        assert Notice.objects.filter(person=team.hua.id, key__contains="was taken back").count() == 1
    with as_(team.jun):
        assert [str(task) for task in open_for(team.jun.id)] == ["Read Ageing"]
        assert assigning.to_read(ahead).label == "1"
        assert Reading.objects.get(person=team.jun.id, revision__label="1").ended_at is None


def test_who_had_read_it_reads_later_what_changed_since_the_revision_in_force(ahead, team, take, approve, as_):
    with as_(team.hua):
        confirming.confirm(ahead)
    document = take(take_back(ahead, team, take), "revise", team.wei, reason="x")
    approve(document)
    with as_(team.hua):
        asked = confirming.mine(Document.objects.get(pk=ahead.pk))
        assert asked is not None and (asked.revision.position, asked.since.position) == (3, 1)


def test_the_matrix_shows_who_had_read_it_with_the_revision_in_force(ahead, team, take, as_):
    with as_(team.hua):
        confirming.confirm(ahead)
    document = take_back(ahead, team, take)
    with as_(team.wei):
        cell = cells.cells([team.hua.id], [document])[team.hua.id, document.pk]
    assert (cell.state, cell.revision) == (cells.CONFIRMED, "1")


def test_its_reviewer_and_its_approver_are_told(ahead, team, take, as_):
    take_back(ahead, team, take)
    with as_(team.min):
        assert Notice.objects.filter(person=team.min.id, key__contains="does not come into force").count() == 1


def test_paper_copies_and_the_list_in_force_stay_with_the_revision_in_force(ahead, team, take, as_):
    with as_(team.wei):
        copies.issue(ahead, {"places": ["Line 3"], "reason": "No screen"})
    document = take_back(ahead, team, take)
    with time_machine.travel(timezone.now() + timedelta(days=20)), as_(team.wei):
        assert [row.called_at for row in PaperCopy.objects.all()] == [None]
        assert Document.objects.filter(in_force_on(current().today()), pk=document.pk).exists()


def test_it_needs_a_reason(ahead, team, take):
    with pytest.raises(Refused):
        take(ahead, "take_back", team.wei)


def test_a_program_takes_nothing_back(ahead, team):
    answer = Program(team.wei).post("documents/QP-01/take_back/", {"reason": REASON}, if_match=f'"{ahead.version}"')
    assert answer.status_code == 403


def test_the_step_is_taken_on_its_page(ahead, team):
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(team.wei.person)
    shown = client.get("/lanzhu/documents/QP-01/").content.decode()
    assert "Take back before it is in force" in shown
    assert client.get("/lanzhu/documents/QP-01/take_back/").status_code == 200
