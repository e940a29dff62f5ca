"""A process comes into force by another than whoever drafted it, and what is in force stays whole while a draft is written."""

from datetime import timedelta

import pytest

from guiju.modules.documents import services
from guiju.modules.processes import content, revisions
from guiju.modules.processes.models import Flow, Process, ProcessRevision
from guiju.modules.processes.tests.conftest import REGISTER, enter, made
from guiju.modules.processes.workflow import process_workflow
from guiju.spine.acts import Conflict, Refused, act, current
from guiju.spine.registers import writing
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.lines import writing as lines
from guiju.spine.signatures.services import holds
from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks


def state(process: Process) -> str:
    return process_workflow.state_of(process).name


def what_flows(process: Process) -> list[str]:
    return [flow.what for flow in content.people_go_by(process)[0].flows]


def test_it_is_sent_to_review_only_with_purpose_owner_input_and_output(as_wei):
    process = writing.create(REGISTER, {"title": "Empty"})
    needs = process_workflow.transitions["submit"].missing(process)
    assert [str(one) for one in needs] == ["Its purpose is missing", "An owner is missing", "Inputs and outputs are missing"]


def test_whoever_drafted_or_sent_it_does_not_approve_it(draft, take, lanzhu):
    sent = take(draft, "submit", lanzhu.min)
    for member in (lanzhu.wei, lanzhu.min):
        with pytest.raises(Conflict) as refused:
            take(sent, "approve", member)
        assert [str(one) for one in refused.value.missing] == ["You drafted this; another person has to do this"]


def test_approved_it_is_in_force_from_its_day_and_signed_with_all_its_lines(draft, take, lanzhu):
    take(draft, "submit", lanzhu.wei)
    with act(lanzhu.organization, lanzhu.min):
        tomorrow = current().today() + timedelta(days=1)
    process = take(draft, "approve", lanzhu.min, effective_on=tomorrow)
    with act(lanzhu.organization, lanzhu.min):
        assert state(process) == "approved"
        assert process_workflow.state_of(process, tomorrow).name == "effective"
        revision = revisions.newest(process)
        (signature,) = signatures_of([revision])
        assert holds(signature, revision)
        assert [flow["what"] for flow in revision.content["flows"]] == ["Lots", "Released lots"]
        revision.content["flows"][0]["what"] = "Anything"
        assert not holds(signature, revision)


def test_reviewers_are_asked_and_approval_waits_for_them(draft, take, lanzhu):
    sent = take(draft, "submit", lanzhu.wei, reviewers=[lanzhu.tang.person])
    with act(lanzhu.organization, lanzhu.min):
        assert [task.who_id for task in tasks.of(sent)] == [lanzhu.tang.id]
        needs = [str(one) for one in process_workflow.transitions["approve"].missing(sent)]
    assert needs == ["Tang Li: not reviewed yet"]


def test_a_drafter_cannot_be_asked_to_review(draft, take, lanzhu):
    with pytest.raises(Refused) as refused:
        take(draft, "submit", lanzhu.min, reviewers=[lanzhu.wei.person])
    assert "reviewers" in refused.value.errors


def test_in_review_and_in_force_neither_fields_nor_lines_change(draft, approved, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        with pytest.raises(Conflict):
            writing.change(REGISTER, approved, {"purpose": "x"}, None)
        with pytest.raises(Conflict):
            enter(approved, "flows", direction="input", what="More", outside_party="Supplier")


def test_while_a_new_revision_is_drafted_the_one_in_force_is_what_people_go_by(approved, take, lanzhu):
    process = take(approved, "revise", lanzhu.min, reason="Chargers, too.")
    with act(lanzhu.organization, lanzhu.min):
        enter(process, "flows", direction="input", what="Chargers", outside_party="Supplier")
        process = writing.change(REGISTER, process, {"purpose": "Changed"}, None)
        said, revision = content.people_go_by(process)
        assert revision is not None and revision.position == 1
        assert said.process.purpose == "Nothing unproven leaves." and what_flows(process) == ["Lots", "Released lots"]
    take(process, "submit", lanzhu.min)
    process = take(process, "approve", lanzhu.wei)
    with act(lanzhu.organization, lanzhu.min):
        assert what_flows(process) == ["Lots", "Released lots", "Chargers"]
        first = ProcessRevision.objects.get(process=process, position=1)
        assert [flow.what for flow in content.of_revision(process, first).flows] == ["Lots", "Released lots"]
        assert all(holds(one, first) for one in signatures_of([first]))


def test_a_draft_that_is_given_up_leaves_what_was_approved_as_it_was(approved, take, lanzhu):
    process = take(approved, "revise", lanzhu.min, reason="An idea.")
    with act(lanzhu.organization, lanzhu.min):
        enter(process, "flows", direction="input", what="Chargers", outside_party="Supplier")
        lots = Flow.objects.get(what="Lots")
        flows = next(one for one in REGISTER.lines if one.key == "flows")
        lines.change(flows, lots, {"what": "Boxes"})
        lines.end(flows, Flow.objects.get(what="Released lots"))
        writing.change(REGISTER, process, {"purpose": "Changed"}, None)
    process = take(process, "give_up", lanzhu.min, reason="Not worth it.")
    with act(lanzhu.organization, lanzhu.min):
        assert state(process) == "effective" and process.revision == 1
        assert process.purpose == "Nothing unproven leaves."
        assert list(Flow.objects.filter(process=process, ended=False).order_by("id").values_list("what", flat=True)) == [
            "Lots",
            "Released lots",
        ]


def test_a_first_draft_that_is_given_up_is_withdrawn(draft, take, lanzhu):
    assert take(draft, "give_up", lanzhu.wei, reason="We do not do this.").state == "withdrawn"


def test_returned_it_can_be_changed_and_sent_again(draft, take, lanzhu):
    sent = take(draft, "submit", lanzhu.wei)
    with pytest.raises(Refused):
        take(sent, "return", lanzhu.min)
    back = take(sent, "return", lanzhu.min, reason="Who ships?")
    with act(lanzhu.organization, lanzhu.wei):
        writing.change(REGISTER, back, {"purpose": "Nothing unproven leaves us."}, None)
    again = take(back, "submit", lanzhu.wei)
    with act(lanzhu.organization, lanzhu.wei):
        (revision,) = revisions.of(again)
        assert revision.content["fields"]["purpose"] == "Nothing unproven leaves us."


def test_a_review_that_finds_it_right_is_signed_and_sets_the_next(approved, take, lanzhu):
    with pytest.raises(Refused):
        take(approved, "confirm", lanzhu.wei, looked_at=" ")
    process = take(approved, "confirm", lanzhu.wei, looked_at="Hall 2, twenty lots.")
    with act(lanzhu.organization, lanzhu.wei):
        assert process.reviewed_on == current().today() and process.due_on > current().today()
        assert state(process) == "effective"


def test_a_day_before_today_is_refused_as_its_first(draft, take, lanzhu):
    take(draft, "submit", lanzhu.wei)
    with act(lanzhu.organization, lanzhu.min):
        yesterday = current().today() - timedelta(days=1)
    with pytest.raises(Refused) as refused:
        take(draft, "approve", lanzhu.min, effective_on=yesterday)
    assert "effective_on" in refused.value.errors


def test_a_process_with_parts_is_not_withdrawn_before_them(approved, take, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        made("Sampling", parent=approved)
    with pytest.raises(Conflict) as refused:
        take(approved, "withdraw", lanzhu.wei, reason="Gone.")
    assert [str(one) for one in refused.value.missing] == ["Processes are parts of it: Sampling"]


def test_nothing_new_belongs_to_a_withdrawn_process_and_what_belonged_stays(approved, take, lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        values = {"kind": "procedure", "language": "en", "text": "x", "process": approved}
        before = services.draft({"title": "Before", **values})
    process = take(approved, "withdraw", lanzhu.wei, reason="Done elsewhere.")
    with act(lanzhu.organization, lanzhu.wei):
        with pytest.raises(Refused) as refused:
            services.draft({"title": "After", **values, "process": process})
        assert "process" in refused.value.errors
        writing.change(by_key("documents"), before, {"title": "Renamed"}, None)
