"""What a process says fits together: parts, clauses, who does it, what flows, where it goes on."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connections

from guiju.modules.processes.approval.guards import steps_lead_on
from guiju.modules.processes.forms import ProcessForm, in_order
from guiju.modules.processes.models import Process
from guiju.modules.processes.rows.steps import StepForm
from guiju.modules.processes.tests.conftest import REGISTER, enter, made
from guiju.spine.acts import Refused, act
from guiju.spine.registers import writing


def test_a_process_is_never_a_part_of_itself_or_of_its_parts(as_wei):
    top, middle = made("Top"), made("Middle")
    writing.change(REGISTER, middle, {"parent": top}, None)
    low = made("Low", parent=Process.objects.get(pk=middle.pk))
    for wrong in (top, middle, low):
        with pytest.raises(Refused) as refused:
            writing.change(REGISTER, top, {"parent": wrong}, None)
        assert refused.value.errors == {"parent": ["A process cannot be a part of itself, or of one of its own parts."]}


@pytest.mark.parametrize(
    ("said", "kept"), [("8.5.1 4.4", "4.4, 8.5.1"), ("10.2，8.2, 8.2", "8.2, 10.2"), ("", ""), ("9.1.1、7.1", "7.1, 9.1.1")]
)
def test_clauses_are_kept_each_once_in_their_order(said, kept):
    assert in_order(said) == kept


@pytest.mark.parametrize("said", ["three", "3.1", "4.0", "11.1", "8.5.1.2.3", "8.", "ISO 8.2"])
def test_what_is_no_number_of_a_clause_is_refused(said):
    with pytest.raises(ValidationError):
        in_order(said)


def test_work_done_by_others_says_which_and_how_it_is_controlled(as_wei):
    with pytest.raises(Refused) as refused:
        made(outsourced="part")
    assert "outsourced_part" in refused.value.errors
    with pytest.raises(Refused) as refused:
        made(outsourced="whole", outsourced_part="Coating")
    assert "outsourced_control" in refused.value.errors


def test_a_new_owner_is_owner_since_today(as_wei):
    process = writing.change(REGISTER, made(), {"owner": as_wei.min.person}, None)
    assert process.owner_since is not None


def test_a_flow_leads_to_one_place_and_not_back(as_wei):
    process, other = made("One"), made("Other")
    for values in ({}, {"other": other, "outside_party": "Customer"}, {"other": process}):
        with pytest.raises(Refused):
            enter(process, "flows", direction="input", what="x", **values)


def test_a_step_without_a_place_comes_after_the_others_and_two_do_not_stand_in_one(as_wei):
    process = made()
    assert enter(process, "steps", lane="Inspector", what="Draw").position == 1
    assert enter(process, "steps", lane="Inspector", what="Measure").position == 2
    with pytest.raises(Refused) as refused:
        enter(process, "steps", lane="Inspector", what="Again", position=2)
    assert "position" in refused.value.errors


def test_a_step_that_leads_to_nowhere_keeps_it_from_review(as_wei):
    process = made()
    enter(process, "steps", lane="Inspector", what="Draw", goes_to="7: passed")
    assert str(steps_lead_on(process)) == "Step 1 leads to step 7, which is not there"


def test_ways_and_documents_of_a_step_are_read_strictly(as_wei):
    form = StepForm({"lane": "x", "what": "y", "kind": "step", "goes_to": "to the end", "document": "WI-031"})
    assert set(form.errors) == {"goes_to", "document"}
    form = StepForm({"lane": "x", "what": "y", "kind": "step", "goes_to": "3：ok；4", "document": "[[WI-031]]"})
    assert form.is_valid() and form.cleaned_data["goes_to"] == "3: ok; 4"


def test_a_resource_that_is_not_there_says_what_is_short(as_wei):
    with pytest.raises(Refused) as refused:
        enter(made(), "needs", need="Dark room", available=False)
    assert "shortage" in refused.value.errors


def test_the_form_offers_no_withdrawn_process_as_that_of_which_it_is_a_part(as_wei):
    gone = Process(title="Gone", state="withdrawn")
    gone.save()
    assert gone not in ProcessForm().fields["parent"].queryset


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_each_process_under_the_other_at_once_one_is_refused(lanzhu):
    with act(lanzhu.organization, lanzhu.wei):
        one, other = made("One"), made("Other")

    def under(low: Process, high: Process) -> bool:
        try:
            with act(lanzhu.organization, lanzhu.wei):
                writing.change(REGISTER, low, {"parent": high}, None)
            return True
        except Refused:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(under, *pair) for pair in ((one, other), (other, one))]
        assert sorted(one.result() for one in done) == [False, True]
