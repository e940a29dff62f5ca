"""Whether an action worked: what the data say, collected and put into words; a person decides. ISO 9001 10.2.1 d)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guiju.lib import run_chart
from guiju.lib.effect import Proposal, of_looks, of_recurrences, of_values
from guiju.modules.actions.models import Action, Basis, Effect, Look, Sort
from guiju.modules.indicators import judging, periods, values
from guiju.modules.indicators import page as indicators
from guiju.modules.indicators.models import Indicator
from guiju.spine.acts import current
from guiju.spine.acts.hooks import recurrences
from guiju.spine.registers import record_values
from guiju.spine.registers.markup import section, state_badge
from guiju.spine.registers.values import day

WORDS = {
    "effective": (gettext_lazy("The data propose: effective"), "done"),
    "not_yet": (gettext_lazy("The data propose: not yet"), "due"),
    "not_effective": (gettext_lazy("The data propose: not effective"), "late"),
    "too_few": (gettext_lazy("Too few data to say anything"), "none"),
}
BEFORE = 24  # values before the action that are drawn and compared with


def proposal(action: Action) -> Proposal | None:
    """What the data say now; None where nothing was done yet or it is not said by which data it is judged."""
    if action.done_on is None or not action.effectiveness_basis_kind or action.kind == Sort.CORRECTION:
        return None
    if action.effectiveness_basis_kind == Basis.INDICATOR:
        return _of_indicator(action)
    if action.effectiveness_basis_kind == Basis.RECURRENCES:
        return _of_recurrences(action)
    looks = Look.objects.filter(action=action, ended=False, on__gt=action.done_on).order_by("on", "id")
    return of_looks([one.conforms for one in looks], action.effectiveness_count)


def _of_indicator(action: Action) -> Proposal | None:
    indicator = action.effectiveness_indicator
    if indicator is None or action.done_on is None:
        return None
    rows = values.of(indicator)
    before = [float(one.value) for one in rows if one.period_end <= action.done_on][-BEFORE:]
    after = [float(one.value) for one in rows if _after(action, indicator, one.period_end)]
    return of_values(
        before, after, _meets(indicator, action.effectiveness_limit), judging.sign(indicator), action.effectiveness_count
    )


def _after(action: Action, indicator: Indicator, end: date) -> bool:
    """Whether a period lies wholly after the day an action was done: the one in which it was done is of both."""
    return action.done_on is not None and periods.first_of(indicator.frequency, end) > action.done_on


def _meets(indicator: Indicator, limit: Decimal | None) -> Callable[[float], bool]:
    """Whether a value is what was aimed at: at the action's own limit, or at the indicator's target."""
    if limit is None:
        return lambda value: judging.meets(indicator, Decimal(str(value))) is not False
    at, sign = float(limit), judging.sign(indicator)
    return lambda value: value >= at if sign > 0 else value <= at


def _of_recurrences(action: Action) -> Proposal:
    """How often it happened again since it was done, as the modules above count it."""
    assert action.done_on is not None
    count = sum(part(action, action.done_on) for part in recurrences)
    watched = (current().today() - action.done_on).days
    return of_recurrences(count, int(action.effectiveness_limit or 0), watched, action.effectiveness_count)


def reasons(action: Action, found: Proposal) -> list[str]:
    """On what the proposal rests, in words with its counts."""
    if action.effectiveness_basis_kind == Basis.RECURRENCES:
        again = ngettext("It happened again %(n)s time since.", "It happened again %(n)s times since.", found.count)
        watched = ngettext("Watched for %(n)s of %(of)s day.", "Watched for %(n)s of %(of)s days.", found.needed)
        return [again % {"n": found.count}, watched % {"n": found.met, "of": found.needed}]
    words = ngettext(
        "%(n)s value since it was done; %(of)s are needed.", "%(n)s values since it was done; %(of)s are needed.", found.count
    )
    said = [words % {"n": found.count, "of": found.needed}]
    if found.count:
        words = ngettext(
            "Of the last %(of)s %(n)s meets the criterion.", "Of the last %(of)s %(n)s meet the criterion.", found.met
        )
        said.append(words % {"of": min(found.needed, found.count), "n": found.met})
    if found.before is not None and found.after is not None:
        middle = {"before": f"{found.before:g}", "after": f"{found.after:g}"}
        said.append(_("Median before %(before)s, after %(after)s.") % middle)
        chance = _("The change is more than chance."), _("It is not shown yet that the change is more than chance.")
        said.append(chance[0] if found.more_than_chance else chance[1])
    return said


def panel(action: Action) -> SafeString:
    """Did it work: the criterion, the data drawn with the day it was done, the proposal with its reasons, the decision."""
    if action.kind == Sort.CORRECTION or not action.effectiveness_criterion:
        return mark_safe("")
    parts = [format_html("<p>{}</p>", _("It has worked when: %(criterion)s") % {"criterion": action.effectiveness_criterion})]
    if (drawn := _drawn(action)) is not None:
        parts.append(drawn)
    found = proposal(action)
    if found is not None:
        label, tone = WORDS[found.verdict]
        rows = format_html_join("", "<li>{}</li>", ((one,) for one in reasons(action, found)))
        parts.append(format_html('<p>{}</p><ul class="gj-said">{}</ul>', state_badge(tone, str(label)), rows))
    if action.effectiveness != Effect.OPEN:
        parts.append(_decided(action))
    return section(_("Did it work?"), mark_safe("".join(parts)))


def _drawn(action: Action) -> SafeString | None:
    indicator = action.effectiveness_indicator
    if action.effectiveness_basis_kind != Basis.INDICATOR or indicator is None:
        return None
    rows = list(values.of(indicator))
    if not rows:
        return None
    rows = rows[-3 * BEFORE :]
    mark = next((place for place, one in enumerate(rows) if _after(action, indicator, one.period_end)), None)
    words = _("Done on %(day)s") % {"day": day(action.done_on)} if action.done_on else ""
    drawn = run_chart.draw(indicators.series(indicator, rows, mark=mark, mark_words=words))
    name = record_values.shown(action, "effectiveness_indicator")
    return format_html('<p class="gj-sm">{}</p><figure class="gj-figure">{}</figure>', name, mark_safe(drawn))


def _decided(action: Action) -> SafeString:
    words = _("%(who)s decided on %(day)s: %(effect)s. %(basis)s") % {
        "who": action.effectiveness_judged_by,
        "day": day(action.effectiveness_judged_on) if action.effectiveness_judged_on else "",
        "effect": action.get_effectiveness_display(),
        "basis": action.effectiveness_basis,
    }
    return format_html("<p>{}</p>", words)


def shown(action: Action) -> dict[str, Any] | None:
    """The proposal for programs."""
    found = proposal(action)
    if found is None:
        return None
    return {
        "verdict": found.verdict,
        "values": found.count,
        "needed": found.needed,
        "met": found.met,
        "reasons": reasons(action, found),
    }
