"""The page of all paper copies: what a reader asks of it, and what stands on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.modules.copies import standing
from guiju.modules.copies.models import How, PaperCopy
from guiju.organizations import directory
from guiju.organizations.models import Department, Membership, Person
from guiju.spine.acts import Refused
from guiju.spine.registers.declaration import Words
from guiju.spine.registers.listing import COUNTED, NO_SUCH_PAGE

PAGE = 50
PLACE = "place"  # as a holder: any place
VIEWS: dict[str, Words] = {
    "out": _("Out"),
    "recall": _("To be called back"),
    "lost": _("Lost"),
    "all": _("All copies"),
}
ORDER = ("rank", "document__number", "number", "id")


@dataclass(frozen=True)
class Chosen:
    """What a reader asks of the page. `holder` is a person (by id) or PLACE, `department` that of the person who holds."""

    view: str = "out"
    holder: str = ""
    department: str = ""
    q: str = ""
    after: UUID | None = None
    limit: int = PAGE

    def words(self, **changed: str) -> dict[str, str]:
        """As words of an address, without the page."""
        said = {"view": self.view, "holder": self.holder, "department": self.department, "q": self.q}
        return {name: text for name, text in (said | changed).items() if text}


def chosen(query: Mapping[str, str]) -> Chosen:
    """Read a query string. Refused for a view, holder, department or page that there cannot be."""
    view, holder, department = query.get("view", "") or "out", query.get("holder", ""), query.get("department", "")
    if view not in VIEWS:
        raise Refused(gettext_noop("There is no view “%(name)s” here."), {"name": view[:60]})
    for value in (holder if holder != PLACE else "", department):
        if value and _id(value) is None:
            raise Refused(gettext_noop("“%(value)s” is no value of this filter."), {"value": value[:60]})
    q, after = query.get("q", "").strip()[:200], query.get("after", "")
    if "\x00" in q:
        raise Refused(gettext_noop("The text contains a character that cannot be stored (U+0000)."))
    if after and _id(after) is None:
        raise Refused(NO_SUCH_PAGE)
    return Chosen(view, holder, department, q, _id(after))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def fitting(ask: Chosen) -> QuerySet[PaperCopy]:
    """The copies that fit: those to be called back first, then by document and number."""
    rows = standing.judged(standing.seen()).filter(_condition(ask))
    rank = Case(When(recall=True, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(rank=rank).select_related("issued_by", "ended_by", "printed_by").order_by(*ORDER)


def _condition(ask: Chosen) -> Q:
    views = {"out": Q(ended_at=None), "recall": Q(recall=True), "lost": Q(how=How.LOST), "all": Q()}
    found = views[ask.view]
    if ask.holder:
        found &= Q(person=None) if ask.holder == PLACE else Q(person=ask.holder)
    if ask.department:
        found &= Q(person__in=Membership.objects.filter(department=ask.department).values("person"))
    if ask.q:
        found &= Q(document__number__icontains=ask.q) | Q(document__title__icontains=ask.q) | Q(place__icontains=ask.q)
    return found


def page(ask: Chosen) -> tuple[list[PaperCopy], str]:
    """One page, and the key of the next."""
    rows = fitting(ask)
    found = list((_beyond(rows, ask.after) if ask.after else rows)[: ask.limit + 1])
    more, found = len(found) > ask.limit, found[: ask.limit]
    return found, str(found[-1].pk) if more else ""


def _beyond(rows: QuerySet[PaperCopy], last: UUID) -> QuerySet[PaperCopy]:
    """What follows a copy in the order of the page. Refused when it is not there."""
    place = fitting(Chosen(view="all")).filter(pk=last).values_list(*ORDER).first()
    if place is None:
        raise Refused(NO_SUCH_PAGE)
    found, before = Q(), Q()
    for name, value in zip(ORDER, place, strict=True):
        found |= before & Q(**{f"{name}__gt": value})
        before &= Q(**{name: value})
    return rows.filter(found)


def counted(ask: Chosen) -> int:
    """How many fit, counted as far as COUNTED + 1."""
    return fitting(ask).order_by()[: COUNTED + 1].count()


def holders() -> list[tuple[str, str]]:
    """(value, words) of who holds copies that are out, as a filter offers them."""
    rows = standing.seen().filter(ended_at=None)
    people = Person.objects.filter(pk__in=rows.exclude(person=None).values("person"))
    named = sorted(((str(person.pk), str(person)) for person in people), key=lambda pair: pair[1])
    return [*named, *([(PLACE, str(_("Places")))] if rows.filter(person=None).exists() else [])]


def departments() -> list[tuple[str, str]]:
    """(value, words) of the departments of those who hold copies that are out."""
    people = standing.seen().filter(ended_at=None).values("person")
    of = Membership.objects.filter(person__in=people).values("department")
    found = [(str(one.pk), str(one)) for one in Department.objects.filter(pk__in=of)]
    return sorted(found, key=lambda pair: pair[1])


def departments_of(copies: list[PaperCopy]) -> dict[Any, str]:
    """By person the department of those who hold some copies."""
    return dict(directory.departments_of(copy.person_id for copy in copies if copy.person_id))
