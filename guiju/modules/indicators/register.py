"""How indicators and evaluations are listed, shown, found."""

from django.utils.translation import gettext_lazy as _

from guiju.modules.indicators.models import Indicator
from guiju.modules.indicators.workflow import indicator_workflow
from guiju.spine.registers.declaration import Register, register

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
    )
)
