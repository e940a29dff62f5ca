"""Form fields that offer the people of the acting organization."""

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import F, QuerySet

from guiju.organizations.members import people_who_may
from guiju.organizations.models import Department, Person
from guiju.spine.acts import ActiveOrganization
from guiju.spine.acts.hooks import known_by
from guiju.spine.registers.choosing import Beside, Choosing, ChoosingOne


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
    """One member, found also by user name, either name and number."""

    widget = ChoosingOne

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        made = super().__deepcopy__(memo)
        made.widget.beside = known_people()
        return made


class MembersField(_OfMembers, forms.ModelMultipleChoiceField):
    """Several members, as boxes to tick: each with its department, found also by user name, either name and number."""

    widget = Choosing

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        made = super().__deepcopy__(memo)
        place = "memberships__department__"
        made.queryset = made.queryset.annotate(department=F(f"{place}name"), department_zh=F(f"{place}name_zh"))
        made.widget.beside = _beside_people()
        return made


def known_people() -> Callable[[Person], Beside]:
    """Under which words each person whom a form offers is found; what parts above know them by is asked when it is drawn."""

    @cache
    def numbers() -> dict[UUID, str]:
        return {person: words for part in known_by for person, words in part().items()}

    def beside(person: Any) -> Beside:
        also = (person.name, person.name_zh, person.username, numbers().get(person.pk, ""))
        return Beside("", " ".join(word for word in also if word))

    return beside


def _beside_people() -> Callable[[Person], Beside]:
    """The same, with the department of each."""
    known = known_people()

    def beside(person: Any) -> Beside:
        department = Department(name=person.department or "", name_zh=person.department_zh or "")
        also = (known(person).also, department.name, department.name_zh)
        return Beside(str(department), " ".join(word for word in also if word))

    return beside
