"""Who gets a document: the people behind its distribution, as they are placed now."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from guiju.modules.documents.models import Document
from guiju.modules.readings.models import Distribution
from guiju.organizations.members import not_expired, require
from guiju.organizations.models import Department, Grant, Membership, Person, Role
from guiju.spine.acts import current, write

RIGHT = "documents.distribute"


def ever(document: Document) -> list[Distribution]:
    """To whom a document goes, or went; read once in an act that only reads."""
    acting = current()
    if acting.writing or (Distribution, document.pk) not in acting.known:
        acting.known[Distribution, document.pk] = list(Distribution.objects.filter(document=document))
    found: list[Distribution] = acting.known[Distribution, document.pk]
    return found


def distribution(document: Document) -> list[Distribution]:
    """To whom a document goes."""
    if all(row.ended for row in ever(document)):
        return []
    rows = Distribution.objects.filter(document=document, ended=False).select_related("role", "department", "person")
    return list(rows.order_by("id"))


def distribute(
    document: Document,
    *,
    everyone: bool = False,
    roles: Iterable[Role] = (),
    departments: Iterable[Department] = (),
    people: Iterable[Person] = (),
) -> None:
    """Set to whom a document goes; what was set before and is not named ends. NotPermitted without the right."""
    require(RIGHT, document)
    wanted: set[tuple[UUID | None, UUID | None, UUID | None]] = {(None, None, None)} if everyone else set()
    wanted |= {(role.pk, None, None) for role in roles}
    wanted |= {(None, department.pk, None) for department in departments}
    wanted |= {(None, None, person.pk) for person in people}

    def distributing() -> None:
        Document.locked(document.pk)
        for row in Distribution.objects.filter(document=document):
            key = (row.role_id, row.department_id, row.person_id)
            if row.ended == (key in wanted):
                row.ended = not row.ended
                row.save(action="distribute_end" if row.ended else "distribute")
            wanted.discard(key)
        for role, department, person in sorted(wanted, key=str):
            made = Distribution(document=document, role_id=role, department_id=department, person_id=person)
            made.save(action="distribute")

    write(distributing)


def below(department: UUID, parents: dict[UUID, UUID | None]) -> set[UUID]:
    """A department and all that are part of it."""
    found = {department}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def members_now() -> list[Membership]:
    """The members whose membership holds today."""
    rows = Membership.objects.filter(not_expired(current().today()), active=True, person__is_active=True)
    return list(rows.select_related("person").order_by("person__name"))


def audience(rows: Sequence[Distribution], members: Sequence[Membership]) -> set[UUID]:
    """The people (by id) among the members to whom a distribution goes."""
    if any(row.role_id is None and row.department_id is None and row.person_id is None for row in rows):
        return {member.person_id for member in members}
    found = {row.person_id for row in rows if row.person_id} & {member.person_id for member in members}
    if roles := {row.role_id for row in rows if row.role_id}:
        holders = Grant.objects.filter(active=True, role__in=roles, membership__in=[m.pk for m in members])
        found |= set(holders.values_list("membership__person", flat=True))
    if departments := {row.department_id for row in rows if row.department_id}:
        parents = dict(Department.objects.values_list("pk", "parent"))
        places = set().union(*(below(one, parents) for one in departments if one))
        found |= {member.person_id for member in members if member.department_id in places}
    return found


def people_of(document: Document) -> set[UUID]:
    """The people (by id) to whom a document goes now."""
    return audience(distribution(document), members_now())
