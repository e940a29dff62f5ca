"""What stands in the boxes around a process."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guiju.modules.processes.content import Content
from guiju.modules.processes.models import Direction, Flow, Outsourced, Process, in_language
from guiju.spine.acts import current
from guiju.spine.acts.hooks import turtle_parts
from guiju.spine.registers import addresses

MOST = 6  # lines of a box


class TurtleLine(NamedTuple):
    """A line in a box: number as a link, text, and a mark with its word."""

    text: str
    url: str = ""
    tone: str = ""
    word: str = ""
    number: str = ""


class Box(NamedTuple):
    """A box around the process: where it stands ("is-top" and so on), its icon and its words."""

    place: str
    icon: str
    title: str
    lines: Sequence[TurtleLine]
    more: int
    empty: str


def drawn(content: Content, *, alone: bool = False) -> SafeString:
    """The process among its boxes; `alone` without what other records say of it, as it was signed."""
    process = content.process
    brought = {} if alone or current().as_of is not None else _brought(process)
    top = [
        _box(
            "is-top", "tools", _("With what"), [*_needs(content), *brought.get("with_what", ())], _("No resource is entered yet.")
        ),
        _box(
            "is-middle",
            "target",
            _("What for"),
            _lines(in_language(process, "criteria")),
            _("It is not said how we know that it runs well."),
        ),
        _box("is-top", "users", _("With whom"), [*_people(content), *brought.get("with_whom", ())], ""),
    ]
    inputs = _box("is-in", "login-2", _("Inputs"), _flows(content, Direction.INPUT), _("No input is entered yet."))
    outputs = _box("is-out", "logout", _("Outputs"), _flows(content, Direction.OUTPUT), _("No output is entered yet."))
    low = [] if alone else [
        _box("is-low", "file-text", _("How"), brought.get("how", ()), _("No document belongs to it yet.")),
        _box("is-middle", "alert-triangle", _("What may go wrong"), brought.get("risks", ()), _("Nothing is written down yet.")),
        _box("is-low", "chart-line", _("Measured by"), brought.get("measures", ()), _("Nothing measures it yet.")),
    ]  # fmt: skip
    context = {
        "top": top,
        "inputs": inputs,
        "outputs": outputs,
        "low": low,
        "title": str(process),
        "purpose": [line for line in in_language(process, "purpose").splitlines() if line.strip()],
    }
    return mark_safe(render_to_string("processes/turtle.html", context))


def _box(place: str, icon: str, title: str, lines: Iterable[TurtleLine | Sequence[str]], empty: str) -> Box:
    found = [TurtleLine(*line) for line in lines]
    return Box(place, icon, title, found[:MOST], max(0, len(found) - MOST), empty)


def _brought(process: Process) -> dict[str, list[TurtleLine]]:
    """The lines that modules above bring, by box."""
    found: dict[str, list[TurtleLine]] = {}
    for part in turtle_parts:
        for box, lines in part(process).items():
            found.setdefault(box, []).extend(lines)
    return found


def _needs(content: Content) -> Iterable[TurtleLine]:
    for need in content.needs:
        if need.available:
            yield TurtleLine(str(need))
        elif need.shortage_decision.strip():
            yield TurtleLine(str(need), tone="due", word=_("short, decided"))
        else:
            yield TurtleLine(str(need), tone="late", word=_("short"))


def _people(content: Content) -> Iterable[TurtleLine]:
    process = content.process
    if process.owner_id:
        yield TurtleLine(_("Owner: %(name)s") % {"name": process.owner})
    for one in content.participants:
        does = in_language(one, "does")
        yield TurtleLine(_("%(who)s: %(does)s") % {"who": one, "does": does} if does else str(one))
    if process.outsourced != Outsourced.NO:
        words = _("Wholly by others: %(what)s") if process.outsourced == Outsourced.WHOLE else _("In part by others: %(what)s")
        yield TurtleLine(words % {"what": process.outsourced_part})


def _lines(text: str) -> Iterable[TurtleLine]:
    return [TurtleLine(line.strip()) for line in text.splitlines() if line.strip()]


def _flows(content: Content, direction: str) -> Iterable[TurtleLine]:
    mine = [flow for flow in content.flows if flow.direction == direction]
    ids = {flow.other_id for flow in mine if flow.other_id}
    others = {row.pk: row for row in Process.objects.filter(pk__in=ids)} if ids else {}
    for flow in mine:
        yield _flow(flow, others)


def _flow(flow: Flow, others: dict) -> TurtleLine:
    other = others.get(flow.other_id)
    party = str(other) if other is not None else in_language(flow, "outside_party")
    pattern = (
        pgettext("flow", "%(what)s, from %(who)s")
        if flow.direction == Direction.INPUT
        else pgettext("flow", "%(what)s, to %(who)s")
    )
    return TurtleLine(pattern % {"what": flow, "who": party}, addresses.of_record(other) if other is not None else "")
