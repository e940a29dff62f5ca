"""A procedure in force of which copies can be given out, and those who do it."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from guiju.modules.copies import services
from guiju.modules.copies.models import PaperCopy
from guiju.modules.documents.models import Document
from guiju.organizations.members import Member
from guiju.spine.acts import act


@pytest.fixture
def approve(team: SimpleNamespace, take: Callable[..., Document]) -> Callable[..., Document]:
    """approve(document): send it to review, review and approve it; with a day it is in force from then on."""

    def approving(document: Document, on: date | None = None) -> Document:
        take(document, "submit", team.wei, reviewers=[team.hua.person])
        take(document, "review", team.hua)
        return take(document, "approve", team.min, effective_on=on)

    return approving


@pytest.fixture
def in_force(draft: Document, approve: Callable[..., Document]) -> Document:
    return approve(draft)


@pytest.fixture
def revise(team: SimpleNamespace, take: Callable[..., Document], approve: Callable[..., Document]) -> Callable[..., Document]:
    """revise(document): the next revision, approved; with a day in force from then on."""

    def revising(document: Document, on: date | None = None) -> Document:
        return approve(take(document, "revise", team.wei, reason="Six hours"), on)

    return revising


@pytest.fixture
def give(team: SimpleNamespace) -> Callable[..., list[PaperCopy]]:
    """give(document, "Line 2", person, ...): copies for places and people, given out by Wei or whoever is named."""

    def giving(document: Document, *holders: Any, who: Member | None = None, **values: Any) -> list[PaperCopy]:
        with act(team.organization, who or team.wei):
            asked = {
                "people": [one for one in holders if not isinstance(one, str)],
                "places": [one for one in holders if isinstance(one, str)],
                "reason": "The screen is too far away",
            }
            return services.issue(Document.objects.get(pk=document.pk), asked | values)

    return giving


@pytest.fixture
def finish(team: SimpleNamespace) -> Callable[..., list[PaperCopy]]:
    """finish(document, "returned", 1, 2): say what became of copies."""

    def finishing(
        document: Document, how: str, *numbers: int, who: Member | None = None, again: bool = False, words: str = ""
    ) -> list[PaperCopy]:
        with act(team.organization, who or team.wei):
            values = {"copies": list(numbers), "how": how, "words": words, "again": again}
            return services.end(Document.objects.get(pk=document.pk), values)

    return finishing
