"""Actions, their causes and the people who do, verify and decide."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from guiju.modules.actions import services
from guiju.modules.actions.models import Action, Cause
from guiju.modules.actions.workflow import action_workflow
from guiju.modules.indicators import services as indicators
from guiju.modules.indicators.models import Indicator
from guiju.modules.processes.models import Process
from guiju.organizations.members import Member
from guiju.spine.acts import act, current
from guiju.spine.signatures.services import Proof
from guiju.spine.workflow.perform import perform

WORDS: dict[str, dict[str, str]] = {
    "complete": {"done_evidence": "Revision 7 of QP-12 is in force."},
    "find_effective": {"basis": "I follow the data."},
    "find_not_effective": {"basis": "I follow the data."},
}


@pytest.fixture
def case(as_wei) -> Process:
    """What the causes lie below: any record serves."""
    made = Process(title="Flicker at the lowest level")
    made.save()
    return made


@pytest.fixture
def cause(case) -> Cause:
    made = Cause(
        **Cause.under(case),
        statement="Changing a source needs no trial lot",
        finding="confirmed",
        evidence="QP-12, 5.3",
        root=True,
    )
    made.save()
    return made


@pytest.fixture
def returns(as_wei) -> Indicator:
    return indicators.define({"title": "Lamps failing flicker", "better": "lower", "target": 1, "frequency": "week"})


@pytest.fixture
def plan(cause, returns) -> Callable[..., Action]:
    """Plans a corrective action of Wei's, judged by six values of an indicator."""

    def planning(**more: Any) -> Action:
        today = current().today()
        values = {
            "title": "A trial lot for each new source",
            "kind": "corrective",
            "action_text": "QP-12 asks for a trial lot.",
            "due_on": today + timedelta(days=30),
            "cause_addressed": cause,
            "effectiveness_criterion": "At most one lamp in 1,000 for six weeks",
            "effectiveness_basis_kind": "indicator",
            "effectiveness_indicator": returns,
            "effectiveness_count": 6,
            "effectiveness_due_on": today + timedelta(days=90),
            "risk_review": "needed",
            "risk_review_reason": "Second sources",
            "system_change": "needed",
            "system_change_reason": "QP-12",
        }
        return services.plan(values | more)

    return planning


@pytest.fixture
def step(lanzhu: SimpleNamespace) -> Callable[..., Action]:
    """A person takes a step of an action, signing where it is signed."""

    def stepping(who: Member, action: Action, name: str, **more: Any) -> Action:
        proof = Proof(who.id, "password") if action_workflow.transitions[name].signs else None
        reason = "Because" if action_workflow.transitions[name].asks_reason else ""
        with act(lanzhu.organization, who):
            return perform(action_workflow, action, name, inputs=WORDS.get(name, {}), reason=reason, proof=proof, **more)

    return stepping
