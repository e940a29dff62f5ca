"""A person's letterbox: what they chose, and whether letters reach it."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from guiju.organizations.letters.models import Letterbox
from guiju.organizations.models import Membership, Person
from guiju.spine.acts import write

CHOICES = ("daily", "hour", "at_once")


def of(person: Person) -> Letterbox:
    """A person's letterbox; unsaved, with the defaults, where they never chose."""
    return of_all([person])[person.pk]


def of_all(people: Iterable[Person]) -> dict[UUID, Letterbox]:
    """The letterboxes of people, by person."""
    made = {person.pk: Letterbox(person=person) for person in people}
    return made | {box.person_id: box for box in Letterbox.objects.filter(person__in=made)}


def choose(person: Person, values: Mapping[str, Any]) -> None:
    """Keep what a person chose of `CHOICES`."""
    if unknown := values.keys() - set(CHOICES):
        raise ValueError(f"{', '.join(sorted(unknown))} is no choice of letters")
    write(lambda: Letterbox.objects.update_or_create(person=person, defaults=dict(values)))


def is_refused(person: Person, box: Letterbox) -> bool:
    """Whether a mail server refused the address that the person has now."""
    return box.refused_at is not None and box.refused_address == person.email


def reaches(person: Person, box: Letterbox) -> bool:
    """Whether a letter can go: to whoever can sign in, at an address that was not refused."""
    return bool(person.is_active and person.email and person.has_usable_password() and not is_refused(person, box))


def refuse(person: Person, words: str) -> None:
    """A mail server refused the person's address for good: no more letters until somebody says that it is right."""
    seen = " ".join("".join(c if c.isprintable() else " " for c in words).split())[:200]
    values = {"refused_address": person.email, "refused_at": timezone.now(), "refused_words": seen}
    write(lambda: Letterbox.objects.update_or_create(person=person, defaults=values))


def refusal(box: Letterbox, when: str) -> str:
    """In words that the address was refused, `when` as the reader's clock shows it."""
    words = {"email": box.refused_address, "when": when, "words": box.refused_words}
    return _("On %(when)s a mail server refused %(email)s, so no letters go there. It said: %(words)s") % words


def confirm(person: Person) -> None:
    """The address is right after all: letters go there again."""
    values = {"refused_address": "", "refused_at": None, "refused_words": ""}
    write(lambda: Letterbox.objects.filter(person=person).update(**values))


def refused_here() -> list[Person]:
    """The active members of the acting organization whose address was refused, by name."""
    known = {box.person_id: box for box in Letterbox.objects.exclude(refused_at=None)}
    members = Membership.objects.filter(active=True, person__is_active=True, person__in=known).select_related("person")
    people = (membership.person for membership in members.order_by("person__name"))
    return [person for person in people if is_refused(person, known[person.pk])]
