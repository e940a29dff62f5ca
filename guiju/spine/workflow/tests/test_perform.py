"""One door taken: who may, from where, what is refused with which words, and what is kept of it (laws L8, L11)."""

from dataclasses import replace

import pytest

from guiju.modules.documents import services
from guiju.modules.documents.models import Document
from guiju.spine.acts import Conflict, Missing, NotFound, NotPermitted, Refused, Stale, act
from guiju.spine.trail.models import Entry
from guiju.spine.trail.past import histories
from guiju.spine.trail.states import kind_of
from guiju.spine.trail.verify import verify
from guiju.spine.workflow.perform import follow, perform
from guiju.spine.workflow.table import State, Transition, Workflow

SEND = Transition("send", "Send", "draft", "in_review", "%(who)s sent it.")
SIGNED = Transition("sign", "Sign", "draft", "in_review", "%(who)s signed it.", meaning="I read it.", signs=lambda row: row)
BACK = Transition("back", "Back", "in_review", "draft", "%(who)s sent it back.", asks_reason=True)
INNER = Transition("inner", "Inner", "draft", "in_review", "It went on.", inner=True)


def table(*doors: Transition) -> Workflow:
    return Workflow("documents", (State("draft", "Draft"), State("in_review", "In review")), doors)


@pytest.fixture
def draft(as_wei) -> Document:
    return services.draft({"title": "Soldering", "kind": "procedure", "language": "en", "text": "Heat it."})


def last(row: Document):
    return histories({row.pk: kind_of(Document)}, limit=1)[0]


def test_a_step_leads_to_its_state_and_stands_in_the_history(draft):
    done = perform(table(SEND), draft, "send", reason=" all said ")
    assert (done.state, done.version, Document.objects.get().state) == ("in_review", draft.version + 1, "in_review")
    assert (last(done).action, last(done).reason) == ("send", "all said")
    assert list(verify()) == []


def test_from_another_state_it_is_refused_with_the_word_for_the_state(draft):
    done = perform(table(SEND), draft, "send")
    with pytest.raises(Conflict, match="In review"):
        perform(table(SEND), done, "send")


def test_what_is_missing_is_said_all_at_once_and_nothing_is_kept(draft):
    door = replace(SEND, needs=(lambda row: Missing("A file."), lambda row: Missing("An owner.")))
    before = Entry.everywhere.count()
    with pytest.raises(Conflict) as refused:
        perform(table(door), draft, "send")
    assert [str(one) for one in refused.value.missing] == ["A file.", "An owner."]
    assert (Document.objects.get().state, Entry.everywhere.count()) == ("draft", before)


def test_whoever_comes_too_late_hears_whether_it_was_another_or_themselves(draft, lanzhu):
    seen = draft.version
    perform(table(SEND), draft, "send", version=seen)
    with pytest.raises(Stale, match="You have done this already"):
        perform(table(SEND), draft, "send", version=seen)
    with pytest.raises(Stale, match="Someone else has changed this"):
        perform(table(SEND, BACK), draft, "back", reason="no", version=seen)
    with act(lanzhu.organization, lanzhu.min), pytest.raises(Stale, match="Someone else has changed this"):
        perform(table(SEND), draft, "send", version=seen)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_step_that_asks_why_is_not_taken_without_a_reason(draft, reason):
    perform(table(SEND), draft, "send")
    with pytest.raises(Refused) as refused:
        perform(table(SEND, BACK), draft, "back", reason=reason)
    assert refused.value.errors == {"reason": ["A reason is needed."]}


def test_what_a_step_does_is_given_what_was_asked_and_the_reason_and_is_told(draft):
    given = []

    def effect(row: Document, inputs: dict) -> dict:
        given.append(dict(inputs))
        return {"to": "Min"}

    perform(table(replace(SEND, effect=effect)), draft, "send", inputs={"due": 1}, reason="not asked for")
    perform(table(SEND, replace(BACK, effect=effect)), draft, "back", reason=" unclear ")
    assert given == [{"due": 1}, {"reason": "unclear"}]
    assert last(draft).says == {"to": "Min", "reason": "unclear"}


def test_while_others_have_still_to_take_the_door_the_record_stays(draft):
    waiting = perform(table(replace(SEND, others=lambda row: True)), draft, "send")
    assert (waiting.state, last(waiting).action) == ("draft", "send")
    assert perform(table(replace(SEND, others=lambda row: False)), draft, "send").state == "in_review"


def test_the_state_to_which_it_leads_is_asked_before_the_step(draft):
    def effect(row: Document, inputs: dict) -> None:
        row.title = "Changed by the step"

    door = replace(SEND, instead=("draft", lambda row: row.title == "Soldering"), effect=effect)
    assert perform(table(door), draft, "send").state == "draft"
    assert perform(table(door), draft, "send").state == "in_review"


def test_without_the_right_nothing_is_done(draft, lanzhu):
    with act(lanzhu.organization, lanzhu.tang), pytest.raises(NotPermitted, match="do not have the right"):
        perform(table(SEND), draft, "send")
    assert Document.objects.get().state == "draft"


def test_a_token_takes_a_door_and_never_a_signed_one(draft, lanzhu):
    program = replace(lanzhu.wei, scope=frozenset({"*"}))
    with act(lanzhu.organization, program):
        with pytest.raises(NotPermitted, match="a token cannot sign"):
            perform(table(SIGNED), draft, "sign")
        assert perform(table(SEND), draft, "send").state == "in_review"


def test_an_inner_step_is_taken_by_the_step_of_another_record_only(draft):
    with pytest.raises(NotFound):
        perform(table(INNER), draft, "inner")
    with pytest.raises(ValueError, match="is a door"):
        follow(table(SEND), draft, "send")


def test_an_inner_step_leads_on_is_told_and_is_refused_from_elsewhere(draft):
    followed = follow(table(INNER), draft, "inner", says={"by": "QP-02"})
    assert (Document.objects.get().state, last(followed).action, last(followed).says) == ("in_review", "inner", {"by": "QP-02"})
    with pytest.raises(Conflict):
        follow(table(INNER), followed, "inner")
