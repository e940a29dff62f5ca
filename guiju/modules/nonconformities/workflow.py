"""From a report to the proof that it does not come back. ISO 9001 8.7, 10.2."""

from django.utils.translation import gettext_lazy as _

from guiju.spine.workflow.table import State, Transition, Workflow

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
        Transition("contain", _("Contain"), "reported", "contained", _("%(who)s contained it."), icon="shield-check"),
        Transition(
            "confirm_cause", _("Confirm the cause"), "contained", "analysed", _("%(who)s confirmed the cause."), icon="check"
        ),
        Transition("act", _("Everything is done"), "analysed", "acted", _("%(who)s found everything done."), icon="check"),
        Transition("close", _("Close"), "acted", "closed", _("%(who)s closed it."), icon="check"),
        Transition(
            "reopen",
            _("Back to the analysis"),
            ("analysed", "acted", "closed"),
            "contained",
            _("%(who)s opened it again."),
            asks_reason=True,
            icon="arrow-back-up",
        ),
        Transition("dismiss", _("Dismiss"), "reported", "dismissed", _("%(who)s dismissed it."), asks_reason=True, icon="x"),
    ),
)

report_workflow = Workflow(
    "reports",
    states=(
        State("waiting", _("Waits for admission"), "due"),
        State("admitted", _("Admitted"), "done", final=True),
        State("answered", _("Answered"), "done", final=True),
    ),
    transitions=(
        Transition("admit", _("Admit"), "waiting", "admitted", _("%(who)s admitted it as a nonconformity."), icon="check"),
        Transition("answer", _("Answer and close"), "waiting", "answered", _("%(who)s answered it."), icon="message"),
    ),
)
