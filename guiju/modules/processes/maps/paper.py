"""The map on paper: one sheet, A4 or A3 across, with the health of the moment."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from guiju.lib.pdf import typeset
from guiju.modules.processes.maps import drawing, health
from guiju.modules.processes.maps.network import network
from guiju.spine.acts import current
from guiju.spine.prints import drawings
from guiju.spine.registers import addresses, values

PAPERS = ("a4", "a3")


def made(paper: str, language: str) -> bytes:
    """The PDF. In the past it shows what was."""
    with translation.override(language):
        found = network()
        boxes = drawing.shown(found, health.of(found.processes, found.root))
        picture = drawing.svg(drawing.whole(found), boxes, style=drawings.STYLE)
        acting = current()
        data: dict[str, Any] = {
            "language": "zh" if language.startswith("zh") else "en",
            "title": _("Process map"),
            "author": str(acting.organization),
            "keywords": [],
            "made": {part: getattr(acting.now(), part) for part in ("year", "month", "day", "hour", "minute", "second")},
            "mark": "",
            "paper": paper,
            "organization": str(acting.organization),
            "says": _("As it was on %(when)s.") % {"when": values.when(acting.as_of)}
            if acting.as_of
            else _("Uncontrolled when printed."),
            "printed": _("Printed %(when)s, by %(who)s")
            % {"when": values.when(acting.now()), "who": str(getattr(acting.actor, "person", "") or "Guiju")},
            "address": f"{settings.BASE_URL}{addresses.home()}processes/map/",
            "words": drawings.words_of(picture),
        }
        return typeset("drawing", data, at=acting.now().replace(microsecond=0), pictures={"drawing.svg": picture.encode()})
