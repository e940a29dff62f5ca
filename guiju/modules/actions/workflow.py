"""From what is to be done to the decision whether it worked. ISO 9001 10.2.1 c), d)."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.actions import guards, steps
from guiju.modules.actions.forms import DecideForm, DoneForm
from guiju.modules.actions.models import Action, Effect, Sort
from guiju.spine.workflow.table import State, Transition, Workflow


def needs_no_effect(action: Action) -> bool:
    """A correction puts right what is there; only what removes a cause or improves is judged by its effect."""
    return action.kind == Sort.CORRECTION


def itself(action: Action) -> Action:
    return action


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
        Transition(
            "complete",
            _("Report as done"),
            "open",
            "done",
            _("%(who)s reported it as done."),
            explains=_("Another person then verifies it. Done is not effective: that is decided later, on data."),
            needs=(guards.says_what, guards.addresses_a_cause, guards.criterion_set, guards.nothing_asked),
            form=DoneForm,
            effect=steps.complete,
            icon="check",
        ),
        Transition(
            "verify",
            _("Verify"),
            "done",
            "verified",
            _("%(who)s verified that it was done."),
            explains=_("You have seen that it was done as planned."),
            needs=(guards.not_the_doer,),
            instead=("closed", needs_no_effect),
            effect=steps.verify,
            icon="eye-check",
        ),
        Transition(
            "return",
            _("Not done yet"),
            "done",
            "open",
            _("%(who)s found it not done yet."),
            explains=_("It goes back to whoever answers for it, with your reason."),
            needs=(guards.not_the_doer,),
            asks_reason=True,
            effect=steps.give_back,
            icon="arrow-back-up",
        ),
        Transition(
            "find_effective",
            _("It worked"),
            "verified",
            "effective",
            _("%(who)s decided that it worked, and signed. %(basis)s"),
            explains=_("You decide on the data and sign; what they propose stands beside it."),
            needs=(guards.not_the_doer, guards.risks_and_system_answered, guards.benefit_measured),
            form=DecideForm,
            meaning=_("Found effective"),
            signs=itself,
            effect=steps.decide(Effect.EFFECTIVE),
            icon="circle-check",
        ),
        Transition(
            "find_not_effective",
            _("It did not work"),
            "verified",
            "not_effective",
            _("%(who)s decided that it did not work, and signed. %(basis)s"),
            explains=_("What it was to cure goes back to its analysis; what was done stays on it."),
            needs=(guards.not_the_doer,),
            form=DecideForm,
            meaning=_("Found not effective"),
            signs=itself,
            effect=steps.decide(Effect.NOT_EFFECTIVE),
            icon="arrow-back-up",
        ),
        Transition(
            "cancel",
            _("Cancel"),
            ("open", "done"),
            "cancelled",
            _("%(who)s cancelled it."),
            asks_reason=True,
            effect=steps.cancel,
            icon="x",
        ),
    ),
)
