"""The process map laid out: boxes in bands, arrows in the channels between them. Pure arithmetic; who draws chooses colours.

Boxes stand in a grid. Between its rows and columns are channels; an arrow that does not simply lead to the next box runs in
them, each in a track of its own, so that no arrow crosses a box and no two lie on each other. The same input gives the
same drawing.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from guiju.lib import drawn_text
from guiju.lib.process_order import BANDS, Node, Stream, in_order

IN, OUT = "in:", "out:"  # before the name of a party outside: what it gives stands left, what it gets right


@dataclass(frozen=True)
class Measures:
    """How large things are drawn; with `named` arrows bear their names, with `parties` those outside are drawn."""

    columns: int = 3
    box: tuple[float, float] = (156.0, 58.0)
    party: float = 112.0
    gap: float = 30.0
    track: float = 10.0
    margin: float = 12.0
    title: float = 24.0
    foot: float = 0.0
    size: float = 13.0
    label: float = 11.0
    named: bool = False
    parties: bool = False


@dataclass(frozen=True)
class Box:
    key: str
    name: str
    lines: tuple[str, ...]
    band: str  # "outside" for a party
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Arrow:
    """From box to box along points; `names` is all that flows, `label` its lines as drawn, in the middle above (x, y)."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    names: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True)
class Strip:
    """The ground of a band."""

    band: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    strips: tuple[Strip, ...]


@dataclass
class _Way:
    """One arrow while it is laid: its ends, and the channels in which it runs."""

    source: str
    target: str
    names: list[str]
    straight: bool = False
    rows: list[int] = field(default_factory=list)  # the horizontal channels, one or two
    column: int = -1  # the vertical channel between the two
    down: tuple[bool, bool] = (True, True)  # leaves at the bottom; arrives at the top
    tracks: list[int] = field(default_factory=list)
    lane: int = 0
    label: tuple[str, ...] = ()


class _Layout:
    def __init__(self, nodes: Sequence[Node], streams: Sequence[Stream], measures: Measures) -> None:
        self.m = measures
        known = {node.key for node in nodes}
        self.streams = [s for s in streams if {s.source, s.target} - {""} and {s.source, s.target} - {""} <= known]
        self.names = {node.key: node.name for node in nodes}
        self.bands = {node.key: node.band for node in nodes}
        self.cells: dict[str, tuple[int, int]] = {}
        self.rows_of: list[tuple[str, int]] = []
        first = 1 if measures.parties else 0
        row = 0
        for band in BANDS:
            mine = in_order([node for node in nodes if node.band == band], self.streams)
            for at, node in enumerate(mine):
                self.cells[node.key] = (row + at // measures.columns, first + at % measures.columns)
            count = -(-len(mine) // measures.columns)
            if count:
                self.rows_of.append((band, count))
            row += count
        self.rows, self.columns = row, measures.columns + 2 * first
        self.ways = self._ways()
        if measures.parties:
            self._seat_parties()
        for way in self.ways:
            self._route(way)
        self._lanes()
        self._across()
        self.ports = self._ports()
        self._tracks()
        self._down()

    # --- Who gives what to whom ---------------------------------------------------------------------------------------

    def _ways(self) -> list[_Way]:
        found: dict[tuple[str, str], _Way] = {}
        for stream in self.streams:
            if not (stream.source and stream.target) and not self.m.parties:
                continue
            ends = (stream.source or f"{IN}{stream.party}", stream.target or f"{OUT}{stream.party}")
            if ends[0] == ends[1]:
                continue
            way = found.setdefault(ends, _Way(*ends, names=[]))
            if stream.what.casefold() not in (name.casefold() for name in way.names):
                way.names.append(stream.what)
        return list(found.values())

    def _seat_parties(self) -> None:
        """Each party in a row of its side, near to those with whom it deals; more rows where there are more parties."""
        for column, mark in ((0, IN), (self.columns - 1, OUT)):
            dealt: dict[str, list[int]] = {}
            for way in self.ways:
                for end, other in ((way.source, way.target), (way.target, way.source)):
                    if end.startswith(mark) and other in self.cells:
                        dealt.setdefault(end, []).append(self.cells[other][0])
            free = list(range(max(self.rows, len(dealt))))
            for end, rows in sorted(dealt.items(), key=lambda pair: (sum(pair[1]) / len(pair[1]), pair[0])):
                near = min(free, key=lambda row: (abs(row - sum(rows) / len(rows)), row))
                free.remove(near)
                self.cells[end] = (near, column)
                self.names[end], self.bands[end] = end.removeprefix(mark), "outside"
        most = max((row for row, _column in self.cells.values()), default=-1) + 1
        if most > self.rows:
            self.rows_of.append(("outside", most - self.rows))
            self.rows = most

    # --- Which channels an arrow takes --------------------------------------------------------------------------------

    def _route(self, way: _Way) -> None:
        (row, column), (to_row, to_column) = self.cells[way.source], self.cells[way.target]
        if row == to_row and abs(column - to_column) == 1:
            way.straight = True
        elif to_row > row:
            way.down, way.rows = (True, True), [row + 1] if to_row == row + 1 else [row + 1, to_row]
        elif to_row < row:
            way.down, way.rows = (False, False), [row] if to_row == row - 1 else [row, to_row + 1]
        else:
            way.down, way.rows = (True, False), [row + 1]
        if len(way.rows) == 2:
            way.column = to_column if column < to_column else to_column + 1

    def _lanes(self) -> None:
        """A track of its own for each arrow in a vertical channel."""
        self.lanes: dict[int, int] = defaultdict(int)
        taken: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for way in self.ways:
            if way.column >= 0:
                span = (float(min(way.rows)), float(max(way.rows)))
                way.lane = _first_free(partial(_taken, taken, way.column), span)
                taken[way.column, way.lane].append(span)
                self.lanes[way.column] = max(self.lanes[way.column], way.lane + 1)

    # --- Where things stand -------------------------------------------------------------------------------------------

    def _across(self) -> None:
        """The left edges of columns and of the channels between them."""
        m, x = self.m, self.m.margin
        self.gaps: list[tuple[float, float]] = []
        self.lefts: list[float] = []
        for column in range(self.columns + 1):
            edge = column in (0, self.columns)
            wanted = (self.lanes[column] + 1) * m.track if self.lanes[column] else 0.0
            room = wanted if edge else max(m.gap, wanted)
            self.gaps.append((x, room))
            x += room
            if column < self.columns:
                self.lefts.append(x)
                x += self._width(column)
        self.width = x + m.margin

    def _width(self, column: int) -> float:
        return self.m.party if self.m.parties and column in (0, self.columns - 1) else self.m.box[0]

    def _ports(self) -> dict[tuple[int, bool], float]:
        """Where each arrow leaves and reaches its box on the upper or lower edge, by (place of the way, whether it leaves)."""
        sides: dict[tuple[str, bool], list[tuple[float, int, bool]]] = defaultdict(list)
        for place, way in enumerate(self.ways):
            if not way.straight:
                sides[way.source, way.down[0]].append((self._towards(way.target), place, True))
                sides[way.target, not way.down[1]].append((self._towards(way.source), place, False))
        found = {}
        for (key, bottom), ends in sides.items():
            column = self.cells[key][1]
            left, room = self.lefts[column], self._width(column)
            for at, (_towards, place, leaves) in enumerate(sorted(ends)):
                # Those above a channel and those below it do not stand over each other.
                share = (at + (0.5 if bottom else 1.0)) / (len(ends) + 0.5)
                found[place, leaves] = left + 10 + (room - 20) * share
        return found

    def _towards(self, key: str) -> float:
        column = self.cells[key][1]
        return self.lefts[column] + self._width(column) / 2

    def _lane_x(self, way: _Way) -> float:
        x, room = self.gaps[way.column]
        return x + room * (way.lane + 1) / (self.lanes[way.column] + 1)

    def _spans(self, place: int, way: _Way) -> list[tuple[float, float]]:
        """From where to where an arrow runs in each of its horizontal channels."""
        start, end = self.ports[place, True], self.ports[place, False]
        if len(way.rows) == 1:
            return [(min(start, end), max(start, end))]
        lane = self._lane_x(way)
        return [(min(start, lane), max(start, lane)), (min(lane, end), max(lane, end))]

    def _tracks(self) -> None:
        """A track of its own for each arrow in a horizontal channel, wide enough for its name."""
        self.used: dict[int, int] = defaultdict(int)
        taken: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
        for place, way in enumerate(self.ways):
            spans = [] if way.straight else self._spans(place, way)
            longest = max(range(len(spans)), key=lambda at: spans[at][1] - spans[at][0], default=-1)
            for at, (row, span) in enumerate(zip(way.rows, spans, strict=False)):
                if self.m.named and at == longest:
                    room = max(span[1] - span[0] - 8, 168.0)
                    way.label = (drawn_text.shortened("; ".join(way.names), self.m.label, room),)
                    half, middle = drawn_text.width(way.label[0], self.m.label) / 2 + 6, self._middle(span, way.label[0])
                    span = (min(span[0], middle - half), max(span[1], middle + half))
                track = _first_free(partial(_taken, taken, row), span)
                taken[row, track].append(span)
                way.tracks.append(track)
                self.used[row] = max(self.used[row], track + 1)

    def _middle(self, span: tuple[float, float], label: str) -> float:
        """The middle of a name over a stretch, kept within the drawing."""
        half = drawn_text.width(label, self.m.label) / 2 + 2
        return min(max((span[0] + span[1]) / 2, half), self.width - half)

    def _down(self) -> None:
        """The upper edges of rows and of the channels between them, and the grounds of the bands."""
        m, y, row = self.m, 0.0, 0
        self.channels: list[float] = []
        self.tops: list[float] = []
        self.strips: list[Strip] = []
        step = self.step = m.label + 9 if m.named else m.track
        for band, count in self.rows_of:
            top = 0.0
            for at in range(count):
                self.channels.append(y)
                room = self.used[row] * step + (step if self.used[row] else 0)
                y += max(room, m.margin)
                if at == 0:
                    top = y
                    y += m.title if band != "outside" else 0
                self.tops.append(y)
                y += m.box[1]
                row += 1
            y += m.margin + (m.foot if band == "core" else 0)
            if band != "outside":
                left = self.lefts[1] if m.parties else self.lefts[0]
                right = self.lefts[-2] + self._width(self.columns - 2) if m.parties else self.lefts[-1] + m.box[0]
                self.strips.append(Strip(band, left - m.margin, top, right - left + 2 * m.margin, y - top))
        self.channels.append(y)
        self.height = y + (self.used[self.rows] + 1) * step if self.used[self.rows] else y + m.margin

    # --- What is drawn ------------------------------------------------------------------------------------------------

    def boxes(self) -> list[Box]:
        made = []
        for key, (row, column) in self.cells.items():
            room = self._width(column)
            said = drawn_text.lines(self.names[key], self.m.size, room - 20, 2)
            made.append(Box(key, self.names[key], said, self.bands[key], self.lefts[column], self.tops[row], room, self.m.box[1]))
        return made

    def arrows(self) -> list[Arrow]:
        both = {(way.source, way.target) for way in self.ways if way.straight}
        return [
            self._straight(way, (way.target, way.source) in both) if way.straight else self._bent(place, way)
            for place, way in enumerate(self.ways)
        ]

    def _straight(self, way: _Way, back: bool) -> Arrow:
        (row, column), (_row, to_column) = self.cells[way.source], self.cells[way.target]
        forward = to_column > column
        share = 0.5 if not back else 0.4 if forward else 0.75
        y = self.tops[row] + self.m.box[1] * share
        start = self.lefts[column] + (self._width(column) if forward else 0)
        end = self.lefts[to_column] + (0 if forward else self._width(to_column))
        room = abs(end - start) - 10
        said = (
            drawn_text.lines("; ".join(way.names), self.m.label, room, 1 if back and not forward else 3) if self.m.named else ()
        )
        return Arrow(way.source, way.target, ((start, y), (end, y)), tuple(way.names), said, (start + end) / 2, y - 5)

    def _bent(self, place: int, way: _Way) -> Arrow:
        (row, _c), (to_row, _d) = self.cells[way.source], self.cells[way.target]
        height = self.m.box[1]
        start, end = self.ports[place, True], self.ports[place, False]
        first = self.tops[row] + (height if way.down[0] else 0)
        last = self.tops[to_row] + (0 if way.down[1] else height)
        ys = [self.channels[channel] + self.step * (track + 1) for channel, track in zip(way.rows, way.tracks, strict=True)]
        points = [(start, first), (start, ys[0])]
        if len(ys) == 2:
            lane = self._lane_x(way)
            points += [(lane, ys[0]), (lane, ys[1])]
        points += [(end, ys[-1]), (end, last)]
        spans = self._spans(place, way)
        longest = max(range(len(spans)), key=lambda at: spans[at][1] - spans[at][0])
        x = self._middle(spans[longest], way.label[0]) if way.label else 0.0
        return Arrow(way.source, way.target, tuple(points), tuple(way.names), way.label, x, ys[longest] - 4)


def _taken(taken: Mapping[tuple[int, int], list[tuple[float, float]]], channel: int, track: int) -> list[tuple[float, float]]:
    return taken.get((channel, track), [])


def _first_free(taken: Callable[[int], Sequence[tuple[float, float]]], span: tuple[float, float]) -> int:
    """The first track in which nothing lies where a stretch would."""
    at = 0
    while any(span[0] <= end + 4 and start <= span[1] + 4 for start, end in taken(at)):
        at += 1
    return at


def draw(nodes: Sequence[Node], streams: Sequence[Stream], measures: Measures) -> Drawing:
    """The drawing of processes and of what flows between them."""
    if not nodes:
        return Drawing(0, 0, (), (), ())
    laid = _Layout(nodes, streams, measures)
    return Drawing(round(laid.width, 1), round(laid.height, 1), tuple(laid.boxes()), tuple(laid.arrows()), tuple(laid.strips))
