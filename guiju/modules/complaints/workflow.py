"""From receipt to an answer that the customer has. ISO 9001 8.2.1, 9.1.2; the steps of ISO 10002 in our own words."""

from django.utils.translation import gettext_lazy as _

from guiju.spine.workflow.table import State, Transition, Workflow

complaint_workflow = Workflow(
    "complaints",
    states=(
        State("received", _("Received"), "due"),
        State("acknowledged", _("Acknowledged"), "due"),
        State("decided", _("Decided"), "due"),
        State("answered", _("Answered"), "due"),
        State("closed", _("Closed"), "done"),
    ),
    transitions=(
        Transition("acknowledge", _("Acknowledge"), "received", "acknowledged", _("%(who)s acknowledged it."), icon="mail"),
        Transition("decide", _("Decide"), "acknowledged", "decided", _("%(who)s decided on it."), icon="check"),
        Transition("answer", _("Answer"), "decided", "answered", _("%(who)s answered the customer."), icon="send"),
        Transition("close", _("Close"), ("decided", "answered"), "closed", _("%(who)s closed it."), icon="check"),
        Transition(
            "reopen",
            _("Open again"),
            ("answered", "closed"),
            "acknowledged",
            _("%(who)s opened it again."),
            asks_reason=True,
            icon="arrow-back-up",
        ),
    ),
)
