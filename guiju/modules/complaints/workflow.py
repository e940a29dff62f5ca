"""From receipt to an answer that the customer has. ISO 9001 8.2.1, 9.1.2; the steps of ISO 10002 in our own words."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.complaints import steps
from guiju.modules.complaints.forms import AcknowledgeForm, AnswerForm, CloseForm, DecideForm
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
        Transition(
            "acknowledge",
            _("Acknowledge"),
            "received",
            "acknowledged",
            _("%(who)s acknowledged it."),
            explains=_("The customer knows that it came in, and when to expect an answer."),
            form=AcknowledgeForm,
            effect=steps.acknowledge,
            icon="mail",
        ),
        Transition(
            "decide",
            _("Decide"),
            "acknowledged",
            "decided",
            _("%(who)s decided on it: %(reason)s"),
            explains=_("Justified or not, with a reason. A justified one becomes a nonconformity."),
            form=DecideForm,
            effect=steps.decide,
            icon="check",
        ),
        Transition(
            "answer",
            _("Answer"),
            "decided",
            "answered",
            _("%(who)s answered the customer."),
            form=AnswerForm,
            effect=steps.answer,
            icon="send",
        ),
        Transition(
            "close",
            _("Close"),
            ("decided", "answered"),
            "closed",
            _("%(who)s closed it."),
            explains=_("None is closed without an answer, or a reason why none is due."),
            form=CloseForm,
            effect=steps.close,
            icon="circle-check",
        ),
        Transition(
            "reopen",
            _("Open again"),
            ("answered", "closed"),
            "acknowledged",
            _("%(who)s opened it again."),
            asks_reason=True,
            effect=steps.reopen,
            icon="arrow-back-up",
        ),
    ),
)
