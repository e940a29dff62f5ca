"""How nonconformities are listed, shown, found."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guiju.modules.nonconformities import lines, page, services
from guiju.modules.nonconformities.forms import WHOLE, CaseForm
from guiju.modules.nonconformities.models import Nonconformity
from guiju.modules.nonconformities.workflow import nonconformity_workflow
from guiju.spine.acts import current
from guiju.spine.registers.declaration import Panel, Register, View, register


def is_open() -> Q:
    return ~Q(state__in=("closed", "dismissed"))


def overdue() -> Q:
    today = current().today()
    return (Q(due_on__lt=today) & is_open()) | Q(state="reported", contain_by_on__lt=today)


nonconformities = register(
    Register(
        key="nonconformities",
        model=Nonconformity,
        workflow=nonconformity_workflow,
        label=_("Nonconformities"),
        label_one=_("Nonconformity"),
        label_new=_("Report a nonconformity"),
        purpose=_("What does not meet a requirement: contained, put right, and its cause removed so that it does not come back."),
        clause="10.2",
        phase="act",
        columns=("number", "title", "kind", "severity", "state", "process", "owner", "due_on"),
        filters=("state", "kind", "severity", "process", "owner"),
        sorts=("title", "detected_on", "due_on"),
        form=CaseForm,
        create=services.raise_one,
        editable=lines.is_open,
        imports=("number", *(name for name in WHOLE if name not in ("recurrence_of", "customer_informed_by", "site"))),
        finds=("description", "requirement_not_met", "lot_number", "product"),
        views=(View("open", _("Open"), is_open), View("overdue", _("Overdue"), overdue)),
        rights={"dispose": _("decide what becomes of nonconforming quantities")},
        facts=page.facts,
        panels=(
            Panel("", page.happened),
            Panel("", page.alike),
            Panel("", page.decisions),
            Panel("", page.actions),
        ),
        lines=(lines.case_causes, lines.dispositions, lines.concessions, lines.costs),
        sentences={
            "decide_cause": _("%(who)s decided on the cause."),
            "look_for_similar": _("%(who)s entered where similar cases were looked for."),
        },
    )
)
