"""More time: asked for with a reason, decided by another with words; how often is counted. ISO 9001 8.1, 10.2.1 c)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from guiju.modules.actions.models import Action, Decision, Extension
from guiju.organizations.members import people_who_may, require
from guiju.spine.acts import Conflict, Refused, current, write
from guiju.spine.notices.services import tell
from guiju.spine.registers.forms import Bounded, RecordForm
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.registers.values import day
from guiju.spine.tasks import services as tasks
from guiju.spine.workflow.perform import acting_people

RIGHT = "actions.extend"
DECIDE = gettext_noop("Decide whether there is more time")


class ExtensionForm(RecordForm):
    """Until when, and why."""

    class Meta:
        model = Extension
        fields = ("until_on", "reason")


class DecisionForm(Bounded):
    """Yes or no, with words."""

    granted = forms.BooleanField(label=gettext_lazy("More time is given"), required=False)
    reason = forms.CharField(label=gettext_lazy("Why so decided"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


def judge(action: Action, values: Mapping[str, Any], line: Extension | None) -> None:
    """Refused for a day that has passed or is no later, Conflict while another request waits."""
    until: date | None = values.get("until_on", line.until_on if line else None)
    if until is None:
        return
    if until < current().today():
        words = _("That day is over. Nothing is extended into the past.")
        raise Refused(words, errors={"until_on": [words]})
    if action.due_on is not None and until <= action.due_on:
        words = _("It is due on %(day)s already: ask for a later day.") % {"day": day(action.due_on)}
        raise Refused(words, errors={"until_on": [words]})
    waiting = Extension.objects.filter(action=action, decision=Decision.ASKED, ended=False)
    if waiting.exclude(pk=line.pk if line else None).exists():
        raise Conflict(gettext_noop("A request for more time waits for its decision already."))


def prepare(values: Mapping[str, Any], action: Action, line: Extension | None) -> dict[str, Any]:
    if line is not None:
        return dict(values)
    return {**values, "before_on": action.due_on or current().today(), "asked_by_id": current().actor.id}


def written(line: Extension) -> None:
    """Ask those who may decide and neither asked nor answer for the action."""
    action = line.action
    tasks.drop(action, door=RIGHT)
    if line.ended or line.decision != Decision.ASKED:
        return
    for person in {one.pk for one in people_who_may(RIGHT)} - {line.asked_by_id, action.owner_id}:
        tasks.ask(action, person, DECIDE, door=RIGHT)


def decide(action: Action, extension: Any, *, granted: bool, reason: str) -> Extension:
    """Give more time or refuse it. NotPermitted; Conflict for one's own request, and for one that is decided."""
    require(RIGHT, action)
    if not reason.strip():
        words = _("Say why: the decision is kept with its reason.")
        raise Refused(words, errors={"reason": [words]})

    def deciding() -> Extension:
        row, line = Action.locked(action.pk), Extension.locked(extension)
        if line.action_id != row.pk or line.ended or line.decision != Decision.ASKED:
            raise Conflict(gettext_noop("There is no request for more time that waits."))
        if {line.asked_by_id, row.owner_id} & acting_people():
            raise Conflict(gettext_noop("You asked for it or answer for the action; another person decides."))
        acting = current()
        line.decision = Decision.GRANTED if granted else Decision.REFUSED
        line.decided_by_id, line.decided_on, line.decision_reason = acting.actor.id, acting.today(), reason.strip()
        line.save(action="change_line")
        if granted:
            row.due_on = line.until_on
            row.save(action="extend", reason=reason.strip(), says={"day": line.until_on.isoformat()})
        tasks.drop(row, door=RIGHT)
        key = gettext_noop("%(number)s: more time is given") if granted else gettext_noop("%(number)s: more time is refused")
        tell([line.asked_by_id], key, {"number": row.number}, row)
        return line

    return write(deciding)


def count(action: Action) -> int:
    """How often its due date was moved."""
    return Extension.objects.filter(action=action, decision=Decision.GRANTED).count()


extensions = Lines(
    key="extensions",
    model=Extension,
    label=gettext_lazy("More time"),
    label_one=gettext_lazy("Request for more time"),
    label_add=gettext_lazy("Ask for more time"),
    columns=("until_on", "reason", "asked_by", "decision", "decision_reason"),
    form=ExtensionForm,
    right="actions.complete",
    editable=lambda action: action.state == "open",
    changeable=lambda line: line.decision == Decision.ASKED,
    explains=gettext_lazy("A due date is not changed: more time is asked for, and another person decides."),
    judge=judge,
    prepare=prepare,
    written=written,
)
