"""What a reader asks of the matrix, and which people and documents stand in it; both are paged by key."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop as _

from guiju.modules.documents.models import ENDED, Document
from guiju.modules.kinds.models import Kind
from guiju.modules.readings import audience
from guiju.modules.readings.models import How, Reading
from guiju.organizations.members import named, not_expired
from guiju.organizations.models import Department, Membership
from guiju.spine.acts import Refused, current
from guiju.spine.registers.declaration import by_key
from guiju.spine.registers.listing import NO_SUCH_PAGE, refuse_unreadable

PEOPLE = 25  # rows of a page
DOCUMENTS = 20  # columns of a page
IN_FORCE, BEFORE = "in_force", "before"  # revisions that can be asked for of every document
COUNTS = ~Q(confirmed_at=None, ended_at__isnull=False)  # whoever was asked and is no longer, without having read, was not


@dataclass(frozen=True)
class Asked:
    """`department` (id) is that of the people, with those below it; `kind` that of the documents; `q` is part of a name.

    `document` is the number of the only one that is shown; `revision` says for which the matrix is: IN_FORCE, BEFORE, or
    the place of one among those of the only document; empty for the newest that each person has to do with.

    `people` and `documents` are the last ones of the page before (a membership's id, a number).
    """

    department: UUID | None = None
    kind: str = ""
    q: str = ""
    people: UUID | None = None
    documents: str = ""
    document: str = ""
    revision: str = ""

    def words(self, **changed: str) -> dict[str, str]:
        """As words of an address; without its pages where what stands in them changes."""
        said = {"department": str(self.department or ""), "kind": self.kind, "q": self.q}
        said |= {"document": self.document, "revision": self.revision}
        if changed.get("document") == "" and self.revision not in ("", IN_FORCE, BEFORE):
            said["revision"] = ""  # a place among the revisions of a document that is no longer the only one
        if not changed.keys() & said.keys():
            said |= {"people": str(self.people or ""), "documents": self.documents}
        return {name: text for name, text in (said | changed).items() if text}


def asked(query: Mapping[str, str]) -> Asked:
    """Read a query string. Refused for a department, a kind or a page that there cannot be."""
    refuse_unreadable(query.values())
    kind = query.get("kind", "")
    if kind and kind not in Kind.values:
        raise Refused(_("“%(value)s” is no value of this filter."), {"value": kind[:60]})
    document, revision = query.get("document", "")[:60], query.get("revision", "")
    of_one = bool(document) and revision.isascii() and revision.isdigit() and len(revision) < 6
    if revision not in ("", IN_FORCE, BEFORE) and not of_one:
        raise Refused(_("“%(value)s” is no value of this filter."), {"value": revision[:60]})
    people, last = query.get("people", ""), query.get("documents", "")[:60]
    name, of = query.get("q", "").strip()[:200], _department(query.get("department", ""))
    return Asked(of, kind, name, page_key(people), last, document, revision)


def _department(text: str) -> UUID | None:
    found = _id(text)
    if text and found is None:
        raise Refused(_("“%(value)s” is no value of this filter."), {"value": text[:60]})
    return found


def page_key(text: str) -> UUID | None:
    """The key of a page; Refused for what is none."""
    found = _id(text)
    if text and found is None:
        raise Refused(NO_SUCH_PAGE)
    return found


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def members(ask: Asked) -> QuerySet[Membership]:
    """The members of today who fit, by name."""
    rows = Membership.objects.filter(not_expired(current().today()), active=True, person__is_active=True)
    if ask.department is not None:
        parents = dict(Department.objects.values_list("pk", "parent"))
        rows = rows.filter(department__in=audience.below(ask.department, parents))
    if ask.q:
        rows = rows.filter(named(ask.q))
    return rows.select_related("person", "department").order_by("person__name", "id")


def members_page(ask: Asked, most: int = PEOPLE) -> tuple[list[Membership], str]:
    """One page of them, and the key of the next. Refused when the page is not there."""
    rows = members(ask)
    if ask.people is not None:
        name = Membership.objects.filter(pk=ask.people).values_list("person__name", flat=True).first()
        if name is None:
            raise Refused(NO_SUCH_PAGE)
        rows = rows.filter(Q(person__name__gt=name) | Q(person__name=name, id__gt=ask.people))
    found = list(rows[: most + 1])
    return found[:most], str(found[most - 1].pk) if len(found) > most else ""


def seen() -> QuerySet[Document]:
    """The documents that whoever acts may see."""
    register = by_key("documents")
    assert register is not None
    return register.rows(current().actor)


def documents(ask: Asked) -> QuerySet[Document]:
    """The documents that somebody is or was asked to read, of those that may be seen and are not out of force, by number."""
    asked_for = Reading.objects.filter(COUNTS, revision__document=OuterRef("pk")).exclude(how=How.TOLD)
    rows = seen().exclude(state__in=ENDED).filter(Exists(asked_for))
    rows = rows.filter(number=ask.document) if ask.document else rows
    return (rows.filter(kind=ask.kind) if ask.kind else rows).order_by("number", "id")


def documents_page(ask: Asked) -> tuple[list[Document], str]:
    """One page of them, and the key of the next: the last number."""
    rows = documents(ask)
    found = list((rows.filter(number__gt=ask.documents) if ask.documents else rows)[: DOCUMENTS + 1])
    return found[:DOCUMENTS], found[DOCUMENTS - 1].number or "" if len(found) > DOCUMENTS else ""
