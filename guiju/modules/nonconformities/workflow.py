"""From a report to the proof that it does not come back. ISO 9001 8.7, 10.2."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.nonconformities import guards, steps
from guiju.modules.nonconformities.forms import ContainForm
from guiju.modules.nonconformities.models import Nonconformity
from guiju.spine.workflow.table import State, Transition, Workflow


def itself(case: Nonconformity) -> Nonconformity:
    return case


nonconformity_workflow = Workflow(
    "nonconformities",
    states=(
        State("reported", _("Reported"), "due"),
        State("contained", _("Contained"), "due"),
        State("analysed", _("Cause found"), "due"),
        State("acted", _("Acted: did it work?"), "due"),
        State("closed", _("Closed"), "done"),
        State("dismissed", _("Dismissed"), final=True),
    ),
    transitions=(
        Transition(
            "contain",
            _("Contain"),
            "reported",
            "contained",
            _("%(who)s contained it."),
            explains=_("What keeps more of it from getting out: blocked, marked, kept apart, delivery stopped."),
            form=ContainForm,
            effect=steps.contain,
            icon="shield-check",
        ),
        Transition(
            "confirm_cause",
            _("Confirm the cause"),
            "contained",
            "analysed",
            _("%(who)s confirmed the cause, and signed."),
            explains=_("You sign what is decided on the cause, and where it is to be removed what was found."),
            needs=(
                guards.graded,
                guards.says_what_was_not_met,
                guards.cause_decided,
                guards.cause_found,
                guards.similar_looked_for,
            ),
            meaning=_("Cause confirmed"),
            signs=itself,
            effect=steps.confirm,
            icon="check",
        ),
        Transition(
            "act",
            _("Everything is done"),
            "analysed",
            "acted",
            _("%(who)s found everything done."),
            explains=_("Corrections, dispositions and actions are done and verified; now it is watched whether they hold."),
            needs=(
                guards.corrected,
                guards.consequences_dealt_with,
                guards.customer_informed,
                guards.quantities_add_up,
                guards.carried_out,
                guards.verified_again,
                guards.concession_granted,
                guards.actions_planned,
                guards.actions_verified,
            ),
            icon="check",
        ),
        Transition(
            "close",
            _("Close"),
            "acted",
            "closed",
            _("%(who)s closed it, and signed."),
            explains=_("You sign that it was put right and, where its cause was to go, that it does not come back."),
            needs=(guards.effect_decided,),
            meaning=_("Closed"),
            signs=itself,
            effect=steps.close,
            icon="circle-check",
        ),
        Transition(
            "reopen",
            _("Back to the analysis"),
            ("analysed", "acted", "closed"),
            "contained",
            _("%(who)s opened it again."),
            explains=_("It returns to its analysis; what was done stays on it."),
            asks_reason=True,
            effect=steps.reopen,
            icon="arrow-back-up",
        ),
        Transition(
            "return_to_analysis",
            _("Back to the analysis"),
            ("analysed", "acted", "closed"),
            "contained",
            _("It went back to its analysis, since %(action)s was found not effective."),
            inner=True,
        ),
        Transition(
            "dismiss",
            _("Dismiss"),
            "reported",
            "dismissed",
            _("%(who)s dismissed it."),
            explains=_("It is no nonconformity. Whoever reported it is told why."),
            asks_reason=True,
            effect=steps.dismiss,
            icon="x",
        ),
    ),
)
