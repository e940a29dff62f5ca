"""Whose work a document is: the right to write is a right to one's own documents. ISO 9001 5.3, 7.5.3."""

from typing import Any
from uuid import UUID

from guiju.spine.signatures.services import of as signatures_of
from guiju.spine.tasks import services as tasks

WORK = frozenset(f"documents.{verb}" for verb in ("change", "submit", "return", "revise", "give_up"))
ANY = "documents.change_any"  # the right to do so with every document
ASKED = ("review", "approve", "submit", "confirm", "revise")  # the doors for which somebody is asked to look at it


def concerns(document: Any, people: frozenset[UUID]) -> bool:
    """Whether one of these people owns a document or its process, wrote its newest revision, or is asked to look at it."""
    if document._state.adding or document.owner_id in people:
        return True
    if document.process_id is not None and document.process.owner_id in people:
        return True
    if document.newest().author_id in people:
        return True
    return tasks.of(document).filter(door__in=ASKED, who__in=people).exists() or _signed(document, people)


def _signed(document: Any, people: frozenset[UUID]) -> bool:
    """Whether one of them has reviewed or approved it in the present round already."""
    revision = document.newest()
    since = revision.submitted_at
    return since is not None and any(one.signer_id in people and one.signed_at >= since for one in signatures_of([revision]))
