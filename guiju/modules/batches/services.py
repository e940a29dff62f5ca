"""One step for many documents: each by itself, so that one that is refused holds up no other and says why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.documents.models import ENDED, Document
from guiju.modules.documents.workflow import document_workflow
from guiju.modules.readings import assigning, audience
from guiju.organizations.members import require
from guiju.organizations.models import Person
from guiju.spine.acts import Conflict, Refused, write
from guiju.spine.workflow.perform import perform

MOST = 200  # documents in a batch
RIGHTS = {
    "owner": "documents.change",
    "distribution": "documents.distribute",
    "review": "documents.submit",
    "approve": "documents.approve",
    "take_over": "documents.take_over",
}


@dataclass(frozen=True)
class Outcome:
    """What became of one document: done, or the reasons why not."""

    document: Document
    refused: str = ""
    missing: tuple[str, ...] = ()


Step = Callable[[Document], Any]


def each(documents: Sequence[Document], step: Step) -> list[Outcome]:
    """Take a step with each. Refused for none, or for more than a batch holds."""
    if not documents:
        raise Refused(_("Choose at least one document."))
    if len(documents) > MOST:
        raise Refused(_("A batch has at most %(most)s documents."), {"most": MOST})
    return [_one(document, step) for document in documents]


def _one(document: Document, step: Step) -> Outcome:
    try:
        if document.state in ENDED:
            raise Conflict(_("It is not in force any more."))
        step(document)
    except Refused as refused:
        return Outcome(document, str(refused), tuple(str(one) for one in refused.missing))
    return Outcome(document)


def give_to(owner: Person, reason: str) -> Step:
    """Another owner; the reason stands on the trail of each. Also for documents in force: the owner is no content."""

    def giving(document: Document) -> None:
        require("documents.change", document)

        def writing() -> None:
            row = Document.locked(document.pk)
            if row.owner_id == owner.pk:
                return
            row.owner = owner
            row.save(action="hand_over", reason=reason)

        write(writing)

    return giving


def distribute_to(values: Mapping[str, Any]) -> Step:
    """Add those named to whom a document goes already, and ask them to read it."""

    def distributing(document: Document) -> None:
        before = audience.distribution(document)
        audience.distribute(
            document,
            everyone=values["everyone"] or any(not (row.role_id or row.department_id or row.person_id) for row in before),
            roles=_both(values["roles"], [row.role for row in before]),
            departments=_both(values["departments"], [row.department for row in before]),
            people=_both(values["people"], [row.person for row in before]),
        )
        assigning.assign(document)

    return distributing


def _both(new: Iterable[Any], before: Iterable[Any]) -> list[Any]:
    return list({one.pk: one for one in [*before, *new] if one is not None}.values())


def send_to_review(inputs: Mapping[str, Any]) -> Step:
    """Send drafts to review; a reviewer who wrote one is passed over there."""
    return lambda document: perform(document_workflow, document, "submit", inputs=inputs)


def step(name: str, values: Mapping[str, Any]) -> Step:
    """The step of a name in RIGHTS, with what its form has judged."""
    if name == "owner":
        return give_to(values["owner"], values["reason"])
    return distribute_to(values) if name == "distribution" else send_to_review(values)
