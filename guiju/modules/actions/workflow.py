"""From what is to be done to the decision whether it worked. ISO 9001 10.2.1 c), d)."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.actions.models import Action, Sort
from guiju.spine.workflow.table import State, Transition, Workflow


def needs_no_effect(action: Action) -> bool:
    """A correction puts right what is there; only what removes a cause or improves is judged by its effect."""
    return action.kind == Sort.CORRECTION


action_workflow = Workflow(
    "actions",
    states=(
        State("open", _("To do"), "due"),
        State("done", _("Done, to be verified"), "due"),
        State("verified", _("Verified: did it work?"), "due"),
        State("effective", _("Effective"), "done", final=True),
        State("closed", _("Done and verified"), "done", final=True),
        State("not_effective", _("Not effective"), "late", final=True),
        State("cancelled", _("Cancelled"), final=True),
    ),
    transitions=(
        Transition("complete", _("Report as done"), "open", "done", _("%(who)s reported it as done."), icon="check"),
        Transition(
            "verify",
            _("Verify"),
            "done",
            "verified",
            _("%(who)s verified that it was done."),
            instead=("closed", needs_no_effect),
            icon="eye-check",
        ),
        Transition(
            "return",
            _("Not done yet"),
            "done",
            "open",
            _("%(who)s found it not done yet."),
            asks_reason=True,
            icon="arrow-back-up",
        ),
        Transition("find_effective", _("It worked"), "verified", "effective", _("%(who)s decided that it worked."), icon="check"),
        Transition(
            "find_not_effective",
            _("It did not work"),
            "verified",
            "not_effective",
            _("%(who)s decided that it did not work."),
            asks_reason=True,
            icon="arrow-back-up",
        ),
        Transition("cancel", _("Cancel"), ("open", "done"), "cancelled", _("%(who)s cancelled it."), asks_reason=True, icon="x"),
    ),
)
