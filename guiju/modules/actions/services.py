"""The verbs by which other code asks for actions."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guiju.modules.actions.models import Action, Basis, Sort
from guiju.spine.acts import Refused, current, write
from guiju.spine.records.models import Link, Record, Relation
from guiju.spine.records.services import link
from guiju.spine.tasks import services as tasks
from guiju.spine.trail.states import kind_of

DO = gettext_noop("Do it")
INITIAL = "open"
OF_CRITERION = ("effectiveness_criterion", "effectiveness_basis_kind", "effectiveness_indicator", "effectiveness_limit")


def plan(values: Mapping[str, Any], *, raised_from: Record | None = None) -> Action:
    """A new action from cleaned values; whoever plans it owns it where nobody is named. It is linked to what it came from.

    Refused for a decision on its effect that lies before it is due.
    """

    def planning() -> Action:
        made = Action(**values, state=INITIAL)
        if made.owner_id is None:
            made.owner_id = current().actor.id
        _judge(made)
        made.save()
        if raised_from is not None:
            link(made, raised_from, Relation.RAISED_FROM)
        if made.owner_id is not None:
            tasks.ask(made, made.owner_id, DO, due_on=made.due_on, door="complete")
        return made

    return write(planning)


def change(action: Action, values: Mapping[str, Any]) -> Action:
    """Lay values over an action. Refused for another criterion once it is done: what it is judged by was said before."""
    if action.state != INITIAL and any(name in values for name in OF_CRITERION):
        words = _("By what its effect is judged was said before it was done, and stays.")
        raise Refused(words, errors={next(name for name in OF_CRITERION if name in values): [words]})
    owner = action.owner_id

    def changing() -> Action:
        for name, value in values.items():
            setattr(action, name, value)
        _judge(action)
        action.save()
        if action.owner_id != owner and action.state == INITIAL:
            tasks.drop(action, door="complete")
            if action.owner_id is not None:
                tasks.ask(action, action.owner_id, DO, due_on=action.due_on, door="complete")
        return action

    return write(changing)


def _judge(action: Action) -> None:
    """What must hold of a plan; the day on which its criterion was set is kept with it."""
    judged = action.effectiveness_due_on
    if judged is not None and action.due_on is not None and judged <= action.due_on:
        words = _("Whether it worked can be decided only after it is done.")
        raise Refused(words, errors={"effectiveness_due_on": [words]})
    if action.effectiveness_basis_kind == Basis.INDICATOR and action.effectiveness_indicator is None:
        words = _("Name the indicator by which its effect is judged.")
        raise Refused(words, errors={"effectiveness_indicator": [words]})
    if action.kind == Sort.CORRECTIVE and not action.effectiveness_count:
        words = _("At least one value is needed to judge an effect.")
        raise Refused(words, errors={"effectiveness_count": [words]})
    if action.effectiveness_criterion.strip() and action.criterion_set_on is None:
        action.criterion_set_on = current().today()


def of(record: Record) -> list[Action]:
    """The actions that were raised from a record, in the order in which they were planned."""
    links = Link.objects.filter(
        source_kind=kind_of(Action), target_kind=kind_of(type(record)), target=record.pk, relation=Relation.RAISED_FROM
    )
    return list(Action.objects.filter(pk__in=links.values("source")).select_related("owner", "cause_addressed").order_by("id"))


def serves_too(action: Action, record: Record) -> None:
    """Let an action serve another case as well: one cure for many, instead of many for one."""
    write(lambda: link(action, record, Relation.RAISED_FROM))


def cases(action: Action) -> list[tuple[str, Any]]:
    """(kind, id) of the records that an action was raised from."""
    links = Link.objects.filter(source_kind=kind_of(Action), source=action.pk, relation=Relation.RAISED_FROM).order_by("id")
    return list(links.values_list("target_kind", "target"))
