"""What the register's list is asked for besides its first page; imported with Django set up, called inside an act.

Each order that the register declares, each filter alone with a value that stands in it, a page a thousand pages down, a rare
value with an order, and the list as it was.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from guiju.spine.acts import current
from guiju.spine.registers import listing
from guiju.spine.registers.declaration import Register, by_key

DEEP = 1_000  # pages
RARE_AT_MOST = 0.002  # of the records


def documents() -> Register:
    register = by_key("documents")
    assert register is not None
    return register


def asked(count: int) -> dict[str, list[str]]:
    """The words of the addresses, by what is measured."""
    register = documents()
    found = {
        "sort": [urlencode({"sort": f"{sign}{name}"}) for name in register.sorts for sign in ("", "-")],
        "filter": [urlencode({name: value}) for name in register.filters for value in _values(register, name)],
    }
    if count > DEEP * listing.PAGE:
        found["deep"] = [urlencode({"after": _key_at(register, DEEP * listing.PAGE)})]
        found["rare"] = [urlencode({"owner": owner, "sort": name}) for owner in _rare(count) for name in register.sorts]
        past = current().now() - timedelta(seconds=1)
        found["as-of"] = [urlencode({"as_of": past.isoformat()})]
    return found


def some_numbers(count: int) -> list[str]:
    """Numbers of documents from all over the register."""
    rows = documents().model.objects.order_by("id").values_list("number", flat=True)
    every = max(1, rows.count() // count)
    return list(rows)[::every][:count]


def _values(register: Register, name: str) -> list[str]:
    """Values of a filter that stand in the register, and whether there is none: "-"."""
    if name == "state" and register.workflow:
        return [state for state in register.workflow.states if register.model.objects.filter(state=state).exists()]
    rows = register.model.objects.order_by().values_list(name, flat=True).distinct()
    return ["-" if value is None else str(value) for value in rows]


def _key_at(register: Register, place: int) -> str:
    last = register.model.objects.order_by("-id").values_list("id", flat=True)[place - 1]
    return listing.key_of(register, listing.Asked(), {"id": last})


def _rare(count: int) -> list[str]:
    """Owners of few documents."""
    rows = documents().model.objects.order_by().values_list("owner", flat=True)
    owners = [(owner, rows.filter(owner=owner).count()) for owner in set(rows)]
    return [str(owner) for owner, number in owners if number <= RARE_AT_MOST * count]
