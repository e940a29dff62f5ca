"""What drawings made by us look like on paper: the colours of the page's style, as a sheet of styles within the SVG."""

import re

_FONT = 'font-family:"Guiju Latin","Guiju Sans","Guiju Symbols"'
STYLE = f"""
text{{{_FONT};fill:#1b1e23;font-size:14px}}
.gj-draw-ground,.gj-draw-lane{{fill:#f3f0e9}} .gj-draw-lane--odd{{fill:#faf8f4}}
.gj-draw-box,.gj-draw-step{{fill:#ffffff;stroke:#8b8f96;stroke-width:1}} .gj-draw-box--draft{{stroke-dasharray:4 3}}
.gj-draw-party{{fill:#ffffff;stroke:#b9b3a7;stroke-width:1}} .gj-draw-end{{fill:#e6ecf5}}
.gj-draw-way{{fill:none;stroke:#6a6f78;stroke-width:1}} .gj-draw-head{{fill:none;stroke:#6a6f78;stroke-width:1.2}}
.gj-draw-title{{font-weight:bold}} .gj-draw-health{{font-size:12px}} .gj-draw-band{{font-size:12.5px;fill:#4b505a}}
.gj-draw-name,.gj-draw-word,.gj-draw-note{{font-size:11.5px;fill:#4b505a}} .gj-draw-name,.gj-draw-note{{text-anchor:middle}}
.gj-draw-name,.gj-draw-word{{paint-order:stroke;stroke:#ffffff;stroke-width:3px}}
.gj-draw-outside,.gj-draw-what,.gj-draw-who{{text-anchor:middle;font-size:12.5px}} .gj-draw-who{{font-weight:bold}}
.gj-tone-done{{color:#226049}} .gj-tone-due{{color:#77500c}} .gj-tone-late{{color:#7d3a2c}} .gj-tone-none{{color:#575b61}}
.gj-mark-cut{{fill:none;stroke:#ffffff}}
"""
_TAG = re.compile(r"<[^>]*>")


def words_of(svg: str) -> str:
    """What is written in a drawing, so that it is known which characters a print needs."""
    return _TAG.sub(" ", svg.split("</style>", 1)[-1])
