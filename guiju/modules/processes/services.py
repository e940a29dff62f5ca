"""Processes are drafted and changed here; what follows is their workflow."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from guiju.modules.processes.models import Outsourced, Process
from guiju.spine.acts import Refused, current, write


def draft(values: Mapping[str, Any]) -> Process:
    """A new process from cleaned values, drafted by the acting person. Refused for what does not fit together."""

    def drafting() -> Process:
        process = Process(**dict(values), state="draft", drafted_by_id=current().actor.id)
        _refuse_unfit(process)
        process.save()
        return process

    return write(drafting)


def change(process: Process, values: Mapping[str, Any]) -> Process:
    """Lay changed values over a draft; to be called with the row locked."""
    if "owner" in values and "owner_since" not in values:
        process.owner_since = current().today()
    for name, value in values.items():
        setattr(process, name, value)
    _refuse_unfit(process)
    process.save()
    return process


def _refuse_unfit(process: Process) -> None:
    if process.outsourced != Outsourced.NO:
        for name, sentence in (
            ("outsourced_part", _("Say what others do.")),
            ("outsourced_control", _("Say how their work is controlled: it stays your responsibility.")),
        ):
            if not getattr(process, name).strip():
                raise Refused(sentence, errors={name: [sentence]})
    if process.parent_id is not None:
        _refuse_own_ancestor(process)


def _refuse_own_ancestor(process: Process) -> None:
    """Refused where a process would be a part of itself.

    Every process above is locked on the way up, so that of two who put each under the other the second finds the first.
    """
    above = process.parent_id
    while above is not None:
        if above == process.pk:
            sentence = _("A process cannot be a part of itself, or of one of its own parts.")
            raise Refused(sentence, errors={"parent": [sentence]})
        row = Process.locked(above)
        if row.state == "withdrawn" and above == process.parent_id:
            sentence = _("This process was withdrawn: nothing new belongs to it.")
            raise Refused(sentence, errors={"parent": [sentence]})
        above = row.parent_id
