"""Columns of the list beside those of the fields: the revision in force, and what each kind asks further."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext

from guiju.modules.documents.models import Document
from guiju.modules.documents.standing.dates import STANDING, in_force_of
from guiju.modules.kinds import services as kinds
from guiju.modules.kinds.custom import CustomField, cell, from_cell
from guiju.spine.acts import current
from guiju.spine.registers.declaration import Custom


def customs() -> list[Custom]:
    """The further fields of all kinds: one column for each name."""
    named: dict[str, dict[str, CustomField]] = {}  # by label: the field of each kind
    for rule in kinds.rules():
        for one in map(CustomField.of, rule.fields):
            named.setdefault(str(one), {})[rule.kind] = one
    own = [Custom(label, ("kind", "more"), partial(cell, fields), partial(from_cell, fields)) for label, fields in named.items()]
    return [Custom(gettext("Revision in force"), STANDING, lambda row: in_force_of(row, current().today())), *own]


def standing(row: Mapping[str, Any]) -> str:
    """What people go by while a newer revision is being worked on."""
    label = in_force_of(row, current().today())
    return gettext("In force: revision %(label)s") % {"label": label} if label not in ("", row["revision"]) else ""


def stands(row: Mapping[str, Any]) -> bool:
    """Whether people go by a revision of it today."""
    return bool(in_force_of(row, current().today()))


def entered(kind: str, key: str) -> set[str]:
    """What stands under a further field in documents of a kind, each value once, as text."""
    rows = Document.objects.filter(kind=kind, more__has_key=key)
    return {str(text) for text in rows.values_list(KeyTextTransform(key, "more"), flat=True).distinct()}
