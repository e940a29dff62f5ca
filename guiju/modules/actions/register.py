"""How actions are listed, shown, found."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.actions import services
from guiju.modules.actions.models import Action
from guiju.modules.actions.workflow import action_workflow
from guiju.spine.registers.declaration import Register, register

EDITS = ("title", "kind", "origin", "process", "owner", "due_on", "problem", "action_text", "strength")
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
        edits=EDITS,
        imports=("number", *EDITS),
        finds=("problem", "action_text"),
        create=services.plan,
    )
)
