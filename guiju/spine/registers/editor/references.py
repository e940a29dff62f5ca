"""What a text refers to by [[number]]: records of any register."""

from collections.abc import Callable, Sequence

from guiju.lib import markdown
from guiju.spine.acts import current
from guiju.spine.registers import addresses
from guiju.spine.registers.declaration import by_kind
from guiju.spine.search.models import Directory


def rows(numbers: Sequence[str]) -> dict[str, Directory]:
    """The records of these numbers, of every register the acting member may see."""
    found = list(Directory.objects.filter(number__in=list(numbers))) if numbers else []
    actor = current().actor
    seen: dict[str, Directory] = {}
    for kind in {row.kind for row in found}:
        register = by_kind(kind)
        if register is not None and actor.may(f"{register.key}.view"):
            ids = set(register.rows(actor).filter(pk__in=[row.record for row in found]).values_list("pk", flat=True))
            seen |= {row.number: row for row in found if row.record in ids}
    return seen


def linker(text: str) -> Callable[[str], tuple[str, str] | None]:
    """What makes links of the references of a text: address and title by number, looked up in one statement."""
    known = rows(markdown.references(text))

    def link(number: str) -> tuple[str, str] | None:
        row = known.get(number)
        return (addresses.of_kind(row.kind, row.number), row.title) if row is not None else None

    return link
