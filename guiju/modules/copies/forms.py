"""Forms of paper copies: to whom they are given, and what became of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guiju.modules.copies import services
from guiju.modules.copies.models import LONGEST_PLACE, How, PaperCopy
from guiju.modules.documents.confidential.insiders import those_who_see
from guiju.modules.documents.models import Document
from guiju.organizations.choices import MembersField
from guiju.spine.registers.choosing import Choosing
from guiju.spine.registers.forms import Bounded


class PlacesField(forms.CharField):
    """Places in words, one on each line; its cleaned value is a list, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=services.MOST * (LONGEST_PLACE + 2), **kwargs)

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(line.strip() for line in super().clean(value).splitlines() if line.strip()))


class CopiesField(forms.TypedMultipleChoiceField):
    """Copies by their numbers. Where none are offered, as to programs, the service says which there are not."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=Choosing, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return not self.choices or super().valid_value(value)


class IssueForm(Bounded):
    """Who gets a copy, and what for. Without its document it asks all, and leaves it to the service who may hold one."""

    people = MembersField(label=gettext_lazy("Members"), required=False)
    places = PlacesField(
        label=gettext_lazy("Places"),
        required=False,
        help_text=gettext_lazy("One on each line, such as “Line 2, board”. Each gets a copy with a number of its own."),
    )
    shielded = forms.BooleanField(
        label=gettext_lazy("Nobody comes to these places who may not read a confidential document."), required=False
    )
    each = forms.IntegerField(label=gettext_lazy("Copies for each"), min_value=1, max_value=services.MOST_EACH, initial=1)
    reason = forms.CharField(
        label=gettext_lazy("What the paper is needed for"),
        max_length=services.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, document: Document | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if document is None:
            return
        if not document.confidential:
            del self.fields["shielded"]
            return
        people = self.fields["people"]
        people.queryset = people.queryset.filter(pk__in=those_who_see(document))  # type: ignore[attr-defined]
        people.help_text = _("The document is confidential: only those who may see it can hold a copy.")
        self.fields["places"].help_text = _("The document is confidential, and whoever comes to a place can read it there.")


class FoundForm(Bounded):
    """Lost copies that are found again."""

    copies = CopiesField(
        label=gettext_lazy("Copies"), error_messages={"invalid_choice": gettext_lazy("Copy %(value)s is not lost.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Where it was found, and by whom"),
        max_length=services.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, lost: Sequence[PaperCopy] | None = None, *args: Any, **kwargs: Any) -> None:
        """`lost` are those to choose from; without them it asks all."""
        super().__init__(*args, **kwargs)
        if lost is not None:
            self.fields["copies"].choices = _named(lost)  # type: ignore[attr-defined]


def _named(copies: Sequence[PaperCopy]) -> list[tuple[int, str]]:
    words = _("No. %(copy)s, revision %(label)s: %(holder)s")
    return [(one.number, words % {"copy": one.number, "label": one.revision.label, "holder": one.holder}) for one in copies]


class EndForm(Bounded):
    """What became of copies."""

    copies = CopiesField(
        label=gettext_lazy("Copies"),
        error_messages={"invalid_choice": gettext_lazy("Copy %(value)s is not out any more; what became of it is kept.")},
    )
    how = forms.ChoiceField(
        label=gettext_lazy("What became of it"),
        choices=[
            (How.RETURNED, gettext_lazy("It came back")),
            (How.DESTROYED, gettext_lazy("It was destroyed at its place")),
            (How.LOST, gettext_lazy("It is lost")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What is known of it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For a lost copy: where it was last, and since when it is missed."),
    )
    again = forms.BooleanField(
        label=gettext_lazy("Give the same holder a copy of the revision in force, with a new number"), required=False
    )

    def __init__(self, out: Sequence[PaperCopy] | None = None, again: str = "", *args: Any, **kwargs: Any) -> None:
        """`out` are those to choose from; without them it asks all. `again` is the label of the revision of which the
        holders can get a new copy; empty where they cannot.
        """
        super().__init__(*args, **kwargs)
        if out is None:
            return
        self.fields["copies"].choices = _named(out)  # type: ignore[attr-defined]
        if again:
            label = _("Give the same holder a copy of revision %(label)s now, with a new number")
            self.fields["again"].label = label % {"label": again}
        else:
            del self.fields["again"]
