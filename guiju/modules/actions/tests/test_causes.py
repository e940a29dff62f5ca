"""Causes are confirmed or refuted by evidence, explain each other without a circle, and are drawn."""

import pytest

from guiju.modules.actions import causes
from guiju.modules.actions.models import Cause, CauseCategory
from guiju.modules.processes.models import Process
from guiju.spine.acts import Refused, current
from guiju.spine.registers.lines import writing

LINES = causes.lines("processes.change", lambda case: True)


def add(case, **values) -> Cause:
    words = {
        "statement": "The chip dims in steps",
        "method": "five_why",
        "standard": "material",
        "finding": "open",
        "root": False,
    }
    return writing.add(LINES, case, {**words, **values})


@pytest.mark.parametrize("finding", ["confirmed", "refuted"])
def test_a_finding_needs_evidence(case, finding):
    with pytest.raises(Refused) as refused:
        add(case, finding=finding, evidence=" ")
    assert "evidence" in refused.value.errors


def test_only_a_confirmed_cause_is_a_root(case):
    with pytest.raises(Refused) as refused:
        add(case, root=True)
    assert "root" in refused.value.errors


def test_who_decided_on_a_finding_is_kept(case, as_wei):
    made = add(case, finding="confirmed", evidence="Test report T-2026-088")
    assert (made.decided_by_id, made.decided_on) == (as_wei.wei.id, current().today())
    assert writing.change(LINES, made, {"finding": "open"}).decided_by_id is None


def test_causes_explain_each_other_without_a_circle(case):
    first = add(case)
    second = add(case, statement="Final inspection measured at full brightness only", behind=first)
    with pytest.raises(Refused) as refused:
        writing.change(LINES, first, {"behind": second})
    assert "behind" in refused.value.errors


def test_a_cause_explains_none_of_another_case(case):
    elsewhere = Process(title="Another case")
    elsewhere.save()
    foreign = add(elsewhere)
    with pytest.raises(Refused) as refused:
        add(case, behind=foreign)
    assert "behind" in refused.value.errors


def test_an_own_category_counts_as_the_standard_one_it_names(case):
    own = CauseCategory(name="Second source", name_zh="第二来源", counts_as="material")
    own.save()
    made = add(case, category=own, standard="method")
    assert made.standard == "material"
    assert [branch.name for branch in causes.branches([made])] == ["Second source"]


def test_the_whys_are_a_chain_from_the_first_to_the_root(case):
    first = add(case)
    second = add(case, statement="No limit at low level", behind=first)
    third = add(case, statement="No trial lot", behind=second, finding="confirmed", evidence="QP-12", root=True)
    add(case, statement="LED bins mixed", finding="refuted", evidence="Bins measured")
    assert causes.chains(causes.of(case)) == [[first, second, third]]
    assert causes.roots(case) == [third]
    drawn = str(causes.drawn(case, causes.of(case), ""))
    assert drawn.count("gj-why-n") == 3
    assert "is-refuted" in drawn
