"""What stands on an indicator's page: its chart, and in words what the values say."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.lib import natural_limits, run_chart
from guiju.modules.indicators import judging, periods, values
from guiju.modules.indicators.models import Indicator, IndicatorValue
from guiju.spine.registers import record_values
from guiju.spine.registers.lines import writing
from guiju.spine.registers.markup import section, state_badge

SHOWN = 60  # values of the chart


def chart(indicator: Indicator) -> SafeString:
    """The run chart of the last values with what they say; a word where there is none yet."""
    rows = writing.rows(values.values, indicator)
    rows = sorted(rows, key=lambda one: one.period_end)[-SHOWN:]
    if not rows:
        words = _("No value yet: an indicator without data says nothing about its process.")
        return section(_("Run chart"), format_html('<p class="gj-muted">{}</p>', words))
    drawn = run_chart.draw(series(indicator, rows))
    said = format_html_join("", "<li>{}</li>", ((one,) for one in reading(indicator, rows)))
    return section(
        _("Run chart"), format_html('<figure class="gj-figure">{}</figure><ul class="gj-said">{}</ul>', mark_safe(drawn), said)
    )


def series(indicator: Indicator, rows: Sequence[IndicatorValue], **more: Any) -> run_chart.Series:
    """What is drawn of values; `more` are the mark of an action and its words."""
    words = {"target": _("target"), "limit": _("limit"), "natural": _("natural limit"), "median": _("median")}
    return run_chart.Series(
        [(periods.called(indicator.frequency, one.period_end), float(one.value)) for one in rows],
        title=str(indicator),
        target=_number(indicator.target),
        lower=_number(indicator.lower_limit),
        upper=_number(indicator.upper_limit),
        decimals=indicator.decimals,
        words=words,
        **more,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def shown(indicator: Indicator, value: Decimal) -> str:
    """A value as people write it: its decimal places and its unit."""
    return f"{value:,.{indicator.decimals}f} {indicator.unit}".strip()


def aim(indicator: Indicator) -> str:
    """What is aimed at, in signs."""
    if indicator.better == "within":
        low, high = indicator.lower_limit, indicator.upper_limit
        parts = [
            f"≥ {shown(indicator, low)}" if low is not None else "",
            f"≤ {shown(indicator, high)}" if high is not None else "",
        ]
        return ", ".join(part for part in parts if part)
    if indicator.target is None:
        return ""
    return f"{'≥' if indicator.better == 'higher' else '≤'} {shown(indicator, indicator.target)}"


def standing(indicator: Indicator, last: IndicatorValue | None) -> SafeString:
    """The last value with its tone: on target, off target, or none."""
    if last is None:
        return state_badge("none", _("no value yet"))
    fits = judging.meets(indicator, last.value)
    words = shown(indicator, last.value)
    if fits is None:
        return format_html("{}", words)
    return format_html("{} {}", words, state_badge("done", _("on target")) if fits else state_badge("late", _("off target")))


def reading(indicator: Indicator, rows: Sequence[IndicatorValue]) -> list[str]:
    """What the values say: how many meet the target, and whether anything is more than the ordinary variation."""
    numbers = [float(one.value) for one in rows]
    judged = [judging.meets(indicator, one.value) for one in rows]
    said = []
    if None not in judged:
        words = ngettext(
            "%(met)s of %(n)s value meets what is aimed at.", "%(met)s of %(n)s values meet what is aimed at.", len(rows)
        )
        said.append(words % {"met": sum(map(bool, judged)), "n": len(rows)})
    if len(numbers) < natural_limits.ENOUGH:
        more = natural_limits.ENOUGH - len(numbers)
        words = ngettext(
            "After %(n)s more value the ordinary variation can be told from a change.",
            "After %(n)s more values the ordinary variation can be told from a change.",
            more,
        )
        return [*said, words % {"n": more}]
    found = natural_limits.signals(numbers)
    names = [periods.called(indicator.frequency, one.period_end) for one in rows]
    if found.beyond:
        said.append(
            _("Beyond the natural limits: %(periods)s. Look for what was special then.")
            % {"periods": _listed(names, found.beyond)}
        )
    if found.runs:
        words = _("%(n)s or more values in a row lie on one side of the median, until %(period)s: the level has changed.")
        said.append(words % {"n": natural_limits.RUN, "period": names[found.runs[-1]]})
    if not found.any:
        said.append(_("The values vary as this process ordinarily does: a single rise or fall among them means nothing."))
    return said


def _listed(names: Sequence[str], places: Sequence[int]) -> str:
    return ", ".join(names[place] for place in places[-6:])


def facts(indicator: Indicator) -> list[tuple[Any, Any]]:
    """The right side of the page."""
    last = next(iter(values.of(indicator)[-1:]), None)
    return [
        (_("Now"), standing(indicator, last)),
        (_("Aimed at"), aim(indicator)),
        (_("Why this target"), indicator.limits_reason),
        (_("Tells about"), indicator.get_subject_display()),
        (_("How it is measured"), indicator.method),
        (_("Data from"), indicator.data_source),
        (_("How often"), indicator.get_frequency_display()),
        (_("Process"), record_values.shown(indicator, "process")),
        (_("Owner"), str(indicator.owner) if indicator.owner else ""),
        (_("Evaluated by"), str(indicator.evaluator) if indicator.evaluator else ""),
    ]
