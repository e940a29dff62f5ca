"""How actions are listed, shown, found."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.modules.actions import effects, extensions, looks, page, services
from guiju.modules.actions.forms import PLANNED, ActionForm
from guiju.modules.actions.models import Action
from guiju.modules.actions.workflow import action_workflow
from guiju.spine.acts import current
from guiju.spine.registers.declaration import Panel, Register, View, register

PROPOSED: Mapping[str, Any] = {
    "type": ["object", "null"],
    "properties": {
        "verdict": {"type": "string", "enum": ["effective", "not_yet", "not_effective", "too_few"]},
        "values": {"type": "integer"},
        "needed": {"type": "integer"},
        "met": {"type": "integer"},
        "reasons": {"type": "array", "items": {"type": "string"}},
    },
}


def shows(actions: list[Action], whole: bool) -> Mapping[UUID, Mapping[str, Any]]:
    """What the data propose, of an action alone."""
    return {one.pk: {"proposal": effects.shown(one) if whole else None} for one in actions}


def overdue() -> Q:
    return Q(state="open", due_on__lt=current().today())


def to_judge() -> Q:
    return Q(state="verified")


actions = register(
    Register(
        key="actions",
        model=Action,
        workflow=action_workflow,
        label=_("Actions"),
        label_one=_("Action"),
        label_new=_("New action"),
        purpose=_("What is to be done so that things are right, stay right or get better, and whether it worked."),
        clause="10.2",
        phase="act",
        columns=("number", "title", "kind", "state", "process", "owner", "due_on"),
        filters=("state", "kind", "process", "owner"),
        sorts=("title", "due_on"),
        form=ActionForm,
        create=services.plan,
        change=services.change,
        editable=lambda action: not action_workflow.states[action.state].final,
        imports=("number", *(name for name in PLANNED if name != "cause_addressed")),
        finds=("problem", "action_text"),
        views=(View("overdue", _("Overdue"), overdue), View("to_judge", _("Did it work?"), to_judge)),
        rights={"extend": _("decide whether there is more time")},
        facts=page.facts,
        panels=(Panel("", page.waiting), Panel("", page.plan), Panel("", effects.panel)),
        aside=(Panel(_("Came from"), page.came_from),),
        lines=(extensions.extensions, looks.looks),
        shows=shows,
        shown_as={"proposal": PROPOSED},
        sentences={"extend": _("%(who)s gave more time, until %(day)s.")},
    )
)
