"""Cases, and the people who take their steps."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from guiju.modules.actions.models import Cause
from guiju.modules.nonconformities import services
from guiju.modules.nonconformities.models import Nonconformity
from guiju.modules.nonconformities.workflow import nonconformity_workflow
from guiju.organizations.members import Member
from guiju.spine.acts import act, current
from guiju.spine.signatures.services import Proof
from guiju.spine.workflow.perform import perform


@pytest.fixture
def case(as_wei) -> Callable[..., Nonconformity]:
    """Reports a case of an output, graded and described."""

    def reporting(**more: Any) -> Nonconformity:
        values = {
            "title": "Lamp L2 flickers at the lowest level",
            "description": "Three buyers returned lamps of lot L2-2608: at level 1 the light trembles.",
            "kind": "output",
            "stage": "final",
            "severity": "significant",
            "severity_reason": "It tires the eyes",
            "requirement_not_met": "SP-L2, revision 10: at most 1.0",
            "owner": as_wei.wei.person,
        }
        return services.raise_one(values | more)

    return reporting


@pytest.fixture
def step(lanzhu: SimpleNamespace) -> Callable[..., Nonconformity]:
    """A person takes a step of a case, signing where it is signed."""

    def stepping(who: Member, case: Nonconformity, name: str, **inputs: Any) -> Nonconformity:
        door = nonconformity_workflow.transitions[name]
        proof = Proof(who.id, "password") if door.signs else None
        words = {"containment": "412 lamps blocked"} if name == "contain" else {}
        with act(lanzhu.organization, who):
            reason = "Because" if door.asks_reason else ""
            return perform(nonconformity_workflow, case, name, inputs=words | inputs, reason=reason, proof=proof)

    return stepping


@pytest.fixture
def analysed(case, step, lanzhu) -> Callable[..., Nonconformity]:
    """A case whose cause is confirmed and is to be removed."""

    def analysing(**more: Any) -> Nonconformity:
        one = step(lanzhu.wei, case(**more), "contain")
        with act(lanzhu.organization, lanzhu.wei):
            services.decide_cause(one, decision="remove_cause", reason="It will come back")
            services.look_for_similar(one, where="Lots of L1", found="None")
            Cause(**Cause.under(one), statement="No trial lot", finding="confirmed", evidence="QP-12", root=True).save()
            one = Nonconformity.objects.get(pk=one.pk)
        return step(lanzhu.wei, one, "confirm_cause")

    return analysing


@pytest.fixture
def righted(lanzhu) -> Callable[[Nonconformity], Nonconformity]:
    """Writes down that it was corrected and what came of it."""

    def righting(case: Nonconformity) -> Nonconformity:
        with act(lanzhu.organization, lanzhu.wei):
            row = Nonconformity.objects.get(pk=case.pk)
            row.correction, row.corrected_on, row.consequences = "Exchanged", current().today(), "None beyond the lot"
            row.save()
            return row

    return righting
