"""A fishbone (Ishikawa) diagram as SVG: branches of causes to one effect, those confirmed and refuted told apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.lib.drawing import cut, label, line, number, whole, wrapped

WIDTH, HEAD, SPINE_LEFT = 780.0, 150.0, 10.0
ROW, SIZE, SLANT = 26.0, 11.5, 0.55  # height of a cause, size of its text, how far a bone leans for its height


@dataclass(frozen=True)
class Twig:
    """One cause on a branch: its words, and "confirmed", "refuted" or "open"."""

    words: str
    finding: str


@dataclass(frozen=True)
class Branch:
    name: str
    twigs: Sequence[Twig]


def draw(effect: str, branches: Sequence[Branch], title: str) -> str:
    """Branches above and below a spine that leads to the effect; as high as the fullest branch needs."""
    above, below = branches[::2], branches[1::2]
    columns = max(len(above), len(below), 1)
    tall = max([len(branch.twigs) for branch in branches] or [1])
    reach = ROW * max(tall, 1) + 22
    spine = reach + 26
    height, end = 2 * spine, WIDTH - HEAD - 16
    step = (end - SPINE_LEFT) / columns
    inside = line(SPINE_LEFT, spine, end, spine, "gj-draw-spine")
    inside += f'<path class="gj-draw-arrow" d="M{number(end)} {number(spine - 5)}l8 5l-8 5"/>'
    inside += _head(effect, end + 10, spine)
    for side, group in ((-1, above), (1, below)):
        for place, branch in enumerate(group):
            inside += _branch(branch, SPINE_LEFT + step * (place + 1) - 12, spine, side, reach, step)
    return whole(WIDTH, height, inside, title)


def _head(effect: str, x: float, spine: float) -> str:
    lines = wrapped(effect, SIZE + 1, HEAD - 20, 4)
    tall = 22 + 16 * len(lines)
    place, extent = f'x="{number(x)}" y="{number(spine - tall / 2)}"', f'width="{number(HEAD)}" height="{number(tall)}"'
    box = f'<rect class="gj-draw-effect" {place} {extent} rx="6"/>'
    first = spine - 16 * (len(lines) - 1) / 2 + 4
    said = "".join(label(one, x + HEAD / 2, first + 16 * n, "gj-draw-strong", "middle") for n, one in enumerate(lines))
    return box + said


def _branch(branch: Branch, foot: float, spine: float, side: int, reach: float, room: float) -> str:
    lean = min(reach * SLANT, room * 0.45)
    top = spine + side * reach
    drawn = line(foot - lean, top, foot, spine, "gj-draw-bone")
    drawn += label(cut(branch.name, SIZE + 1, room - 8), foot - lean, top + (14 if side > 0 else -8), "gj-draw-strong", "middle")
    for place, twig in enumerate(branch.twigs):
        height = ROW * (place + 0.75)
        y, x = spine + side * (reach - height), foot - lean * (1 - height / reach)
        width = room - 26
        css = {"confirmed": " is-confirmed", "refuted": " is-refuted"}.get(twig.finding, "")
        drawn += line(x - width, y, x, y, f"gj-draw-twig{css}")
        drawn += label(cut(twig.words, SIZE, width), x - 4, y - 4, f"gj-draw-cause{css}", "end")
    return drawn
