"""The people whom an organization's records name: who they are goes along, how they sign in does not."""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from guiju.lib import heads
from guiju.lib.canonical import canonical
from guiju.organizations.models import Person
from guiju.project.leaving import parts
from guiju.project.leaving.folder import Folder, shown
from guiju.spine.acts import INSTALLATION, NotFound
from guiju.spine.trail import proofs
from guiju.spine.trail.models import Entry, Payload
from guiju.spine.trail.states import as_text, field_of, from_text, kind_of

BATCH = 500


def write_out(folder: Folder, ids: Iterable[UUID]) -> None:
    """Each person's facts, and the proof that the installation's chain says so."""
    people = sorted(Person.everywhere.filter(pk__in=list(ids)), key=lambda person: person.pk)
    folder.write(parts.PEOPLE, (canonical(_facts(person)) for person in people))
    folder.write(parts.PROOFS, _proofs(people))


def _facts(person: Person) -> dict[str, str | None]:
    return {"id": str(person.pk)} | {name: as_text(field_of(Person, name), getattr(person, name)) for name in parts.OF_A_PERSON}


def _proofs(people: list[Person]) -> Iterator[str]:
    for person in people:
        entry = Entry.everywhere.filter(chain=INSTALLATION, kind=kind_of(Person), record=person.pk, stateful=True)
        last = entry.order_by("-sequence").first()
        if last is None:
            raise NotFound("No entry speaks of the person %(id)s; `guiju trail verify` says more.", {"id": person.pk})
        proof = proofs.of_entry(INSTALLATION, last.sequence)
        payloads = [
            shown({"holds": row.holds, "salt": row.salt, "values": row.values}, parts.OF_A_PERSON)
            for row in Payload.everywhere.filter(entry=last, values__isnull=False).order_by("holds")
        ]
        size = heads.opened(proof.head, heads.HEAD).size
        made = {"person": str(person.pk), "text": proof.entry, "payloads": payloads, "head": proof.head}
        yield canonical(made | {"index": str(proof.index), "size": str(size), "path": list(proof.path)})


def take_in(found: Iterable[Mapping[str, str | None]], organization: UUID) -> list[str]:
    """Enter the people who are not here yet, without a password; answers what could not stay as it was.

    Somebody who is here already, by id, stays as here: one person may work for several organizations.
    """
    changed: list[str] = []
    for facts in found:
        pk = UUID(str(facts["id"]))
        if Person.everywhere.filter(pk=pk).exists():
            continue
        person = Person(id=pk)
        for name in parts.OF_A_PERSON:
            setattr(person, name, from_text(field_of(Person, name), facts[name]))
        changed += _made_unique(person)
        person.set_unusable_password()
        person.save(action="restore", says={"organization": str(organization)}, force_insert=True)
    return changed


def _made_unique(person: Person) -> list[str]:
    """Give a person another user name, or none of the address, where somebody else here has it; answers what was changed."""
    said, wanted, number = [], person.username, 2
    while Person.everywhere.filter(username=person.username).exists():
        person.username, number = f"{wanted}-{number}", number + 1
    if person.username != wanted:
        said.append(f"The user name {wanted} is somebody else's here; {person.name} is now {person.username}.")
    if person.email and Person.everywhere.filter(email__iexact=person.email).exists():
        said.append(f"The address {person.email} is somebody else's here; {person.name} has none now.")
        person.email = ""
    return said
