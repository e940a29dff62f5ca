"""The flow of a process laid out in lanes: one column for each who does something, the steps one below the other.

Each step has a row of its own. A way to the next step runs down between two rows; every other way leaves at the side and runs
in a gutter beside all lanes, forward on the right, back on the left, in a track of its own. So no way crosses a step.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guiju.lib import drawn_text

WAY = re.compile(r"(\d{1,4})(?:\s*[:：]\s*(.*))?", re.DOTALL)
BETWEEN = re.compile(r"[;；\n]+")


@dataclass(frozen=True)
class Way:
    """Where a step goes on, by the place of the next one, and the word on the way there."""

    to: int
    word: str = ""


@dataclass(frozen=True)
class Step:
    """A step by its place: who does what; `ways` are empty where it simply goes on to the next. `note` stands small below."""

    place: int
    lane: str
    what: str
    kind: str = "step"  # start, step, decision, end
    ways: tuple[Way, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Measures:
    lane: float = 176.0
    box: tuple[float, float] = (152.0, 54.0)
    row: float = 92.0
    head: float = 40.0
    track: float = 26.0
    size: float = 12.5
    small: float = 11.0


@dataclass(frozen=True)
class Lane:
    name: str
    lines: tuple[str, ...]
    x: float
    width: float


@dataclass(frozen=True)
class Box:
    place: int
    kind: str
    what: str
    lines: tuple[str, ...]
    note: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A way from step to step along points, its word beside (x, y)."""

    source: int
    target: int
    points: tuple[tuple[float, float], ...]
    word: str
    x: float
    y: float
    anchor: str = "start"


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    head: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def read_ways(text: str) -> tuple[Way, ...]:
    """The ways that a text names: "4: passed; 7: failed". ValueError with the part that names none."""
    made = []
    for part in filter(None, (part.strip() for part in BETWEEN.split(text))):
        found = WAY.fullmatch(part)
        if found is None:
            raise ValueError(part)
        made.append(Way(int(found[1]), (found[2] or "").strip()))
    return tuple(made)


def going_on(steps: Sequence[Step]) -> list[tuple[Step, Way]]:
    """Every way from step to step: those that are named, and to the next one from a step that names none and is no end."""
    made = []
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        if step.ways:
            made += [(step, way) for way in step.ways]
        elif step.kind != "end" and following is not None:
            made.append((step, Way(following.place)))
    return made


def draw(steps: Sequence[Step], measures: Measures | None = None) -> Drawing:
    """The drawing of steps in the order of their places. A way to a step that is not there is left out."""
    m = measures or Measures()
    steps = sorted(steps, key=lambda step: step.place)
    if not steps:
        return Drawing(0, 0, 0, (), (), ())
    names = list(dict.fromkeys(step.lane for step in steps))
    rows = {step.place: at for at, step in reversed(list(enumerate(steps)))}
    ways = [(step, way) for step, way in going_on(steps) if way.to in rows]
    tracks = _tracks(ways, rows)
    back = 1 + max((track for side, track in tracks.values() if side == "back"), default=-1)
    on = 1 + max((track for side, track in tracks.values() if side == "on"), default=-1)
    left = back * m.track + (m.track / 2 if back else 0.0)
    right = left + len(names) * m.lane
    lanes = tuple(
        Lane(name, drawn_text.lines(name, m.size, m.lane - 16, 2), left + at * m.lane, m.lane) for at, name in enumerate(names)
    )
    boxes = {step.place: _box(step, rows[step.place], names.index(step.lane), left, m) for step in reversed(steps)}
    lines = tuple(
        _line(boxes[step.place], boxes[way.to], way, tracks.get(at), (left, right), m) for at, (step, way) in enumerate(ways)
    )
    width = right + on * m.track + (m.track / 2 if on else 0.0)
    height = m.head + len(steps) * m.row
    ordered = tuple(boxes[step.place] for step in steps if rows[step.place] == steps.index(step))
    return Drawing(round(width, 1), round(height, 1), m.head, lanes, ordered, lines)


def _tracks(ways: Sequence[tuple[Step, Way]], rows: Mapping[int, int]) -> dict[int, tuple[str, int]]:
    """The gutter and the track of each way that does not lead to the row below, by its place in the list."""
    taken: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    found = {}
    for at, (step, way) in enumerate(ways):
        start, end = rows[step.place], rows[way.to]
        if end == start + 1:
            continue
        side, span = ("on" if end > start else "back"), (min(start, end), max(start, end))
        track = 0
        while any(span[0] <= last and first <= span[1] for first, last in taken[side, track]):
            track += 1
        taken[side, track].append(span)
        found[at] = (side, track)
    return found


def _box(step: Step, row: int, lane: int, left: float, m: Measures) -> Box:
    room, height = m.box
    x = left + lane * m.lane + (m.lane - room) / 2
    y = m.head + row * m.row + (m.row - height) / 2
    inner = room - (40 if step.kind == "decision" else 20)
    said = drawn_text.lines(step.what, m.size, inner, 2 if step.note else 3)
    return Box(step.place, step.kind, step.what, said, drawn_text.shortened(step.note, m.small, inner), x, y, room, height)


def _line(source: Box, target: Box, way: Way, gutter: tuple[str, int] | None, sides: tuple[float, float], m: Measures) -> Line:
    if gutter is None:
        return _down(source, target, way.word)
    side, track = gutter
    forward = side == "on"
    x = sides[1] + (track + 0.75) * m.track if forward else sides[0] - (track + 0.75) * m.track
    edge = source.width if forward else 0.0
    leaves = source.y + source.height * (0.5 if source.kind == "decision" else 0.35)
    arrives = target.y + target.height * (0.5 if target.kind == "decision" else 0.65)
    points = ((source.x + edge, leaves), (x, leaves), (x, arrives), (target.x + edge, arrives))
    beside = 4 if forward else -4
    return Line(source.place, target.place, points, way.word, points[0][0] + beside, leaves - 4, "start" if forward else "end")


def _down(source: Box, target: Box, word: str) -> Line:
    """The way to the step of the row below, past nothing."""
    start, end = source.x + source.width / 2, target.x + target.width / 2
    bottom, top = source.y + source.height, target.y
    middle = bottom + (top - bottom) / 2
    bend = () if start == end else ((start, middle), (end, middle))
    return Line(source.place, target.place, ((start, bottom), *bend, (end, top)), word, start + 5, bottom + 13)
