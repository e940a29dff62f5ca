"""The map as SVG: on the home page, on its own page, on paper. Colours are those of the page's style, or of a given one."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guiju.lib import drawn_text, process_map, process_order
from guiju.lib.process_map import Arrow, Box, Drawing, Measures
from guiju.modules.processes.maps.health import Health
from guiju.modules.processes.maps.network import Network
from guiju.modules.processes.models import Kind
from guiju.spine.registers import addresses
from guiju.spine.registers.markup import escaped, mark

SMALL = Measures(columns=3, box=(176.0, 56.0), gap=32.0, track=9.0, margin=12.0, title=26.0, foot=26.0, size=14.0)
LEAD, UNDER, NAME_LEAD = 17.0, 20.0, 13.0  # between two lines of a title, to the line of health, of what flows


@dataclass(frozen=True)
class Shown:
    """What a box says besides its name."""

    url: str
    tone: str
    word: str
    draft: bool
    number: str


def shown(network: Network, healths: Mapping[UUID, Health]) -> dict[str, Shown]:
    made = {}
    for process in network.processes:
        health, draft = healths[process.pk], process.pk in network.drafts
        tone, word = (health.tone, str(health)) if not draft or health.late else ("none", _("Draft"))
        made[str(process.pk)] = Shown(addresses.of_record(process), tone, word, draft, process.number or "")
    return made


def large(network: Network) -> Measures:
    """The measures of the map's own page: wider where there are many processes."""
    most = max((sum(p.kind == kind for p in network.processes) for kind in Kind), default=0)
    columns = 3 if most <= 9 else 4 if most <= 24 else 6
    return Measures(columns=columns, box=(164.0, 58.0), party=104.0, gap=104.0, track=11.0, margin=14.0, title=26.0,
                    size=14.0, label=11.5, named=True, parties=True)  # fmt: skip


def small(network: Network) -> Drawing:
    """The map of the home page: the thread through the core processes, and no names."""
    nodes, streams = network.nodes(), network.streams()
    return process_map.draw(nodes, process_order.consecutive(nodes, streams), SMALL)


def whole(network: Network) -> Drawing:
    return process_map.draw(network.nodes(), network.streams(), large(network))


def svg(drawing: Drawing, boxes: Mapping[str, Shown], *, size: float = 14.0, ends: bool = False, style: str = "") -> SafeString:
    """The drawing as SVG; with `ends` the core begins and ends with what customers need; with `style` it is for paper."""
    head = f"<style>{style}</style>" if style else ""
    marker = (
        '<defs><marker id="gj-flow-head" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path class="gj-draw-head" d="M1 1l6.5 3L1 7"/></marker></defs>'
    )
    inside = "".join(
        [
            *(_strip(drawing, at, ends) for at in range(len(drawing.strips))),
            *(_arrow(arrow) for arrow in drawing.arrows),
            *(_name(arrow) for arrow in drawing.arrows if arrow.label),
            *(_box(box, boxes.get(box.key), size, linked=not style) for box in drawing.boxes),
        ]
    )
    label = escaped(_("Process map"))
    return mark_safe(
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gj-draw gj-flowmap" role="group" aria-label="{label}"'
        f' viewBox="0 0 {drawing.width:g} {drawing.height:g}" width="{drawing.width:g}" height="{drawing.height:g}">'
        f"{head}{marker}{inside}</svg>"
    )


def _strip(drawing: Drawing, at: int, ends: bool) -> str:
    strip = drawing.strips[at]
    core = strip.band == Kind.CORE
    ground = (
        f'<rect class="gj-draw-ground" x="{strip.x:g}" y="{strip.y:g}" width="{strip.width:g}" height="{strip.height:g}" rx="6"/>'
    )
    words = f"{_('What customers need')} ↓" if core and ends else str(Kind(strip.band).label)
    said = f'<text class="gj-draw-band" x="{strip.x + 12:g}" y="{strip.y + 17:g}">{escaped(words)}</text>'
    if core and ends:
        x, y = strip.x + strip.width - 12, strip.y + strip.height - 9
        last = f"↓ {_('Customers who come back')}"
        said += f'<text class="gj-draw-band" text-anchor="end" x="{x:g}" y="{y:g}">{escaped(last)}</text>'
    return (ground if core else "") + said


def _arrow(arrow: Arrow) -> str:
    path = "L".join(f"{x:g} {y:g}" for x, y in arrow.points)
    return f'<path class="gj-draw-way" d="M{path}" marker-end="url(#gj-flow-head)">{_title(arrow)}</path>'


def _name(arrow: Arrow) -> str:
    """What flows, above its arrow, and above the lines of all others."""
    first = arrow.y - (len(arrow.label) - 1) * NAME_LEAD
    rows = enumerate(arrow.label)
    said = "".join(f'<tspan x="{arrow.x:g}" y="{first + at * NAME_LEAD:g}">{escaped(line)}</tspan>' for at, line in rows)
    return f'<text class="gj-draw-name">{said}{_title(arrow)}</text>'


def _title(arrow: Arrow) -> str:
    return f"<title>{escaped('; '.join(arrow.names))}</title>" if arrow.names else ""


def _box(box: Box, says: Shown | None, size: float, *, linked: bool) -> str:
    x, y, w, h = box.x, box.y, box.width, box.height
    outside = box.band == "outside"
    css = "gj-draw-party" if outside else "gj-draw-box gj-draw-box--draft" if says and says.draft else "gj-draw-box"
    shape = f'<rect class="{css}" x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{h / 2 if outside else 6:g}"/>'
    tall = len(box.lines) * LEAD + (UNDER if says else 0)
    first = y + (h - tall) / 2 + size - 1
    middle = x + w / 2 if outside else x + 10
    name = " ".join(
        f'<tspan x="{middle:g}" y="{first + at * LEAD:g}">{escaped(line)}</tspan>' for at, line in enumerate(box.lines)
    )
    made = f'{shape}<text class="{"gj-draw-outside" if outside else "gj-draw-title"}">{name}</text>'
    if says is None:
        return f"<g><title>{escaped(box.name)}</title>{made}</g>"
    below = first + (len(box.lines) - 1) * LEAD + UNDER - 1
    word = drawn_text.shortened(says.word, size - 1, w - 34)
    sign = mark(says.tone).replace("<svg ", f'<svg x="{x + 10:g}" y="{below - 11:g}" width="13" height="13" ', 1)
    made += f'{sign}<text class="gj-draw-health gj-tone-{says.tone}" x="{x + 28:g}" y="{below:g}">{escaped(word)}</text>'
    cut = "".join(box.lines).endswith("…") or word != says.word
    said = f"<title>{escaped(f'{box.name} {says.word}')}</title>{made}" if cut else made
    if not linked:
        return f"<g>{said}</g>"
    says_where = f'data-number="{escaped(says.number)}" data-band="{box.band}"'
    return f'<a class="gj-draw-link" href="{escaped(says.url)}" {says_where}>{said}</a>'
