"""The page of editions: what is to be checked, all that is watched, what is being taken over, and what nobody watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.modules.documents.models import ENDED, Document
from guiju.modules.editions import asking
from guiju.modules.editions.models import Check, Watch
from guiju.modules.kinds.models import Kind
from guiju.organizations.models import Person
from guiju.spine.acts import Refused, current
from guiju.spine.registers.declaration import Words, by_key
from guiju.spine.registers.listing import COUNTED, NO_SUCH_PAGE

PAGE = 50
VIEWS: dict[str, Words] = {
    "watched": _("Watched"),
    "due": _("To be checked"),
    "moving": _("Being taken over"),
    "unwatched": _("Watched by nobody"),
}


@dataclass(frozen=True)
class Chosen:
    """What a reader asks of the page; `watcher` is a person's id, or empty."""

    view: str = "watched"
    watcher: str = ""
    after: UUID | None = None
    limit: int = PAGE

    def words(self, **changed: str) -> dict[str, str]:
        """As words of an address, without the page."""
        return {name: text for name, text in ({"view": self.view, "watcher": self.watcher} | changed).items() if text}


@dataclass(frozen=True)
class Row:
    """A document, its watch, whether its watcher cannot look, and the newer edition that is to be taken over."""

    document: Document
    watch: Watch | None = None
    unable: bool = False
    moving: Check | None = None


def chosen(query: Mapping[str, str]) -> Chosen:
    """Read a query string. Refused for a view, person or page that cannot be."""
    view, watcher, after = query.get("view", "") or "watched", query.get("watcher", ""), query.get("after", "")
    if view not in VIEWS:
        raise Refused(gettext_noop("There is no view “%(name)s” here."), {"name": view[:60]})
    try:
        return Chosen(view, str(UUID(watcher)) if watcher else "", UUID(after) if after else None)
    except ValueError:
        raise Refused(NO_SUCH_PAGE) from None


def seen() -> QuerySet[Document]:
    """The documents that whoever acts may see."""
    register = by_key("documents")
    assert register is not None
    return register.rows(current().actor)


def watches(ask: Chosen) -> QuerySet[Watch]:
    """The watches that fit, the first to be checked first."""
    rows = asking.active().filter(document__in=seen()).order_by("next_on", "id")
    if ask.watcher:
        rows = rows.filter(watcher=UUID(ask.watcher))
    if ask.view == "due":
        return rows.filter(next_on__lte=current().today() + asking.AHEAD)
    return rows.filter(Exists(asking.open_checks().filter(watch=OuterRef("pk")))) if ask.view == "moving" else rows


def unwatched() -> QuerySet[Document]:
    """External documents that are not out of force and that nobody watches, by number."""
    watched = Exists(Watch.objects.filter(document=OuterRef("pk"), ended_at=None))
    rows = seen().filter(~watched, kind=Kind.EXTERNAL).exclude(state__in=ENDED)
    return rows.order_by("number", "id")


def watchers() -> dict[UUID, str]:
    """Who watches anything that whoever acts may see: names by id."""
    ids = asking.active().filter(document__in=seen()).values("watcher")
    people = {person.pk: person.shown_name for person in Person.objects.filter(pk__in=ids)}
    return dict(sorted(people.items(), key=lambda pair: pair[1]))


def page(ask: Chosen) -> tuple[list[Row], str]:
    """One page, and the key of the next."""
    if ask.view == "unwatched":
        documents = list(_after_number(unwatched(), ask.after)[: ask.limit + 1])
        key = str(documents[ask.limit - 1].pk) if len(documents) > ask.limit else ""
        return [Row(one) for one in documents[: ask.limit]], key
    rows = _after_day(watches(ask), ask.after).select_related("document", "watcher")
    found = list(rows[: ask.limit + 1])
    more, found = len(found) > ask.limit, found[: ask.limit]
    unable = asking.unable(found)
    moving = {one.watch_id: one for one in asking.open_checks().filter(watch__in=found)}
    made = [Row(one.document, one, one.pk in unable, moving.get(one.pk)) for one in found]
    return made, str(found[-1].pk) if more else ""


def _after_day(rows: QuerySet[Watch], after: UUID | None) -> QuerySet[Watch]:
    last = Watch.objects.filter(pk=after).first() if after else None
    if last is None:
        return rows
    return rows.filter(Q(next_on__gt=last.next_on) | Q(next_on=last.next_on, id__gt=last.pk))


def _after_number(rows: QuerySet[Document], after: UUID | None) -> QuerySet[Document]:
    last: Any = seen().filter(pk=after).first() if after else None
    return rows.filter(Q(number__gt=last.number) | Q(number=last.number, id__gt=last.pk)) if last is not None else rows


def counted(ask: Chosen) -> int:
    """How many fit, counted as far as COUNTED + 1."""
    rows: QuerySet[Any] = unwatched() if ask.view == "unwatched" else watches(ask)
    return rows.order_by()[: COUNTED + 1].count()
