"""What is asked of a process as a whole."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from guiju.modules.processes.models import Process
from guiju.spine.registers.forms import RecordForm

CLAUSE = re.compile(r"(?:[4-9]|10)(?:\.[1-9][0-9]?){0,3}")
SEPARATORS = re.compile(r"[\s,;，；、]+")


class ProcessForm(RecordForm):
    """Title to next review; what flows, who takes part and how it runs are lines of their own."""

    class Meta:
        model = Process
        fields = (
            *("title", "title_zh", "kind", "purpose", "purpose_zh", "owner", "owner_since", "owner_authority"),
            *("criteria", "criteria_zh", "clauses", "parent", "outsourced", "outsourced_part", "outsourced_control", "due_on"),
        )
        help_texts = {
            "purpose": _("What it is for, in a sentence: what an interested party gets from it, not a clause's title."),
            "criteria": _("One line each: by what you see that it runs as it should."),
            "clauses": _("Numbers of ISO 9001, such as 8.2, 8.5.1."),
            "parent": _("The process of which this one is a part; empty for one that stands on the map itself."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("purpose", "purpose_zh", "criteria", "criteria_zh", "owner_authority", *OUTSOURCED):
            self.fields[name].widget.attrs["rows"] = 2
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField) and parent.queryset is not None
        parent.queryset = parent.queryset.exclude(state="withdrawn").exclude(pk=self.instance.pk)

    def clean_clauses(self) -> str:
        """The numbers, each once and in order. Refused for what is no number of a clause."""
        return in_order(self.cleaned_data["clauses"])


OUTSOURCED = ("outsourced_part", "outsourced_control")


def in_order(text: str) -> str:
    """Numbers of clauses as they are kept. ValidationError naming the first that is none."""
    numbers = [number for number in SEPARATORS.split(text) if number]
    for number in numbers:
        if not CLAUSE.fullmatch(number):
            raise ValidationError(
                _("%(number)s is no number of a clause: they are written like 4.4 or 8.5.1."), "clause", {"number": number}
            )
    return ", ".join(sorted(dict.fromkeys(numbers), key=lambda number: [int(part) for part in number.split(".")]))
