"""What Lanzhu Lighting has let go: a list that one proposed and another carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.modules.documents.models import Document
from guiju.modules.keeping.models import Disposal
from guiju.modules.keeping.workflow import disposal_workflow
from guiju.project.sample.days import Days
from guiju.spine.registers import writing
from guiju.spine.registers.declaration import by_key
from guiju.spine.signatures.services import sample_proof
from guiju.spine.workflow.perform import perform


@dataclass(frozen=True)
class Gone:
    """A list for disposal: who proposed it and who carried it out, and on which working days."""

    title: str
    numbers: tuple[str, ...]
    note: str
    proposed: tuple[int, str]
    carried_out: tuple[int, str]


GONE = (
    Gone(
        "Plans that are over, kept for their year",
        ("PL-02",),
        "Yearly look at the shelf.",
        (-11, "wei"),
        (-9, "guoliang"),
    ),
)
Happening = tuple[Any, str, str, dict[str, Any]]


def happenings(days: Days) -> Iterator[Happening]:
    """(instant, who, verb of `Keeping`, its arguments)"""
    for gone in GONE:
        day, who = gone.proposed
        yield days.at(day, "15:20"), who, "propose_disposal", {"gone": gone}
        day, who = gone.carried_out
        yield days.at(day, "9:05"), who, "carry_out_disposal", {"title": gone.title}


class Keeping:
    """The verbs of these happenings."""

    def propose_disposal(self, gone: Gone) -> None:
        register = by_key("disposals")
        assert register is not None
        listed = list(Document.objects.filter(number__in=gone.numbers))
        made = writing.create(register, {"title": gone.title, "note": gone.note, "numbers": listed})
        perform(disposal_workflow, made, "propose", proof=sample_proof())

    def carry_out_disposal(self, title: str) -> None:
        perform(disposal_workflow, Disposal.objects.get(title=title), "carry_out", proof=sample_proof())
