"""Values of indicators: entered by people, brought in by a sheet, sent by a program; one for each period."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from guiju.modules.indicators import judging, periods
from guiju.modules.indicators.models import Indicator, IndicatorValue, Source
from guiju.spine.acts import Conflict, Refused, current, write
from guiju.spine.registers.forms import RecordForm
from guiju.spine.registers.lines.declaration import Lines
from guiju.spine.registers.values import day
from guiju.spine.tasks import services as tasks

REACT = gettext_noop("Say what is done about the value off target for %(period)s")
REACT_WITHIN = timedelta(days=14)


class ValueForm(RecordForm):
    """One value, named by the day on which its period ends."""

    class Meta:
        model = IndicatorValue
        fields = ("period_end", "value", "note", "reaction")

    def fit(self, indicator: Indicator) -> None:
        """Propose the last period that is over."""
        if self.instance._state.adding:
            self.initial.setdefault("period_end", periods.last_ended(indicator.frequency, current().today()))


def judge(indicator: Indicator, values: Mapping[str, Any], line: IndicatorValue | None) -> None:
    """Refused for a period that is not over, Conflict for one that has its value already."""
    end = values.get("period_end", line.period_end if line else None)
    if end is None:
        return
    if periods.end_of(indicator.frequency, end) > current().today():
        words = _("This period is not over yet; its value is entered after %(day)s.") % {
            "day": day(periods.end_of(indicator.frequency, end))
        }
        raise Refused(words, errors={"period_end": [words]})
    end = periods.end_of(indicator.frequency, end)
    same = IndicatorValue.objects.filter(indicator=indicator, period_end=end, ended=False)
    if same.exclude(pk=line.pk if line else None).exists():
        words = _("There is a value for this period already. Change that one, or take it back.")
        raise Conflict(words, errors={"period_end": [words]})


def prepare(values: Mapping[str, Any], indicator: Indicator, line: IndicatorValue | None) -> dict[str, Any]:
    """The values as they are kept: the period by its last day, whether it is off target, when it was entered."""
    made = dict(values)
    if made.get("period_end"):
        made["period_end"] = periods.end_of(indicator.frequency, made["period_end"])
    value = made.get("value", line.value if line else None)
    if value is not None:
        made["off_target"] = judging.meets(indicator, value) is False
        made["out_of_limits"] = not judging.within(indicator, value)
    if line is None:
        made["entered_at"] = current().now()
    return made


def written(value: IndicatorValue) -> None:
    """A value off target asks its owner for a word; a word, or a value that is right, ends the question."""
    indicator = value.indicator
    key = {"period": periods.called(indicator.frequency, value.period_end)}
    if not value.ended and (value.off_target or value.out_of_limits) and not value.reaction.strip():
        who = indicator.owner_id or current().actor.id
        if who is not None:
            tasks.ask(indicator, who, REACT, params=key, due_on=current().today() + REACT_WITHIN, door=_door(value))
        return
    tasks.finish(indicator, door=_door(value))


def _door(value: IndicatorValue) -> str:
    """What tells the question about one value from that about another."""
    return f"v-{value.pk.hex}"


def take(indicator: Indicator, end: date, value: Decimal, *, note: str = "", source: str = Source.PUSHED) -> IndicatorValue:
    """A value from a sheet or a program. Sent twice the same it is there once; another one for the period is a Conflict."""

    def taking() -> IndicatorValue:
        row = Indicator.locked(indicator.pk)
        last = periods.end_of(row.frequency, end)
        same = IndicatorValue.objects.filter(indicator=row, period_end=last, ended=False).first()
        if same is not None and same.value == value:
            return same
        values = {"period_end": end, "value": value, "note": note}
        judge(row, values, None)
        made = IndicatorValue(indicator=row, **prepare(values, row, None), source=source)
        made.save(action="add_line")
        written(made)
        return made

    return write(taking)


def of(indicator: Indicator, *, since: date | None = None) -> Sequence[IndicatorValue]:
    """The values of an indicator in the order of their periods."""
    rows = IndicatorValue.objects.filter(indicator=indicator, ended=False).order_by("period_end")
    return list(rows.filter(period_end__gte=since) if since else rows)


def latest(indicators: Iterable[UUID], most: int = 12) -> dict[UUID, list[IndicatorValue]]:
    """The last values of many indicators, by indicator, in the order of their periods; in one statement."""
    ids = list(indicators)
    found: dict[UUID, list[IndicatorValue]] = {pk: [] for pk in ids}
    for row in IndicatorValue.objects.filter(indicator__in=ids, ended=False).order_by("indicator", "period_end"):
        found[row.indicator_id].append(row)
    return {pk: rows[-most:] for pk, rows in found.items()}


values = Lines(
    key="values",
    model=IndicatorValue,
    label=gettext_lazy("Values"),
    label_one=gettext_lazy("Value"),
    label_add=gettext_lazy("Enter a value"),
    columns=("period_end", "value", "note", "reaction", "source"),
    form=ValueForm,
    right="indicators.enter",
    explains=gettext_lazy("One value for each period, entered, brought in from a sheet, or sent by a program."),
    editable=lambda indicator: indicator.state == "in_use",
    judge=judge,
    prepare=prepare,
    written=written,
)
