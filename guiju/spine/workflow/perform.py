"""perform(): one door taken, in one short transaction."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Conflict, NotPermitted, Refused, Stale, current, write
from guiju.spine.records.models import Record
from guiju.spine.signatures.services import Proof, sign
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.past import histories
from guiju.spine.trail.states import kind_of
from guiju.spine.workflow.table import Transition, Workflow

R = TypeVar("R", bound=Record)


def perform(
    workflow: Workflow,
    record: R,
    name: str,
    *,
    inputs: Mapping[str, Any] | None = None,
    reason: str = "",
    proof: Proof | None = None,
    version: int | None = None,
) -> R:
    """Take the door `name` with `record` and answer the record as it is then.

    `inputs` are the cleaned values of the transition's form, `version` the one the person saw.
    Raises NotFound (no such door), NotPermitted (no right, or a token before a signed door), Stale (changed
    since), Conflict (wrong state, or something is missing: `missing` says what), Refused (no reason, no proof).
    """
    transition = workflow.transition(name)
    _permit(workflow, transition, record)
    if transition.asks_reason and not reason.strip():
        raise Refused(_("Say why: this step is kept with its reason."), errors={"reason": [_("A reason is needed.")]})

    def performing() -> R:
        row = type(record).locked(record.pk)
        if version is not None and row.version != version:
            raise Stale(_changed_since(row, name))
        open_or_refuse(workflow, transition, row)
        target = transition.leads_to(row)
        given = {**(inputs or {}), "reason": reason.strip()} if transition.asks_reason else inputs or {}
        says = transition.effect(row, given) if transition.effect else None
        if transition.others is None or not transition.others(row):
            row.state = target
        row.save(action=name, reason=reason.strip(), says=dict(says or {}))
        if transition.signs is not None:
            sign(transition.signs(row), name, proof)
        for person in acting_people():
            tasks.finish(row, door=name, who=person)
        return row

    return write(performing)


def _changed_since(row: Record, name: str) -> str:
    """Why a page is older than its record: whoever acts has taken this very door, as with the browser's way back, or another."""
    last = histories({row.pk: kind_of(type(row))}, limit=1, wanted=lambda entry: entry.stateful)
    if last and last[0].action == name and last[0].actor == current().actor.id:
        return _("You have done this already.")
    return _("Someone else has changed this since you opened it.")


def follow(workflow: Workflow, row: R, name: str, *, says: Mapping[str, str | None] | None = None) -> R:
    """Take an inner transition with a locked row, within the step of another record that answers for right and proof.

    Conflict when the row is not where it leads from, or something is missing.
    """
    transition = workflow.transitions[name]
    if not transition.inner:
        raise ValueError(f"{workflow.subject}.{name} is a door, to be taken by perform")
    open_or_refuse(workflow, transition, row)
    row.state = transition.target
    row.save(action=name, says=dict(says or {}))
    return row


def acting_people() -> frozenset[Any]:
    """The ids of those who act now: a deputy does what the absent person was asked to do, too."""
    actor = current().actor
    return getattr(actor, "ids", frozenset({actor.id} if actor.id else ()))


def open_or_refuse(workflow: Workflow, transition: Transition, record: Record) -> None:
    """Conflict where the door is closed, with every reason at once."""
    state = workflow.state_of(record)
    if state.name not in transition.sources:
        raise Conflict(_("This step is not possible from the state “%(state)s”."), {"state": state.label})
    if missing := transition.missing(record):
        raise Conflict(_("Something is missing before this step."), missing=missing)


def _permit(workflow: Workflow, transition: Transition, record: Record) -> None:
    actor = current().actor
    if transition.signs is not None and actor.by_token:
        raise NotPermitted(_("This step is signed and needs a person: a token cannot sign."))
    if not actor.may(f"{workflow.subject}.{transition.name}", record):
        raise NotPermitted(_("You do not have the right to this step. Ask who administers roles."))
