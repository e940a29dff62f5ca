"""The page of keeping: what may go, what is still kept, what is on hold, what is gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.modules.documents.models import Document
from guiju.modules.keeping import holds, lines, retention
from guiju.modules.keeping.models import Disposal, Hold
from guiju.modules.kinds.models import Kind
from guiju.spine.acts import Refused, current
from guiju.spine.registers.declaration import Words, by_key
from guiju.spine.registers.listing import COUNTED, NO_SUCH_PAGE, Asked, narrowed

PAGE = 50
VIEWS: dict[str, Words] = {
    "due": _("May be disposed of"),
    "kept": _("Out of force, still kept"),
    "held": _("On hold"),
    "gone": _("Disposed of"),
    "all": _("All documents"),
}


@dataclass(frozen=True)
class Chosen:
    """What a reader asks of the page."""

    view: str = "due"
    kind: str = ""
    q: str = ""
    after: UUID | None = None
    limit: int = PAGE

    def words(self, **changed: str) -> dict[str, str]:
        """As words of an address, without the page."""
        return {name: text for name, text in ({"view": self.view, "kind": self.kind, "q": self.q} | changed).items() if text}


@dataclass(frozen=True)
class Row:
    """A document with what holds for it."""

    document: Document
    out_of_force_on: date | None
    kept_until: date | None
    holds: list[Hold]
    on_list: Disposal | None


def chosen(query: Mapping[str, str]) -> Chosen:
    """Read a query string. Refused for a view, kind or page that there is not."""
    view, kind, after = query.get("view", "") or "due", query.get("kind", ""), query.get("after", "")
    if view not in VIEWS:
        raise Refused(gettext_noop("There is no view “%(name)s” here."), {"name": view[:60]})
    if kind and kind not in Kind.values:
        raise Refused(gettext_noop("There is no filter “%(name)s” here."), {"name": kind[:60]})
    q = query.get("q", "").strip()[:200]
    if "\x00" in q:
        raise Refused(gettext_noop("The text contains a character that cannot be stored (U+0000)."))
    try:
        return Chosen(view, kind, q, UUID(after) if after else None)
    except ValueError:
        raise Refused(NO_SUCH_PAGE) from None


def fitting(ask: Chosen) -> QuerySet[Document]:
    """The documents that fit, the newest first."""
    register = by_key("documents")
    assert register is not None
    filters = {"kind": ask.kind} if ask.kind else {}
    return narrowed(register, Asked(filters=filters, q=ask.q)).filter(_condition(ask.view)).order_by("-id")


def _condition(view: str) -> Q:
    held = Exists(holds.on_hold().filter(document=OuterRef("pk")))
    passed = retention.has_passed(current().today())
    conditions: dict[str, Q] = {
        "due": Q(passed, ~held),
        "kept": Q(state="withdrawn") & ~passed,
        "held": Q(held),
        "gone": Q(state="disposed"),
        "all": Q(),
    }
    return conditions[view]


def page(ask: Chosen) -> tuple[list[Row], str]:
    """One page, and the key of the next."""
    rows = fitting(ask)
    found = list((rows.filter(id__lt=ask.after) if ask.after else rows)[: ask.limit + 1])
    more, found = len(found) > ask.limit, found[: ask.limit]
    days, held, listed = retention.out_of_force(found), holds.of(found), lines.open_lists(found)
    return [_row(one, days, held, listed) for one in found], str(found[-1].pk) if more else ""


def _row(document: Document, days: Mapping[Any, date], held: Mapping[Any, list[Hold]], listed: Mapping[Any, Disposal]) -> Row:
    on = days.get(document.pk)
    until = retention.kept_until(document.kind, on) if on else None
    return Row(document, on, until, held.get(document.pk, []), listed.get(document.pk))


def counted(ask: Chosen) -> int:
    """How many fit, counted as far as COUNTED + 1."""
    return fitting(ask).order_by()[: COUNTED + 1].count()


def numbers(ask: Chosen, most: int) -> list[str]:
    """The numbers of all that fit, at most so many."""
    return list(fitting(ask).values_list("number", flat=True)[:most])  # type: ignore[arg-type]
