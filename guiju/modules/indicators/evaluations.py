"""Evaluations: what is concluded, by whom, on which indicators. ISO 9001 9.1.3."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.indicators.models import Evaluation, EvaluationBasis, IndicatorValue, Needed
from guiju.spine.acts import Refused, current, write
from guiju.spine.registers.lines.declaration import Lines


def conclude(values: Mapping[str, Any]) -> Evaluation:
    """A new evaluation by whoever acts. Refused for a conclusion or a decision without words."""
    acting = current()
    if values.get("improvement_needed", Needed.OPEN) != Needed.OPEN and not (values.get("improvement_text") or "").strip():
        words = _("Say what is to improve, or why nothing has to.")
        raise Refused(words, errors={"improvement_text": [words]})
    made = Evaluation(**values, evaluated_on=acting.today(), evaluated_by_id=acting.person_id)
    if made.owner_id is None:
        made.owner_id = acting.actor.id
    write(made.save)
    return made


def judge(evaluation: Evaluation, values: Mapping[str, Any], line: EvaluationBasis | None) -> None:
    """Refused for an indicator without a value in the period: an evaluation rests on data."""
    indicator = values.get("indicator")
    if indicator is None:
        return
    if not IndicatorValue.objects.filter(indicator=indicator, period_end__lte=evaluation.period_end, ended=False).exists():
        words = _("This indicator has no value until the end of the period: nothing can be concluded from it.")
        raise Refused(words, errors={"indicator": [words]})
    if EvaluationBasis.objects.filter(evaluation=evaluation, indicator=indicator, ended=False).exists():
        words = _("This indicator stands here already.")
        raise Refused(words, errors={"indicator": [words]})


basis = Lines(
    key="basis",
    model=EvaluationBasis,
    label=gettext_lazy("Rests on these indicators"),
    label_one=gettext_lazy("Indicator"),
    label_add=gettext_lazy("Add an indicator"),
    columns=("indicator",),
    edits=("indicator",),
    right="evaluations.change",
    judge=judge,
)
