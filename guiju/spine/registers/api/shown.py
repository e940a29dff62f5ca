"""Records as JSON: machine names and values, the same in a list, alone, and as of a past instant."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from guiju.spine.acts import current
from guiju.spine.records.models import Comment
from guiju.spine.registers import record_page
from guiju.spine.registers.api.kinds import json_value
from guiju.spine.registers.changed import Difference
from guiju.spine.registers.declaration import Register
from guiju.spine.registers.forms import form_class
from guiju.spine.workflow.table import Transition

ALWAYS = ("id", "number", "title", "state", "version", "owner", "due_on", "created_at", "created_by")


def stored_fields(register: Register) -> tuple[str, ...]:
    """The names of the record's own columns that are shown besides those of every record."""
    own = {field.name for field in register.model._meta.concrete_fields}
    return tuple(name for name in form_class(register).base_fields if name in own and name not in ALWAYS)


def many(register: Register, records: Sequence[Any], *, whole: bool = False) -> list[dict[str, Any]]:
    """Records as they are listed; with `whole`, with the long texts that a list leaves out."""
    more = register.shows(list(records), whole) if register.shows and records else {}
    names = (*ALWAYS, *stored_fields(register))
    return [_record(register, record, names, more.get(record.pk, {})) for record in records]


def one(register: Register, record: Any) -> dict[str, Any]:
    return many(register, [record], whole=True)[0]


def _record(register: Register, record: Any, names: Sequence[str], more: Mapping[str, Any]) -> dict[str, Any]:
    made = {name: json_value(getattr(record, (field := register.column(name)).attname), field) for name in names}
    made["state"] = register.workflow.state_of(record).name if register.workflow else None
    return made | {name: json_value(value) for name, value in more.items()}


def with_doors(register: Register, record: Any) -> dict[str, Any]:
    """A record alone, as it is now: with the steps out of its state, and what is missing before each."""
    made = one(register, record)
    if current().as_of is None:
        doors = register.workflow.doors(record) if register.workflow else []
        made["doors"] = [_door(door, record) for door in doors]
    return made


def _door(door: Transition, record: Any) -> dict[str, Any]:
    missing = [str(one) for one in door.missing(record)]
    if door.signs is not None and current().actor.by_token:
        missing.append(_("This step is signed and needs a person: a token cannot sign."))
    return {"name": door.name, "open": not missing, "signed": door.signs is not None, "missing": missing}


def history(register: Register, record: Any) -> list[dict[str, Any]]:
    """What happened to a record, newest first, in the reader's words beside the names."""
    return [
        {
            "sequence": told["sequence"],
            "at": json_value(told["at"]),
            "actor": json_value(told["actor"]),
            "action": told["action"],
            "sentence": told["sentence"],
            "reason": told["reason"],
            "changes": [_changed(one) for one in told["values"]],
        }
        for told in record_page.history(register, record, most=record_page.MOST)
    ]


def _changed(one: Difference) -> dict[str, Any]:
    """A field by name and label with what it was and became; of a long text how much changed, and both lengths."""
    found: dict[str, Any] = {"name": one.name, "field": one.label}
    if one.long:
        lengths = {"before": len(one.before), "after": len(one.after)}
        return found | {"before": None, "after": None, "extent": one.much, "lengths": lengths}
    return found | {"before": one.before, "after": one.after, "extent": "", "lengths": None}


def comment(row: Comment) -> dict[str, Any]:
    return {"id": str(row.pk), "text": row.text, "made_at": json_value(row.made_at), "made_by": str(row.made_by_id)}


def named(row: Any) -> dict[str, Any] | None:
    """A person, a role, a department as others speak of it; None for none."""
    return {"id": str(row.pk), "name": str(row)} if row is not None else None
