"""The process map as the home page shows it."""

from typing import Any

from guiju.modules.processes.maps import drawing, health, pages
from guiju.modules.processes.maps.network import network
from guiju.spine.acts import current
from guiju.spine.registers import addresses


def part() -> dict[str, Any]:
    """The map, each process with its health: drawn where there is room, a list on a phone."""
    if not current().actor.may("processes.view"):
        return {}
    found = network()
    base = f"{addresses.home()}processes/"
    if not found.processes:
        return {"map_url": f"{base}new/" if current().actor.may("processes.create") else ""}
    boxes = drawing.shown(found, health.of(found.processes, found.root))
    return {
        "bands": pages.bands(found, boxes),
        "map_svg": drawing.svg(drawing.small(found), boxes, ends=True),
        "map_url": f"{base}map/",
    }
