"""Who may see a confidential document: its owner, those who work on it, and those who were let in."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from guiju.modules.documents.models import Document, Insider
from guiju.organizations.members import people_who_may, require
from guiju.organizations.models import Person
from guiju.spine.acts import write
from guiju.spine.registers.declaration import CONFIDENTIAL
from guiju.spine.tasks import services as tasks


def visible_to(people: Sequence[Any]) -> Q:
    """What these people may see without the right to see all (ids, or places for them in a prepared statement)."""
    seen = Q(confidential=False)
    if not people:
        return seen
    owned, inside = Q(), Q()
    for person in people:
        owned |= Q(owner_id=person)
        inside |= Q(person_id=person)
    return seen | owned | Q(pk__in=Insider.objects.filter(inside, ended=False).values("document"))


def those_who_see(document: Document) -> set[UUID]:
    """The people (by id) who may see a confidential document: those of `visible_to`, and those who may see all, as long as
    they may see documents."""
    inside = set(Insider.objects.filter(document=document.pk, ended=False).values_list("person", flat=True))
    inside |= {person.pk for person in people_who_may(f"documents.{CONFIDENTIAL}")} | {document.owner_id}
    return inside & {person.pk for person in people_who_may("documents.view")}


def let_in(document: Document, people: Iterable[UUID]) -> None:
    """Let people see a confidential document, because they work on it. Nothing for one that is not confidential."""
    if not document.confidential:
        return
    known = {row.person_id: row for row in Insider.objects.filter(document=document)}
    for person in set(people):
        row = known.get(person) or Insider(document=document, person_id=person, ended=True)
        if row.ended:
            row.ended = False
            row.save(action="let_in")


def of(document: Document) -> list[Insider]:
    return list(Insider.objects.filter(document=document, ended=False).select_related("person").order_by("id"))


def set_confidential(document: Document, confidential: bool, people: Iterable[Person], reason: str) -> None:
    """Hide a document from all but these people and those who work on it, or show it again; also one in force.

    NotPermitted for whoever may not change it.
    """
    require("documents.change", document)
    wanted = {person.pk for person in people}

    def setting() -> None:
        row = Document.locked(document.pk)
        if row.confidential != confidential:
            row.confidential = confidential
            row.save(action="hide" if confidential else "show", reason=reason)
        working = {row.newest().author_id, *tasks.of(row).values_list("who", flat=True)}
        stay = (wanted | working) if confidential else set()
        for insider in Insider.objects.filter(document=row, ended=False):
            if insider.person_id not in stay:
                insider.ended = True
                insider.save(action="shut_out")
        let_in(row, stay)

    write(setting)
