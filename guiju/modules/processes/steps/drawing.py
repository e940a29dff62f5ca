"""Steps as a drawing in lanes, on a page and on paper."""

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiju.lib import markdown, swim_lanes
from guiju.modules.processes.models import Step, in_language
from guiju.modules.processes.steps import ways
from guiju.spine.registers.editor import references
from guiju.spine.registers.markup import escaped

Linker = Callable[[str], tuple[str, str] | None]
SIZE, SMALL, LEAD = 12.5, 11, 15.5


def laid(steps: Sequence[Step]) -> swim_lanes.Drawing:
    """Where everything stands, in the language that is active."""
    return swim_lanes.draw(
        [
            swim_lanes.Step(
                step.position,
                in_language(step, "lane"),
                in_language(step, "what"),
                step.kind,
                ways.read(in_language(step, "goes_to")),
                ", ".join(markdown.references(step.document)),
            )
            for step in steps
        ]
    )


def drawn(steps: Sequence[Step], *, style: str = "") -> SafeString:
    """The drawing as SVG; with `style` for paper: with its own colours and without links."""
    drawing = laid(steps)
    if not drawing.boxes:
        return mark_safe("")
    linker = None if style else references.linker(" ".join(step.document for step in steps))
    room = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    size = f' width="{drawing.width:g}" height="{drawing.height:g}"'
    inside = "".join([*_lanes(drawing), *_lines(drawing), *(_box(box, linker) for box in drawing.boxes)])
    label = escaped(_("The flow of the process, in lanes"))
    head = f"<style>{style}</style>" if style else ""
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gj-draw gj-lanes" role="group" aria-label="{label}" {room}{size}>{head}'
        f'<defs><marker id="gj-way" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        f'<path class="gj-draw-head" d="M1 1l6.5 3L1 7"/></marker></defs>{inside}</svg>'
    )


def _lanes(drawing: swim_lanes.Drawing) -> list[str]:
    made = []
    for at, lane in enumerate(drawing.lanes):
        css = "gj-draw-lane gj-draw-lane--odd" if at % 2 else "gj-draw-lane"
        made.append(f'<rect class="{css}" x="{lane.x:g}" y="0" width="{lane.width:g}" height="{drawing.height:g}"/>')
        made.append(_text(lane.lines, lane.x + lane.width / 2, drawing.head / 2 + 4, "gj-draw-who"))
    return made


def _lines(drawing: swim_lanes.Drawing) -> list[str]:
    made = []
    for line in drawing.lines:
        path = "L".join(f"{x:g} {y:g}" for x, y in line.points)
        made.append(f'<path class="gj-draw-way" d="M{path}" marker-end="url(#gj-way)"/>')
        if line.word:
            anchor = f' text-anchor="{line.anchor}"'
            made.append(f'<text class="gj-draw-word" x="{line.x:g}" y="{line.y:g}"{anchor}>{escaped(line.word)}</text>')
    return made


def _box(box: swim_lanes.Box, linker: Linker | None) -> str:
    x, y, w, h = box.x, box.y, box.width, box.height
    if box.kind == "decision":
        corners = f"{x:g},{y + h / 2:g} {x + 18:g},{y:g} {x + w - 18:g},{y:g} {x + w:g},{y + h / 2:g}"
        shape = f'<polygon class="gj-draw-step" points="{corners} {x + w - 18:g},{y + h:g} {x + 18:g},{y + h:g}"/>'
    else:
        radius = h / 2 if box.kind in ("start", "end") else 5
        css = "gj-draw-step gj-draw-end" if box.kind in ("start", "end") else "gj-draw-step"
        shape = f'<rect class="{css}" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{radius:g}"/>'
    middle = y + h / 2 - (8 if box.note else 0) + 4
    made = shape + _text(box.lines, x + w / 2, middle, "gj-draw-what")
    if not box.note:
        return f"<g><title>{box.place} {escaped(box.what)}</title>{made}</g>"
    numbers = pgettext("list", ", ").join(_number(number, linker) for number in box.note.split(", "))
    note = f'<text class="gj-draw-note" x="{x + w / 2:g}" y="{y + h - 7:g}">{numbers}</text>'
    return f"<g><title>{box.place} {escaped(box.what)}</title>{made}{note}</g>"


def _number(number: str, linker: Linker | None) -> str:
    known = linker(number) if linker else None
    if known is None:
        return escaped(number)
    return f'<a href="{escaped(known[0])}" aria-label="{escaped(number)} {escaped(known[1])}">{escaped(number)}</a>'


def _text(lines: Sequence[str], x: float, middle: float, css: str) -> str:
    """Lines of text around a middle, each on its own baseline."""
    first = middle - (len(lines) - 1) * LEAD / 2
    said = "".join(f'<tspan x="{x:g}" y="{first + at * LEAD:g}">{escaped(line)}</tspan>' for at, line in enumerate(lines))
    return f'<text class="{css}">{said}</text>'
