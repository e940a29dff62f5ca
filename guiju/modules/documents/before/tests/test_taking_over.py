"""What was in force before it came here is taken over as that, by one person's signature; nobody's approval is made up."""

from datetime import date, timedelta

import pytest
from django.test import Client

from guiju.conftest import join, make_person
from guiju.modules.documents import page, services
from guiju.modules.documents.approval.coming import enter
from guiju.modules.documents.before import closing
from guiju.modules.documents.forms import DocumentForm
from guiju.modules.documents.models import Document
from guiju.modules.documents.prints import content
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.kinds.services import set_rule
from guiju.modules.readings import audience
from guiju.modules.readings.models import Reading
from guiju.spine.acts import Conflict, NotPermitted, Refused, current
from guiju.spine.registers import record_page
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.importing import Judge
from guiju.spine.registers.tests.programs import Program
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.trail.verify import verify

CAME = {"title": "Purchasing", "kind": "procedure", "language": "en", "number": "QP-07", "revision": "C", "text": "Buy well."}
SAID = {"stated_since": date(2019, 5, 1), "stated_by": "Zhang Hong", "stated_on": date(2019, 4, 20), "stated_place": ""}
REASON = "We move from paper to Guiju"


@pytest.fixture
def came(team, as_) -> Document:
    with as_(team.wei):
        return services.draft({**CAME, **SAID, "action": "import"})


@pytest.fixture
def taken(came, team, take) -> Document:
    return take(came, "take_over", team.min, reason=REASON)


def test_it_is_in_force_since_the_stated_day_under_the_signature_of_who_takes_it_over(taken, team, as_):
    with as_(team.wei):
        revision = taken.newest()
        signed = signatures_of([revision])
        assert taken.in_force(current().today()) == "C" and taken.effective_on == date(2019, 5, 1)
        assert document_workflow.state_of(taken).name == "effective"
        assert [(one.meaning, one.signer_id, holds(one, revision)) for one in signed] == [("take_over", team.min.id, True)]
        assert list(verify()) == []


def test_the_signature_stands_for_what_was_stated_as_well(taken, team, as_):
    with as_(team.wei):
        revision = taken.newest()
        revision.stated_by = "Somebody else"
        assert not holds(signatures_of([revision])[0], revision)


def test_page_print_and_history_say_that_it_was_taken_over_and_claim_no_approval(taken, team, as_):
    with as_(team.wei):
        shown = str(page.sheet(taken))
        sheet = content.sheet(taken, 1)
        told = record_page.history(by_key("documents"), taken)
        steps = [str(label) for label, _when, _status in record_page.steps(by_key("documents"), taken, told)]
        assert steps == ["Draft", "Taken over as in force", "Effective"], "it was never in review here, nor approved"
        assert ("Brought in by", "Chen Wei") in page.facts(taken)
    assert "Approved by Zhang Hong on 20 Apr 2019, before Guiju" in shown and "no signature of this system" in shown
    assert any("Zhang Hong" in note for note in sheet.notes) and sheet.mark == ""
    assert [(seal.meaning, seal.solid) for seal in sheet.seals] == [("Taken over as in force", False)]
    assert any("took over revision C as in force since 2019-05-01" in one["sentence"] for one in told)
    assert any(one["reason"] == REASON for one in told)


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"stated_by": ""}, "approved before Guiju by"),
        ({"stated_on": None, "stated_since": None}, "in force before Guiju since"),
        ({"text": ""}, "where the original is kept"),
    ],
)
def test_what_is_not_stated_is_named(lacking, words, team, take, as_):
    with as_(team.wei):
        document = services.draft({**CAME, **SAID, **lacking})
    with pytest.raises(Conflict) as refused:
        take(document, "take_over", team.min, reason=REASON)
    assert any(words in str(one) for one in refused.value.missing)


def test_a_register_of_papers_says_where_the_originals_are(team, take, as_):
    with as_(team.wei):
        document = services.draft({**CAME, **SAID, "text": "", "stated_place": "Cabinet 3"})
    document = take(document, "take_over", team.min, reason=REASON)
    with as_(team.wei):
        assert "The original is kept here: Cabinet 3." in str(page.sheet(document))


def test_without_the_right_or_a_reason_nothing_is_taken_over(came, team, take):
    owner = join(team.organization, make_person("po", "Process Owner"), "documents.view", "documents.change", "documents.approve")
    with pytest.raises(NotPermitted):
        take(came, "take_over", owner, reason=REASON)
    with pytest.raises(Refused):
        take(came, "take_over", team.min)


def test_what_is_written_new_is_not_offered_it_and_a_later_revision_is_approved(draft, taken, team, take, as_):
    with as_(team.wei):
        assert "take_over" not in [door.name for door in document_workflow.doors(draft)]
    later = take(taken, "revise", team.wei, reason="Anew")
    with as_(team.wei):
        assert "take_over" not in [door.name for door in document_workflow.doors(later)]
        assert later.in_force(current().today()) == "C"
    with pytest.raises(Conflict, match="missing"):
        take(later, "take_over", team.min, reason=REASON)


def test_the_next_review_is_as_it_came_or_follows_from_the_interval(team, take, as_):
    with as_(team.wei):
        set_rule("procedure", {"review_months": 24})
        stated = services.draft({**CAME, **SAID, "due_on": date(2031, 1, 1)})
        silent = services.draft({**CAME, **SAID, "number": "QP-08"})
    assert take(stated, "take_over", team.min, reason=REASON).due_on == date(2031, 1, 1)
    with as_(team.wei):
        today = current().today()
    assert take(silent, "take_over", team.min, reason=REASON).due_on == today


def test_its_readers_are_asked_and_nobody_is_told_that_it_comes_into_force_today(team, take, as_):
    with as_(team.wei):
        document = services.draft({**CAME, **SAID, "stated_since": current().today() - timedelta(days=3)})
        audience.distribute(document, people=[team.hua.person])
    take(document, "take_over", team.min, reason=REASON)
    with as_(team.wei):
        assert Reading.objects.filter(person=team.hua.id).exists()
        assert enter() == 0


def test_programs_state_what_was_and_read_it_and_cannot_sign(team):
    wei = Program(team.wei)
    sent = {**CAME, **{name: str(value) for name, value in SAID.items()}}
    assert wei.post("documents/", sent).status_code == 201
    late = {**sent, "number": "QP-08", "stated_since": "2999-01-01"}
    assert wei.post("documents/", late).status_code == 422
    found = wei.get("documents/QP-07/revisions/1/").json()
    assert found["taken_over_at"] is None
    assert wei.post("documents/QP-07/take_over/", {"reason": "x"}).status_code == 403


def test_whoever_stated_it_does_not_take_it_over(came, team, take, as_):
    with pytest.raises(Conflict) as refused:
        take(came, "take_over", team.wei, reason=REASON)
    assert "another person has to take it over" in str(refused.value.missing[0])
    with as_(team.min):
        came = services.change(came, {"stated_since": date(2019, 6, 1)})
    with pytest.raises(Conflict):
        take(came, "take_over", team.min, reason=REASON)
    assert take(came, "take_over", team.wei, reason=REASON).effective_on == date(2019, 6, 1)


def test_one_person_who_works_alone_takes_over_what_they_stated(came, team, take, monkeypatch):
    monkeypatch.setattr("guiju.modules.documents.approval.one_person.declared", lambda: True)
    assert take(came, "take_over", team.wei, reason=REASON).state == "approved"


def test_only_what_was_brought_in_is_asked_since_when_it_was_in_force(draft, came, team, as_):
    with as_(team.wei):
        assert "stated_since" not in DocumentForm(instance=draft).fields
        assert "stated_since" in DocumentForm(instance=came).fields
        bare = services.draft({**CAME, "number": "QP-09", "brought_in": True})
        assert "stated_since" in DocumentForm(instance=bare).fields


def test_after_its_closing_nothing_is_taken_over(came, team, take, as_):
    wei = Client()
    wei.force_login(team.wei.person)
    page_of_it = "/lanzhu/batches/documents/take_over/"
    assert f"{page_of_it}close/" in wei.get(page_of_it).content.decode()
    assert wei.post(f"{page_of_it}close/", {"reason": ""}).status_code == 422
    assert wei.post(f"{page_of_it}close/", {"reason": "All has come"}).status_code == 302
    assert "All has come" in wei.get(page_of_it).content.decode()
    with pytest.raises(Conflict):
        take(came, "take_over", team.min, reason=REASON)
    with as_(team.tang), pytest.raises(NotPermitted):
        closing.close("x")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"stated_since": "2999-01-01"}, "stated_since"),
        ({"stated_on": "2999-01-01"}, "stated_on"),
        ({"stated_since": "2019-05-01", "stated_on": "2019-05-02"}, "stated_on"),
        ({"stated_since": "last spring"}, "stated_since"),
    ],
)
def test_a_stated_day_that_cannot_be_is_refused_at_its_field(said, field, team, as_):
    with as_(team.wei):
        form = DocumentForm(data={"title": "Purchasing", "kind": "procedure", "language": "en", **said})
        assert field in form.errors
        judged = next(
            Judge(by_key("documents"), ["title", "kind", *said]).judge([(2, ["Purchasing", "procedure", *said.values()])])
        )
        assert [reason.column for reason in judged.reasons] == [field]
