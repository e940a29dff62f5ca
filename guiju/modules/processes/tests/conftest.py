"""A process as people set it up, and the steps it takes."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from guiju.modules.processes.models import Process
from guiju.modules.processes.workflow import process_workflow
from guiju.organizations.members import Member
from guiju.spine.acts import act
from guiju.spine.registers import writing
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.lines import writing as lines
from guiju.spine.signatures.services import Proof
from guiju.spine.workflow.perform import perform

REGISTER = by_key("processes")


def enter(process: Process, key: str, **values: Any) -> Any:
    """A line of a process, entered by whoever acts."""
    assert REGISTER is not None
    return lines.add(next(one for one in REGISTER.lines if one.key == key), process, values)


def made(title: str = "Inspection", **values: Any) -> Process:
    """A draft with purpose, owner, an input and an output, by whoever acts."""
    assert REGISTER is not None
    process = writing.create(REGISTER, {"title": title, "purpose": "Nothing unproven leaves.", **values})
    enter(process, "flows", direction="input", what="Lots", outside_party="Supplier")
    enter(process, "flows", direction="output", what="Released lots", outside_party="Customer")
    assert isinstance(process, Process)
    return process


@pytest.fixture
def take(lanzhu: SimpleNamespace) -> Callable[..., Process]:
    """Take a door as somebody: take(process, "approve", member, reason="…", effective_on=…)."""

    def taking(process: Process, door: str, who: Member, *, reason: str = "", **inputs: Any) -> Process:
        proof = Proof(who.id, "password") if process_workflow.transitions[door].signs else None
        with act(lanzhu.organization, who):
            return perform(process_workflow, process, door, inputs=inputs, reason=reason, proof=proof)

    return taking


@pytest.fixture
def draft(lanzhu: SimpleNamespace) -> Process:
    with act(lanzhu.organization, lanzhu.wei):
        return made(owner=lanzhu.wei.person)


@pytest.fixture
def approved(draft: Process, take: Callable[..., Process], lanzhu: SimpleNamespace) -> Process:
    """Drafted by Wei, approved by Min."""
    return take(take(draft, "submit", lanzhu.wei), "approve", lanzhu.min)
