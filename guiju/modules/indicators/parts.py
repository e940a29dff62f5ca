"""What indicators bring to the pages of processes: the values that a process is measured by, and those that are off target."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guiju.modules.indicators import judging, page, values
from guiju.modules.indicators.models import Indicator
from guiju.modules.processes.models import Process
from guiju.spine.acts import current
from guiju.spine.registers import addresses


def turtle(process: Process) -> dict[str, list[tuple[str, str, str, str, str]]]:
    """Its indicators in use for the box "measured by": the last value, and whether it is on target."""
    if not current().actor.may("indicators.view"):
        return {}
    found = list(Indicator.objects.filter(process=process, state="in_use").order_by("number"))
    last = values.latest([one.pk for one in found], 1)
    return {"measures": [_line(one, last[one.pk]) for one in found]}


def _line(one: Indicator, last: list[Any]) -> tuple[str, str, str, str, str]:
    url, number = addresses.of_record(one), one.number or ""
    if not last:
        return str(one), url, "none", _("no value yet"), number
    fits = judging.meets(one, last[0].value)
    text = f"{one}: {page.shown(one, last[0].value)}"
    if fits is None:
        return text, url, "", "", number
    return (text, url, "done", _("on target"), number) if fits else (text, url, "late", _("off target"), number)


def health(processes: Iterable[UUID]) -> Mapping[UUID, tuple[int, int, str]]:
    """By process how many of its indicators were off target at last; these are soon to be looked at, not overdue."""
    if not current().actor.may("indicators.view"):
        return {}
    found = list(Indicator.objects.filter(process__in=list(processes), state="in_use"))
    last = values.latest([one.pk for one in found], 1)
    counts: dict[UUID, int] = {}
    for one in found:
        if last[one.pk] and judging.meets(one, last[one.pk][0].value) is False and one.process_id:
            counts[one.process_id] = counts.get(one.process_id, 0) + 1
    return {pk: (0, n, ngettext("%(n)s off target", "%(n)s off target", n) % {"n": n}) for pk, n in counts.items()}
