"""Several people around one document."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from guiju.conftest import join, make_person
from guiju.modules.documents import services
from guiju.modules.documents.models import Document
from guiju.modules.documents.workflow import document_workflow
from guiju.organizations.members import Member
from guiju.spine.acts import act
from guiju.spine.signatures.services import Proof
from guiju.spine.workflow.perform import perform


@pytest.fixture
def team(lanzhu: SimpleNamespace) -> SimpleNamespace:
    """Lanzhu with two more people who may review and approve."""
    rights = ("documents.view", "documents.comment", "documents.review", "documents.approve", "documents.return")
    for name, shown in (("hua", "Lin Hua"), ("jun", "Gao Jun")):
        setattr(lanzhu, name, join(lanzhu.organization, make_person(name, shown), *rights))
    return lanzhu


@pytest.fixture
def take(lanzhu: SimpleNamespace) -> Callable[..., Document]:
    """Take a door as somebody: take(document, "review", member, reason="…", reviewers=[…])."""

    def taking(document: Document, door: str, who: Member, *, reason: str = "", **inputs: Any) -> Document:
        proof = Proof(who.id, "password") if document_workflow.transitions[door].signs else None
        with act(lanzhu.organization, who):
            return perform(document_workflow, document, door, inputs=inputs, reason=reason, proof=proof)

    return taking


@pytest.fixture
def as_(lanzhu: SimpleNamespace) -> Callable[[Member], Any]:
    @contextmanager
    def acting(who: Member) -> Iterator[None]:
        with act(lanzhu.organization, who):
            yield

    return acting


@pytest.fixture
def draft(lanzhu: SimpleNamespace) -> Document:
    """A procedure that Wei has written."""
    with act(lanzhu.organization, lanzhu.wei):
        values = {"title": "Ageing", "kind": "procedure", "language": "en", "text": "Lamps burn for **four hours** at 45 °C."}
        return services.draft(values)
