"""Forms of keeping: the list of a disposal, and the reason of a hold; both name documents by their numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guiju.modules.documents.models import Document
from guiju.modules.keeping import holds, lines
from guiju.modules.keeping.models import Disposal
from guiju.spine.acts import current
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.forms import Bounded, RecordForm

NUMBERS = _("One number on each line.")


class NumbersField(forms.CharField):
    """Documents by their numbers, one on each line; its cleaned value is a list of documents, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 6}), **kwargs)

    def clean(self, value: Any) -> list[Document]:
        numbers = _lines(super().clean(value))
        if len(numbers) > holds.MOST:
            raise forms.ValidationError(_("At most %(most)s documents at once; narrow the list."), "many", {"most": holds.MOST})
        register = by_key("documents")
        assert register is not None
        rows = register.rows(current().actor).filter(number__in=numbers)  # one that may not be seen is not there
        found = {document.number: document for document in rows}
        if unknown := [number for number in numbers if number not in found]:
            words = {"numbers": holds.listed(unknown[:20])}
            raise forms.ValidationError(_("There is no document of this number: %(numbers)s"), "unknown", words)
        return [found[number] for number in numbers]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _lines(initial) != _lines(data)


def _lines(text: Any) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in str(text or "").splitlines() if line.strip()))


class DisposalForm(RecordForm):
    """What is on a list. Which documents may be is judged by the service, all reasons at once."""

    numbers = NumbersField(label=_("Documents"), help_text=NUMBERS)
    note = forms.CharField(
        label=_("Words to the list"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept on the certificate for good: write nothing here that is to be erased."),
    )

    field_order = ("title", "numbers", "note")

    class Meta:
        model = Disposal
        fields = ("title", "note")
        labels = {"title": _("Title")}
        help_texts = {"title": _("Kept on the certificate for good.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if (instance := kwargs.get("instance")) is not None:
            listed = "\n".join(line.number for line in lines.of(instance))
            kwargs["initial"] = {"numbers": listed, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class HoldForm(Bounded):
    """Putting several documents on hold."""

    numbers = NumbersField(label=_("Documents"), help_text=NUMBERS)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
