"""A run chart as SVG: values in their order, target, natural limits, the median before and after something was done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor, log10
from statistics import median

from guiju.lib import natural_limits
from guiju.lib.drawing import label, line, number, whole

WIDTH, HEIGHT = 720.0, 260.0
LEFT, RIGHT, TOP, BOTTOM = 52.0, 16.0, 22.0, 30.0
MOST_LABELS = 10


@dataclass(frozen=True)
class Series:
    """What a chart shows: (words of the period, value) in their order. `mark` is the place of the first value after something
    was done, with its words; `words` name the lines."""

    points: Sequence[tuple[str, float]]
    title: str
    target: float | None = None
    lower: float | None = None
    upper: float | None = None
    mark: int | None = None
    mark_words: str = ""
    decimals: int = 1
    words: dict[str, str] = field(default_factory=dict)


def draw(series: Series) -> str:
    """The chart; an empty text where there is no value."""
    if not series.points:
        return ""
    values = [value for _words, value in series.points]
    ticks = _ticks([*values, *(v for v in _fixed(series) if v is not None)])
    scale = _Scale(len(values), ticks[0], ticks[-1])
    parts = [_grid(series, ticks, scale), _periods(series, scale), _lines(series, values, scale), _curve(values, scale)]
    return whole(WIDTH, HEIGHT, "".join(parts), series.title)


@dataclass(frozen=True)
class _Scale:
    count: int
    least: float
    most: float

    def x(self, place: float) -> float:
        room = WIDTH - LEFT - RIGHT
        return LEFT + room / 2 if self.count == 1 else LEFT + 8 + (room - 16) * place / (self.count - 1)

    def y(self, value: float) -> float:
        span = self.most - self.least or 1.0
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - self.least) / span


def _fixed(series: Series) -> list[float | None]:
    found: list[float | None] = [series.target, series.lower, series.upper]
    values = [value for _words, value in series.points]
    if len(values) >= natural_limits.ENOUGH:
        natural = natural_limits.limits(values)
        found += [natural.lower, natural.upper]
    return found


def _ticks(values: Sequence[float]) -> list[float]:
    """Four to seven round numbers that hold all values between the first and the last."""
    least, most = min(values), max(values)
    span = (most - least) or abs(most) or 1.0
    step = 10 ** floor(log10(span / 4))
    step = next((step * factor for factor in (1, 2, 2.5, 5, 10) if span / (step * factor) <= 5), step * 10)
    first = floor(least / step) * step
    count = 1
    while first + count * step < most - step / 1e6:
        count += 1
    return [first + place * step for place in range(count + 1)]


def _shown(value: float) -> str:
    return f"{value:,.6f}".rstrip("0").rstrip(".") or "0"


def _grid(series: Series, ticks: Sequence[float], scale: _Scale) -> str:
    return "".join(
        line(LEFT, scale.y(tick), WIDTH - RIGHT, scale.y(tick), "gj-draw-grid")
        + label(_shown(tick), LEFT - 8, scale.y(tick) + 4, "gj-draw-small", "end")
        for tick in ticks
    )


def _periods(series: Series, scale: _Scale) -> str:
    every = max(1, -(-len(series.points) // MOST_LABELS))
    last = len(series.points) - 1
    return "".join(
        label(words, scale.x(place), HEIGHT - 8, "gj-draw-small", "middle")
        for place, (words, _value) in enumerate(series.points)
        if place % every == 0 and (place == last or last - place >= every / 2 or last % every == 0)
    )


def _lines(series: Series, values: Sequence[float], scale: _Scale) -> str:
    named = [("target", series.target), ("limit", series.lower), ("limit", series.upper)]
    drawn = "".join(
        _level(series.words.get(name, ""), value, f"gj-draw-{name}", scale) for name, value in named if value is not None
    )
    if len(values) >= natural_limits.ENOUGH:
        natural = natural_limits.limits(values)
        words = series.words.get("natural", "")
        drawn += "".join(_level(words, value, "gj-draw-natural", scale) for value in (natural.lower, natural.upper))
    if series.mark is not None and 0 < series.mark < len(values):
        drawn += _mark(series, values, series.mark, scale)
    return drawn


def _mark(series: Series, values: Sequence[float], mark: int, scale: _Scale) -> str:
    """A line where something was done, and on both sides the median."""
    x = (scale.x(mark - 1) + scale.x(mark)) / 2
    far = x > WIDTH * 0.7
    drawn = line(x, TOP - 8, x, HEIGHT - BOTTOM, "gj-draw-mark")
    drawn += label(series.mark_words, x + (-6 if far else 6), TOP - 2, "gj-draw-strong", "end" if far else "start")
    for begin, stop in ((0, mark), (mark, len(values))):
        middle = median(values[begin:stop])
        y, end = scale.y(middle), scale.x(stop - 1)
        drawn += line(scale.x(begin), y, end, y, "gj-draw-median")
        drawn += label(
            f"{series.words.get('median', '')} {middle:.{series.decimals}f}".strip(), end, y - 6, "gj-draw-small", "end"
        )
    return drawn


def _level(words: str, value: float, css: str, scale: _Scale) -> str:
    y = scale.y(value)
    return line(LEFT, y, WIDTH - RIGHT, y, css) + (label(words, LEFT + 6, y - 4, "gj-draw-small") if words else "")


def _curve(values: Sequence[float], scale: _Scale) -> str:
    points = " ".join(f"{number(scale.x(place))},{number(scale.y(value))}" for place, value in enumerate(values))
    found = natural_limits.signals(values)
    dots = "".join(
        f'<circle class="gj-draw-dot{" is-signal" if place in found.beyond or place in found.runs else ""}"'
        f' cx="{number(scale.x(place))}" cy="{number(scale.y(value))}" r="3.5"/>'
        for place, value in enumerate(values)
    )
    return f'<polyline class="gj-draw-curve" points="{points}"/>{dots}'


def spark(values: Sequence[float], target: float | None, title: str, width: float = 110, height: float = 28) -> str:
    """A small line of the last values, with the target as a dashed one, for a row of a table."""
    if len(values) < 2:
        return ""
    known = [*values, *([target] if target is not None else [])]
    least, span = min(known), (max(known) - min(known)) or 1.0

    def y(value: float) -> float:
        return height - 3 - (height - 6) * (value - least) / span

    points = " ".join(f"{number(2 + (width - 4) * n / (len(values) - 1))},{number(y(v))}" for n, v in enumerate(values))
    dashed = line(2, y(target), width - 2, y(target), "gj-draw-target") if target is not None else ""
    return whole(width, height, f'{dashed}<polyline class="gj-draw-curve" points="{points}"/>', title).replace(
        'class="gj-chart"', 'class="gj-chart gj-chart--spark"'
    )
