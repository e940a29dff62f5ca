"""How complaints are listed, shown, found."""

from typing import Any

from django.db.models import Q
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guiju.modules.complaints import services
from guiju.modules.complaints.forms import TAKEN, ComplaintForm
from guiju.modules.complaints.models import Complaint
from guiju.modules.complaints.workflow import complaint_workflow
from guiju.spine.acts import current
from guiju.spine.registers import record_values
from guiju.spine.registers.declaration import Panel, Register, View, register
from guiju.spine.registers.markup import section

SAID = ("statement", "wanted", "acknowledgement", "justified_reason", "answer", "no_answer_reason")
FACTS = (
    *("customer", "contact", "way", "received_on", "severity", "product", "order_number", "lot_number", "process", "owner"),
    *("acknowledge_by_on", "acknowledged_on", "due_on", "answered_on", "justified", "nonconformity", "satisfied"),
)


def _label(name: str) -> str:
    text = str(Complaint._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return text[:1].upper() + text[1:]


def said(complaint: Complaint) -> SafeString:
    """What was said to and fro."""
    texts = [(name, getattr(complaint, name).strip()) for name in SAID]
    rows = [
        format_html("<h3>{}</h3>{}", _label(name), mark_safe(linebreaks(text, autoescape=True))) for name, text in texts if text
    ]
    return section(gettext("What was said"), format_html('<div class="gj-read">{}</div>', mark_safe("".join(rows))))


def facts(complaint: Complaint) -> list[tuple[Any, Any]]:
    return [(_label(name), record_values.shown(complaint, name)) for name in FACTS]


def unanswered() -> Q:
    return ~Q(state__in=("answered", "closed"))


def overdue() -> Q:
    today = current().today()
    return unanswered() & (Q(due_on__lt=today) | Q(state="received", acknowledge_by_on__lt=today))


complaints = register(
    Register(
        key="complaints",
        model=Complaint,
        workflow=complaint_workflow,
        label=_("Complaints"),
        label_one=_("Complaint"),
        label_new=_("New complaint"),
        purpose=_("What customers are dissatisfied with, and what we answered; none is closed without an answer or a reason."),
        clause="9.1.2",
        phase="check",
        columns=("number", "title", "customer", "state", "process", "owner", "due_on"),
        filters=("state", "process", "owner"),
        sorts=("title", "received_on", "due_on"),
        form=ComplaintForm,
        create=services.receive,
        editable=lambda complaint: complaint.state != "closed",
        imports=("number", *(name for name in TAKEN if name != "answer")),
        finds=("statement", "answer", "customer", "product"),
        views=(View("unanswered", _("Not answered yet"), unanswered), View("overdue", _("Overdue"), overdue)),
        facts=facts,
        panels=(Panel("", said),),
        sentences={"ask_customer": _("%(who)s entered what the customer thinks of the answer.")},
    )
)
