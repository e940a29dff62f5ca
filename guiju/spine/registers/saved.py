"""Views of one's own: lists kept under a name, by the words of their address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from django.db import IntegrityError, models
from django.utils.translation import gettext_noop as _

from guiju.spine.acts import Refused, current, write
from guiju.spine.acts.prepared import Param, Prepared
from guiju.spine.registers import addresses, listing
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.models import SavedView

MOST = 20  # of one person in one register
LONGEST = 2000  # characters of a query
THE_SAME_NAME = _("You have a view “%(name)s” here already. Choose another name, or remove that one first.")
TOO_LONG = _("The filters of this list are too long to be kept.")


@dataclass(frozen=True)
class Own:
    """A view of whoever acts."""

    id: UUID
    name: str
    query: str


_OF = Prepared(
    lambda: (
        SavedView.objects.filter(person_id=Param("person", models.UUIDField()), register=Param("register", models.CharField()))
        .order_by("id")
        .values_list("id", "name", "query")
    )
)


def of(register: Register) -> list[Own]:
    """The views of whoever acts in one register, the oldest first."""
    person = current().actor.id
    return [Own(pk, name, query) for pk, name, query in _OF.rows(person=person, register=register.key)] if person else []


def of_all() -> dict[str, list[Own]]:
    """The views of whoever acts, by register."""
    made: dict[str, list[Own]] = {}
    rows = SavedView.objects.filter(person_id=current().person_id).order_by("id")
    for key, pk, name, query in rows.values_list("register", "id", "name", "query"):
        made.setdefault(key, []).append(Own(pk, name, query))
    return made


def words(register: Register, query: Mapping[str, str]) -> str:
    """What a query says of this list, in one order: its filters, view, text and sort; nothing of pages or of the past."""
    said = {name: query.get(name, "") for name in (*register.filters, "view", "q", "sort")}
    said["q"] = said["q"].strip()
    return urlencode({name: value for name, value in said.items() if value})


def read(query: str) -> dict[str, str]:
    """A query as its words; of a word that stands there twice the last, as in an address. Refused for an endless one."""
    if len(query) > LONGEST:
        raise Refused(TOO_LONG)
    return dict(parse_qsl(query))


def address(register: Register, view: Own) -> str:
    return f"{addresses.of_register(register)}?{view.query}"


def chosen(register: Register, views: Iterable[Own], query: Mapping[str, str]) -> Own | None:
    """The view that says the same as a query; none for a query that says nothing."""
    asked = words(register, query)
    return next((view for view in views if asked and words(register, read(view.query)) == asked), None)


def keep(register: Register, name: str, query: Mapping[str, str]) -> Own:
    """Keep a list under a name. The same once more is the same view.

    Refused for a query that says nothing or is none of this list, for a list or a name that is kept, and beyond MOST.
    """
    text = _judged(register, query)

    def keeping() -> Own:
        views = of(register)
        same = chosen(register, views, query)
        if same is not None and same.name == name:
            return same
        if same is not None:
            raise Refused(_("You keep this list already, as “%(name)s”."), {"name": same.name})
        _refuse_used(views, name)
        if len(views) >= MOST:
            raise Refused(
                _("You have %(most)s views here; there cannot be more. Remove one that you no longer need."), {"most": MOST}
            )
        acting = current()
        row = SavedView(organization_id=acting.organization_id, person_id=acting.person_id)
        row.register, row.name, row.query = register.key, name, text
        row.save(force_insert=True)
        return Own(row.pk, name, text)

    return _written(keeping, name)


def rename(register: Register, view: Own, name: str) -> None:
    """Give one of one's views another name. Refused for one that is used."""

    def renaming() -> None:
        _refuse_used([other for other in of(register) if other.id != view.id], name)
        _mine(register).filter(pk=view.id).update(name=name)

    _written(renaming, name)


def remove(register: Register, view: Own) -> None:
    write(lambda: _mine(register).filter(pk=view.id).delete())


def _mine(register: Register) -> models.QuerySet[SavedView]:
    return SavedView.objects.filter(person_id=current().person_id, register=register.key)


def _judged(register: Register, query: Mapping[str, str]) -> str:
    """The words of a query that this list can answer. Refused for others."""
    ask = listing.asked(register, query, strict=False)
    for name, value in ask.filters.items():
        listing.condition(register, name, value)
    text = words(register, query)
    if not text:
        raise Refused(_("This list is not narrowed or sorted, so there is nothing to keep. Choose a filter first."))
    if len(text) > LONGEST:
        raise Refused(TOO_LONG)
    return text


def _refuse_used(views: Iterable[Own], name: str) -> None:
    if any(view.name.casefold() == name.casefold() for view in views):
        raise Refused(THE_SAME_NAME, {"name": name})


def _written(fn: Any, name: str) -> Any:
    try:
        return write(fn)
    except IntegrityError as error:  # the same name by another window, a moment ago
        raise Refused(THE_SAME_NAME, {"name": name}) from error
