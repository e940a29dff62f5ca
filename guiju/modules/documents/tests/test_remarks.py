"""Remarks on a passage: answered before approval, kept for good."""

import pytest

from guiju.modules.documents import services
from guiju.modules.documents.approval import remarks
from guiju.modules.documents.models import Remark
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Conflict, NotFound, NotPermitted, Refused
from guiju.spine.notices.models import Notice
from guiju.spine.trail.verify import verify


@pytest.fixture
def under_review(draft, team, take):
    return take(draft, "submit", team.wei, reviewers=[team.min.person])


@pytest.fixture
def remark(under_review, team, as_):
    with as_(team.min):
        return remarks.make(under_review, "Four are too few.", quote="four hours", before="burn for", after="at 45 °C")


def test_a_remark_names_its_passage_and_the_author_is_told(remark, under_review, team, as_):
    with as_(team.wei):
        assert [(one.quote, one.text, str(one.made_by)) for one in remarks.of(under_review.newest())] == [
            ("four hours", "Four are too few.", "Zhou Min")
        ]
        assert Notice.objects.filter(person_id=team.wei.id, key__contains="a remark on").count() == 1


def test_a_passage_is_found_over_line_ends_and_marks(under_review, team, as_):
    with as_(team.min):
        assert remarks.make(under_review, "x", quote="burn for\n four   hours at").quote == "burn for four hours at"


def test_a_passage_that_is_not_in_the_text_is_refused(under_review, team, as_):
    with as_(team.min), pytest.raises(Refused, match="does not stand in the text"):
        remarks.make(under_review, "x", quote="five hours")


def test_nothing_is_approved_while_a_remark_is_open(remark, under_review, team, take, as_):
    document = take(under_review, "review", team.min)
    with as_(team.jun):
        missing = document_workflow.transition("approve").missing(document)
        assert [(str(one), one.link) for one in missing] == [("Remarks are not answered yet: 1", "#remarks")]
    with as_(team.wei):
        remarks.answer(document, remark.pk, "The standard asks for four.")
    assert take(document, "approve", team.jun).state == "approved"


def test_an_answer_is_kept_with_who_gave_it_and_the_maker_is_told(remark, under_review, team, as_):
    with as_(team.wei):
        remarks.answer(under_review, remark.pk, "The standard asks for four.")
        kept = Remark.objects.get()
        assert (kept.answer, kept.resolved_by_id) == ("The standard asks for four.", team.wei.id)
        assert Notice.objects.filter(person_id=team.min.id, key__contains="was answered").count() == 1
        assert list(verify()) == []


def test_an_answer_needs_words(remark, under_review, team, as_):
    with as_(team.wei), pytest.raises(Refused, match="Say what became of it"):
        remarks.answer(under_review, remark.pk, "  ")


def test_a_remark_is_answered_once(remark, under_review, team, as_):
    with as_(team.wei):
        remarks.answer(under_review, remark.pk, "Yes.")
        with pytest.raises(Conflict, match="already"):
            remarks.answer(under_review, remark.pk, "No.")


def test_others_do_not_settle_a_remark(remark, under_review, team, as_):
    with as_(team.hua), pytest.raises(NotPermitted):
        remarks.answer(under_review, remark.pk, "Never mind.")


def test_a_remark_on_an_earlier_revision_is_not_answered_later(remark, under_review, team, take, as_):
    with as_(team.wei):
        remarks.answer(under_review, remark.pk, "Yes.")
    document = take(take(under_review, "review", team.min), "approve", team.jun)
    document = take(document, "revise", team.wei, reason="More")
    with as_(team.wei), pytest.raises(NotFound):
        remarks.answer(document, remark.pk, "Again.")


def test_an_approved_text_takes_no_more_remarks(under_review, team, take, as_):
    document = take(take(under_review, "review", team.min), "approve", team.jun)
    with as_(team.min), pytest.raises(Conflict, match="under review"):
        remarks.make(document, "Too late.")


def test_a_remark_whose_passage_is_gone_still_says_what_it_spoke_of(remark, under_review, team, take, as_):
    document = take(under_review, "return", team.min, reason="Work it over")
    with as_(team.wei):
        services.change(document, {"text": "Lamps burn for six hours."})
        kept, text = remarks.of(document.newest())[0], remarks.plain(document.newest())
        assert kept.quote == "four hours" and not remarks.stands(kept, text)


def test_whoever_may_not_comment_makes_no_remark(under_review, team, as_):
    with as_(team.tang), pytest.raises(NotPermitted):
        remarks.make(under_review, "x")
