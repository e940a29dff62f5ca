"""Form fields that offer the people of the acting organization."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from guiju.organizations.members import people_who_may
from guiju.organizations.models import Person
from guiju.spine.acts import ActiveOrganization


def people(right: str = "") -> QuerySet[Person]:
    """The active members of the acting organization, or those of them with a right, by name."""
    found = Person.objects.filter(
        memberships__organization=ActiveOrganization(), memberships__active=True, is_active=True
    ).order_by("name")
    return found.filter(pk__in=[p.pk for p in people_who_may(right)]) if right else found


class _OfMembers:
    """Asks for the people when the form is made, within the act of the moment."""

    def __init__(self, *, right: str = "", **kwargs: Any) -> None:
        self.right = right
        super().__init__(Person.objects.none(), **kwargs)  # type: ignore[call-arg]

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        made = super().__deepcopy__(memo)  # type: ignore[misc]
        made.queryset = people(self.right)
        return made

    def label_from_instance(self, person: Person) -> str:
        return person.shown_name


class MemberField(_OfMembers, forms.ModelChoiceField):
    """One member."""


class MembersField(_OfMembers, forms.ModelMultipleChoiceField):
    """Several members, as boxes to tick."""

    widget = forms.CheckboxSelectMultiple
