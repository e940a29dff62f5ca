"""The steps of a process as lines. ISO 9001 4.4.1 b): sequence and interaction."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.lib import markdown
from guiju.lib.swim_lanes import read_ways
from guiju.modules.processes.models import Process, Step
from guiju.modules.processes.rows.flows import drafted
from guiju.spine.acts import Refused
from guiju.spine.registers.forms import RecordForm
from guiju.spine.registers.lines.declaration import Lines


class StepForm(RecordForm):
    """One step: its place, who does what, where it goes on, by which documents."""

    position = forms.IntegerField(label=_("Step"), min_value=1, max_value=999, required=False, help_text=_("Empty: the next."))

    class Meta:
        model = Step
        fields = ("position", "lane", "lane_zh", "kind", "what", "what_zh", "goes_to", "goes_to_zh", "document")
        help_texts = {
            "lane": _("The role that does it; each has a lane of its own."),
            "goes_to": _("Steps that follow, with a word on the way there: 4: passed; 7: failed. Empty: the next step."),
            "document": _("Numbers in double brackets, such as [[WI-031]]."),
        }

    def fit(self, process: Process) -> None:
        if not self.instance.position:
            self.fields["position"].initial = next_place(process)

    def clean_goes_to(self) -> str:
        return _ways(self.cleaned_data["goes_to"])

    def clean_goes_to_zh(self) -> str:
        return _ways(self.cleaned_data["goes_to_zh"])

    def clean_document(self) -> str:
        text: str = self.cleaned_data["document"].strip()
        if text and not markdown.references(text):
            raise ValidationError(_("Write the numbers of documents in double brackets, such as [[WI-031]]."), "document")
        return text


def _ways(text: str) -> str:
    """The ways as they are kept. ValidationError naming the part that is none."""
    try:
        ways = read_ways(text)
    except ValueError as error:
        words = _("“%(part)s” names no step: write its number, and the word on the way there after a colon.")
        raise ValidationError(words, "ways", {"part": str(error)}) from error
    return "; ".join(f"{way.to}: {way.word}" if way.word else str(way.to) for way in ways)


def next_place(process: Process) -> int:
    last = Step.objects.filter(process=process.pk, ended=False).order_by("-position").first()
    return last.position + 1 if last else 1


def judge(process: Process, values: Mapping[str, Any], line: Step | None) -> None:
    """Two steps do not stand in one place."""
    if line is not None and "position" in values and not values["position"]:
        sentence = gettext_noop("Say which step it is.")
        raise Refused(sentence, errors={"position": [sentence]})
    place = values.get("position")
    others = Step.objects.filter(process=process.pk, ended=False, position=place)
    if place and others.exclude(pk=line.pk if line else None).exists():
        sentence = gettext_noop("There is a step %(place)s already.")
        raise Refused(sentence, {"place": place}, errors={"position": [sentence % {"place": place}]})


steps = Lines(
    key="steps",
    model=Step,
    label=_("Steps"),
    label_one=_("Step"),
    label_add=_("Add a step"),
    columns=("what", "position", "lane", "kind", "goes_to", "document"),
    form=StepForm,
    right="processes.change",
    explains=_("Who does what, one after the other; the flow draws itself from them."),
    editable=drafted,
    judge=judge,
    begins=lambda process: {"position": next_place(process)},
)
