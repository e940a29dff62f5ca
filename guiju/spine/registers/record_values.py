"""A field's value as it stands on a page: a reference to a record as a link."""

from typing import Any

from guiju.spine.registers import addresses, values
from guiju.spine.registers.markup import link
from guiju.spine.trail.states import field_of


def shown(record: Any, name: str) -> Any:
    """A field's value on a page; a record it points to is a link."""
    field = field_of(type(record), name)
    if not field.is_relation:
        return values.plain(field, getattr(record, field.attname))
    target = getattr(record, name)
    if target is None:
        return ""
    url = addresses.of_record(target) if hasattr(target, "number") else ""
    return link(url, str(target)) if url else str(target)
