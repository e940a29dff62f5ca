"""The order of processes by what flows between them: from whoever asks to whoever gets the result."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

BANDS = ("management", "core", "support")


@dataclass(frozen=True)
class Node:
    """A process: `place` is where somebody has put it in its band, 0 where the flows decide."""

    key: str
    name: str
    band: str
    place: int = 0


@dataclass(frozen=True)
class Stream:
    """What flows from one process to another; an empty end is the party outside that is named."""

    source: str
    target: str
    what: str
    party: str = ""


def in_order(nodes: Sequence[Node], streams: Sequence[Stream]) -> list[Node]:
    """The processes of one band: first those that somebody has put somewhere, then in the order of their flows.

    Next comes the one that waits for the fewest others; of several the one that is farther from whoever gets the result,
    and of those the one to which the last gives something. The first is one that begins with a party outside.
    """
    placed = sorted((node for node in nodes if node.place), key=lambda node: node.place)
    left = [node for node in nodes if not node.place]
    keys = {node.key for node in left}
    before: dict[str, set[str]] = defaultdict(set)
    for stream in streams:
        if stream.source in keys and stream.target in keys:
            before[stream.target].add(stream.source)
    begin, end = _ends(streams, keys)
    far = _distances(before, end)
    made: list[Node] = []
    while left:
        waiting, last = {node.key for node in left}, made[-1].key if made else ""

        def rank(node: Node, waiting: set[str] = waiting, last: str = last) -> tuple[int, bool, int, bool]:
            first = not last and node.key not in begin
            return len(before[node.key] & waiting), first, -far.get(node.key, 0), last not in before[node.key]

        chosen = min(left, key=rank)
        made.append(chosen)
        left.remove(chosen)
    return placed + made


def _ends(streams: Iterable[Stream], keys: set[str]) -> tuple[set[str], set[str]]:
    """Which processes begin with a party outside, and which end with one: not those that exchange something with it."""
    given = {(stream.target, stream.party) for stream in streams if not stream.source and stream.target in keys}
    got = {(stream.source, stream.party) for stream in streams if not stream.target and stream.source in keys}
    begin, end = {key for key, _party in given - got}, {key for key, _party in got - given}
    return begin or {key for key, _party in given}, end or {key for key, _party in got}


def _distances(before: Mapping[str, set[str]], end: set[str]) -> dict[str, int]:
    """Over how many flows each process is away from the nearest one of the ends."""
    found = dict.fromkeys(sorted(end), 0)
    edge = sorted(end)
    while edge:
        following = sorted({source for key in edge for source in before.get(key, ())} - found.keys())
        found |= dict.fromkeys(following, found[edge[0]] + 1)
        edge = following
    return found


def consecutive(nodes: Sequence[Node], streams: Sequence[Stream]) -> list[Stream]:
    """Of what flows, that which leads from a core process to the next in their order: the thread that a small map shows."""
    core = [node.key for node in in_order([node for node in nodes if node.band == "core"], streams)]
    following: Mapping[str, str] = dict(zip(core, core[1:], strict=False))
    return [stream for stream in streams if stream.source and following.get(stream.source) == stream.target]
