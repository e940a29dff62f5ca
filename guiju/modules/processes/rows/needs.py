"""What a process is done with, who takes part, and where it runs. ISO 9001 4.4.1 d) and e), 7.1.1."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.modules.processes.models import Participant, Place, Process, ResourceNeed
from guiju.modules.processes.rows.flows import drafted
from guiju.spine.acts import Refused
from guiju.spine.registers.forms import RecordForm
from guiju.spine.registers.lines.declaration import Lines


class NeedForm(RecordForm):
    """One resource, what the house can do of it, and what is decided where it is short."""

    class Meta:
        model = ResourceNeed
        fields = (
            *("kind", "need", "need_zh", "own_capability", "limits", "obtained_externally", "available", "shortage"),
            *("shortage_decision", "assessed_on"),
        )

    def fit(self, process: Process) -> None:
        for name in ("own_capability", "limits", "shortage", "shortage_decision"):
            self.fields[name].widget.attrs["rows"] = 2


def judge_need(process: Process, values: Mapping[str, Any], line: ResourceNeed | None) -> None:
    """Refused for what is not there without a word on what is short: 7.1.1 asks for the limits, too."""

    def said(name: str, otherwise: Any) -> Any:
        return values[name] if name in values else getattr(line, name, otherwise)

    if not said("available", True) and not (said("shortage", "") or "").strip():
        sentence = gettext_noop("It is not available: say what is short.")
        raise Refused(sentence, errors={"shortage": [sentence]})


def judge_place(process: Process, values: Mapping[str, Any], line: Place | None) -> None:
    """Refused for a place that is none."""

    def said(name: str) -> Any:
        return values[name] if name in values else getattr(line, name, None)

    if said("site") is None and not (said("words") or "").strip():
        sentence = gettext_noop("Choose a site, or say where in words.")
        raise Refused(sentence, errors={"site": [sentence]})


needs = Lines(
    key="needs",
    model=ResourceNeed,
    label=_("With what"),
    label_one=_("Resource"),
    label_add=_("Add a resource"),
    columns=("need", "kind", "available", "shortage", "shortage_decision", "assessed_on"),
    form=NeedForm,
    right="processes.change",
    explains=_("People, rooms, equipment, knowledge: what it takes, what you can do yourselves, and where your limits are."),
    editable=drafted,
    judge=judge_need,
)
participants = Lines(
    key="participants",
    model=Participant,
    label=_("With whom"),
    label_one=_("Who takes part"),
    label_add=_("Add who takes part"),
    columns=("who", "does"),
    edits=("who", "who_zh", "does", "does_zh"),
    right="processes.change",
    explains=_("Roles or people in words, and what they do here."),
    editable=drafted,
)
places = Lines(
    key="places",
    model=Place,
    label=_("Where it runs"),
    label_one=_("Place"),
    label_add=_("Add a place"),
    columns=("site", "words"),
    edits=("site", "words"),
    right="processes.change",
    explains=_("The sites where it runs, or the places in words."),
    editable=drafted,
    judge=judge_place,
)
