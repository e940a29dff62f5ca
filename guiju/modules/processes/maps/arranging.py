"""Where a process stands in its band: by the flows, or where somebody has put it."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from guiju.modules.processes.maps.network import network
from guiju.modules.processes.models import Kind, Process
from guiju.spine.acts import Conflict, NotPermitted, Refused, current, write

MOVED = _("The map has changed since you opened it. Look and try again.")


def permitted() -> bool:
    return current().actor.may("processes.change") and current().as_of is None


def arrange(band: str, numbers: Sequence[str]) -> None:
    """Let the processes of a band stand in the order of their numbers; of none, where their flows put them.

    NotPermitted without the right; Conflict when others stand in the band by now; Refused for what is no band.
    """
    if not permitted():
        raise NotPermitted(_("You do not have the right to this. Ask who administers roles."))
    if band not in Kind.values:
        sentence = _("There is no such band on the map.")
        raise Refused(sentence, errors={"band": [sentence]})

    def arranging() -> None:
        there = {process.number: process.pk for process in _standing(band)}
        if numbers and sorted(numbers) != sorted(number or "" for number in there):
            raise Conflict(MOVED)
        places = {there[number]: place for place, number in enumerate(numbers, 1)}
        for pk in sorted(there.values()):
            row = Process.locked(pk)
            if row.position != places.get(pk, 0):
                row.position = places.get(pk, 0)
                row.save(action="arrange")

    write(arranging)


def move(number: str, by: int) -> None:
    """Let a process change places with the one before it (-1) or after it (1) in its band; at an end it stays."""
    for band, processes in network().bands():
        numbers = [process.number or "" for process in processes]
        if number in numbers:
            at = numbers.index(number)
            to = min(max(at + by, 0), len(numbers) - 1)
            numbers[at], numbers[to] = numbers[to], numbers[at]
            return arrange(band, numbers)
    raise Conflict(MOVED)


def _standing(band: str) -> list[Process]:
    return next((processes for name, processes in network().bands() if name == band), [])
