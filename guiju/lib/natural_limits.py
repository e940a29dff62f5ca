"""Which variation of a series is its ordinary one: limits of individual values and their moving ranges, and what lies outside.

Source: ISO 7870-2:2023, individuals and moving ranges; NIST/SEMATECH e-Handbook 6.3.2.2. The factor is 3 / d2 for two values,
d2 = 2 / sqrt(pi).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from statistics import mean, median

D2 = 2 / sqrt(pi)  # expected range of two values of a normal distribution, in standard deviations
ENOUGH = 20  # values from which on limits are worth drawing: fewer make them jump
RUN = 8  # values in a row on one side of the centre that are more than chance (Western Electric rule 4)


@dataclass(frozen=True)
class Limits:
    """Centre and natural limits of a series, in its own unit."""

    center: float
    mean_range: float
    lower: float
    upper: float

    @property
    def sigma(self) -> float:
        """The standard deviation that the moving ranges speak of."""
        return self.mean_range / D2


def limits(values: Sequence[float]) -> Limits:
    """The natural limits of values in the order in which they came. ValueError for fewer than two."""
    if len(values) < 2:
        raise ValueError("limits need at least two values")
    ranges = [abs(after - before) for before, after in zip(values, values[1:], strict=False)]
    center, mean_range = mean(values), mean(ranges)
    reach = 3 * mean_range / D2
    return Limits(center, mean_range, center - reach, center + reach)


@dataclass(frozen=True)
class Signals:
    """What in a series is more than its ordinary variation: places beyond the limits, and places that end a run."""

    beyond: tuple[int, ...] = ()
    runs: tuple[int, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.beyond or self.runs)


def signals(values: Sequence[float]) -> Signals:
    """The signals in a series; none where it has fewer than ENOUGH values, since then nobody can tell them from noise."""
    if len(values) < ENOUGH:
        return Signals()
    found = limits(values)
    beyond = tuple(place for place, value in enumerate(values) if not found.lower <= value <= found.upper)
    return Signals(beyond, tuple(_runs(values, median(values))))


def _runs(values: Sequence[float], middle: float) -> list[int]:
    """Places at which RUN or more values in a row lie on one side of the middle. A value on it ends the run: where values are
    few different ones many lie on the median, and passing over them would call ordinary to and fro a change.
    """
    found, side, length = [], 0, 0
    for place, value in enumerate(values):
        here = (value > middle) - (value < middle)
        length = length + 1 if here == side else 1
        side = here
        if side and length >= RUN:
            found.append(place)
    return found


def shifted(before: Sequence[float], after: Sequence[float]) -> int:
    """Whether what came after is on one side of what was before by more than chance: 1 above, -1 below, 0 not.

    The run rule against the median of before: RUN values or more in a row, to the last.
    """
    if not before or len(after) < RUN:
        return 0
    middle = median(before)
    last = after[-RUN:]
    return 1 if all(value > middle for value in last) else -1 if all(value < middle for value in last) else 0
