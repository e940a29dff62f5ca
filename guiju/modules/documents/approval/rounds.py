"""Who was asked the last time, and for which day: so that whoever sends a text to review again need not choose anew."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from guiju.modules.documents.models import Document, Revision
from guiju.spine.acts import current
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.past import Moment, histories
from guiju.spine.trail.states import kind_of

DOORS = (("reviewers", "review"), ("approvers", "approve"))


@dataclass(frozen=True)
class Round:
    """The people in the order in which they were chosen; the planned day, as long as it lies ahead."""

    reviewers: tuple[UUID, ...] = ()
    approvers: tuple[UUID, ...] = ()
    planned_on: date | None = None


def last(document: Document) -> Round:
    """The last round of a document, of this revision or one before; empty where none was."""
    found = histories({document.pk: kind_of(Document)}, limit=1, wanted=lambda entry: entry.action == "submit")
    if not found:
        return Round()
    reviewers, approvers = (_people(document, found[0], name, door) for name, door in DOORS)
    return Round(reviewers, approvers, _planned(document))


def _people(document: Document, sent: Moment, name: str, door: str) -> tuple[UUID, ...]:
    """Those who were chosen, and who took the step in the place of one of them who left."""
    chosen = [UUID(one) for one in (sent.says.get(name) or "").split(",") if one]
    return tuple(dict.fromkeys([*chosen, *tasks.done_since(document, door, sent.at)])) if chosen else ()


def _planned(document: Document) -> date | None:
    """Also of one that was given up or taken back: what was planned for it is likely meant for the next."""
    rows = Revision.objects.filter(document=document).exclude(submitted_at=None).order_by("-position")
    planned = rows.values_list("planned_on", flat=True).first()
    return planned if planned is not None and planned >= current().today() else None
