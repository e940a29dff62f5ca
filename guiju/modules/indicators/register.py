"""How indicators and evaluations are listed, shown, found."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.indicators import evaluations, page, services
from guiju.modules.indicators.models import Evaluation, Indicator
from guiju.modules.indicators.values import values
from guiju.modules.indicators.workflow import indicator_workflow
from guiju.spine.registers.declaration import Panel, Register, register

EDITS = (
    *("title", "title_zh", "process", "owner", "subject", "unit", "decimals", "better", "target", "lower_limit", "upper_limit"),
    *("limits_reason", "method", "data_source", "frequency", "evaluation_months", "evaluator"),
)
indicators = register(
    Register(
        key="indicators",
        model=Indicator,
        workflow=indicator_workflow,
        label=_("Indicators"),
        label_one=_("Indicator"),
        label_new=_("New indicator"),
        purpose=_(
            "What processes are measured by: what is aimed at, what was reached, and whether a change is more than chance."
        ),
        clause="9.1.1",
        phase="check",
        columns=("number", "title", "state", "process", "owner", "due_on"),
        filters=("state", "process", "owner"),
        edits=EDITS,
        imports=("number", *EDITS),
        finds=("title_zh", "method"),
        create=services.define,
        change=services.change,
        rights={"enter": _("enter values")},
        writes=("create", "change", "enter"),
        facts=page.facts,
        panels=(Panel("", page.chart),),
        lines=(values,),
    )
)

OF_EVALUATION = (
    *("title", "process", "owner", "subject", "period_end", "method", "conclusion", "conclusion_text"),
    *("improvement_needed", "improvement_text"),
)
evaluation_register = register(
    Register(
        key="evaluations",
        model=Evaluation,
        label=_("Evaluations"),
        label_one=_("Evaluation"),
        label_new=_("New evaluation"),
        purpose=_("What a person concludes from the values of a period: whether a process achieves what it is for, in words."),
        clause="9.1.3",
        phase="check",
        columns=("number", "title", "conclusion", "process", "owner"),
        filters=("conclusion", "process", "owner"),
        edits=OF_EVALUATION,
        imports=("number", *OF_EVALUATION),
        finds=("conclusion_text",),
        create=evaluations.conclude,
        lines=(evaluations.basis,),
    )
)
