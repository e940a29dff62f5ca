"""What data say of an action's effect: effective, not yet, not effective, or too few data; a person decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from guiju.lib.natural_limits import shifted

Verdict = Literal["effective", "not_yet", "not_effective", "too_few"]


@dataclass(frozen=True)
class Proposal:
    """A verdict with what it rests on: how many values since the action, how many were needed, how many of the last of
    these meet the criterion, the medians before and after, and whether the change is more than chance.
    """

    verdict: Verdict
    count: int
    needed: int
    met: int
    before: float | None = None
    after: float | None = None
    more_than_chance: bool = False


def of_values(
    before: Sequence[float], after: Sequence[float], meets: Callable[[float], bool], better: int, needed: int
) -> Proposal:
    """What a series says, given the values before an action was done and those after it, in their order.

    `meets` says of a value whether it is what was aimed at, `better` is 1 where higher is better, -1 where lower is, 0 where
    neither. Too few while fewer than `needed` values came after. Effective when each of the last `needed` meets the aim. Not
    yet when at least half of these do. Otherwise not effective. Whether it is more than chance is told beside it, by the run
    rule (natural_limits.shifted): with few values a good series may still be luck.
    """
    met = sum(map(meets, after[-needed:]))
    facts: dict[str, Any] = {
        "count": len(after),
        "needed": needed,
        "met": met,
        "before": median(before) if before else None,
        "after": median(after) if after else None,
        "more_than_chance": better != 0 and shifted(before, after) == better,
    }
    if len(after) < needed:
        return Proposal("too_few", **facts)
    if met == needed:
        return Proposal("effective", **facts)
    return Proposal("not_yet" if 2 * met >= needed else "not_effective", **facts)


def of_recurrences(count: int, allowed: int, days_watched: int, days_needed: int) -> Proposal:
    """What repeats say: how often it happened again since the action was done, and for how long it has been watched.

    Not effective as soon as it happened more often than allowed. Too few while less than half of the time is over, not yet
    until all of it is; then effective.
    """
    facts: dict[str, Any] = {"count": count, "needed": days_needed, "met": min(days_watched, days_needed)}
    if count > allowed:
        return Proposal("not_effective", **facts)
    if days_watched >= days_needed:
        return Proposal("effective", **facts)
    return Proposal("too_few" if 2 * days_watched < days_needed else "not_yet", **facts)


def of_looks(conform: Sequence[bool], needed: int) -> Proposal:
    """What looks on the spot say, in their order: True where it was found as it should be."""
    return of_values([], [float(one) for one in conform], bool, 0, needed)
