"""What flows between processes: inputs and outputs as lines of a process. ISO 9001 4.4.1 a) and b)."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from guiju.modules.processes.models import Flow, Process
from guiju.spine.acts import Refused
from guiju.spine.registers.forms import RecordForm
from guiju.spine.registers.lines.declaration import Lines


def drafted(process: Process) -> bool:
    """What is approved stands still with its lines; a new revision is begun to change it."""
    return process.state == "draft"


class FlowForm(RecordForm):
    """One input or output: from or to another process, or a party outside."""

    class Meta:
        model = Flow
        fields = ("direction", "what", "what_zh", "other", "outside_party", "outside_party_zh", "expected")

    def fit(self, process: Process) -> None:
        """A process gives nothing to itself, and nothing flows to one that was withdrawn."""
        self.fields["expected"].widget.attrs["rows"] = 2
        found = Process.objects.exclude(pk=process.pk).exclude(state="withdrawn")
        self.fields["other"].queryset = found  # type: ignore[attr-defined]


def judge(process: Process, values: Mapping[str, Any], line: Flow | None) -> None:
    """Refused for a flow that leads nowhere, to two places, back to the process itself, or to one that was withdrawn."""

    def said(name: str) -> Any:
        return values[name] if name in values else getattr(line, name, None)

    other, outside = said("other"), (said("outside_party") or "").strip()
    if other is not None and other.pk == process.pk:
        raise Refused(_("A process gives nothing to itself."), errors={"other": [_("Choose another process.")]})
    if other is not None and "other" in values and other.state == "withdrawn":
        sentence = gettext_noop("This process was withdrawn: nothing flows from or to it any more.")
        raise Refused(sentence, errors={"other": [sentence]})
    if (other is None) == (not outside):
        words = _("Say from or to which process, or which party outside: one of both.")
        raise Refused(words, errors={"other": [words]})


flows = Lines(
    key="flows",
    model=Flow,
    label=gettext_lazy("Inputs and outputs"),
    label_one=gettext_lazy("Input or output"),
    label_add=gettext_lazy("Add an input or output"),
    columns=("what", "direction", "other", "outside_party", "expected"),
    form=FlowForm,
    right="processes.change",
    explains=gettext_lazy("What comes in, from where; what goes out, to whom; and what is expected of it."),
    editable=drafted,
    judge=judge,
)
