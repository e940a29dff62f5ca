"""One confirmation of identity for many documents: what is signed is listed with its digests before, and each keeps its own
signature over its own content (law L9). What somebody may not sign is named and left (laws L9, L10)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_noop as _

from guiju.modules.batches.services import Outcome, each
from guiju.modules.documents.models import Document, Revision
from guiju.modules.documents.workflow import document_workflow
from guiju.spine.acts import Conflict, Stale
from guiju.spine.signatures.services import Proof, digest_of
from guiju.spine.workflow.perform import perform

# Which documents a step is for: those in the state from which its door leads on, as far as it is meant for them.
STEPS: dict[str, Q] = {
    "approve": Q(state="in_review"),
    "take_over": Q(state="draft", stated_since__isnull=False, standing_revision=""),
}


@dataclass(frozen=True)
class Line:
    """A document as it stands on the list: what would be signed, and what is missing before."""

    document: Document
    revision: Revision
    digest: str
    missing: tuple[str, ...]

    @property
    def key(self) -> str:
        """What the page sends back of a line that was chosen: the document, its version and the digest that were shown."""
        return f"{self.document.pk} {self.document.version} {self.digest}"


@dataclass(frozen=True)
class Chosen:
    """A line as it was shown to the person who chose it."""

    version: int
    digest: str


def lines(step: str, documents: Iterable[Document]) -> list[Line]:
    """What would be signed of each."""
    door = document_workflow.transition(step)
    assert door.signs is not None
    made = []
    for document in documents:
        revision = door.signs(document)
        made.append(Line(document, revision, digest_of(revision), tuple(str(one) for one in door.missing(document))))
    return made


def chosen(keys: Iterable[str]) -> dict[str, Chosen]:
    """What a page has sent back, by document; what is no line is passed over."""
    found = {}
    for key in keys:
        parts = key.split(" ")
        if len(parts) == 3 and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 10:
            found[parts[0]] = Chosen(int(parts[1]), parts[2])
    return found


def sign_each(
    step: str, documents: Sequence[Document], shown: Mapping[str, Chosen], inputs: Mapping[str, Any], reason: str, proof: Proof
) -> list[Outcome]:
    """Take a signed step with each that was chosen, under one proof. What has changed since it was shown is refused, as is
    what the step itself refuses; the others are signed."""
    door = document_workflow.transition(step)
    assert door.signs is not None
    signs = door.signs

    def signing(document: Document) -> None:
        seen = shown[str(document.pk)]
        if document.state not in door.sources:
            raise Conflict(_("It has gone on since the list was shown to you."))
        if digest_of(signs(document)) != seen.digest:
            raise Stale(_("It was changed since the list was shown to you."))
        perform(document_workflow, document, step, inputs=inputs, reason=reason, proof=proof, version=seen.version)

    return each(documents, signing)
