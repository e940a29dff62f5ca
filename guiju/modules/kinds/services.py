"""Asking what holds for a kind, and setting it."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from guiju.modules.kinds.custom import CustomField
from guiju.modules.kinds.models import PREFIXES, DepartmentPrefix, Kind, KindRule
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, Refused, Stale, current, write
from guiju.spine.records.scheme import Scheme

RIGHT = "documents.rules"
# From when a rule holds, as pages and the API say it.
AT_ONCE = gettext_lazy(
    "Retention and intervals hold at once for all documents of the kind, the rest for what is written from now on."
)
MOST_FIELDS = 20  # custom fields of one kind


def rule(kind: str) -> KindRule:
    """What the acting organization has set for a kind, or the defaults; read once in an act. Not to be changed."""
    known = current().known
    if (KindRule, kind) not in known:
        known[KindRule, kind] = KindRule.objects.filter(kind=kind).first() or _default(kind)
    return known[KindRule, kind]


def _default(kind: str) -> KindRule:
    return KindRule(kind=kind, prefix=PREFIXES[Kind(kind)])


def rules() -> list[KindRule]:
    """The same for every kind, in their order."""
    kept = {one.kind: one for one in KindRule.objects.all()}
    return [kept.get(kind) or _default(kind) for kind in Kind]


def scheme(kind: str, department: UUID | None) -> Scheme:
    """How a new document of a kind and a department is numbered."""
    of_kind = rule(kind)
    own = DepartmentPrefix.objects.filter(kind=kind, department=department, ended=False).first() if department else None
    return Scheme(own.prefix if own else of_kind.prefix, of_kind.yearly, of_kind.width)


def fields(kind: str) -> list[CustomField]:
    """The custom fields of a kind that are in use."""
    return [one for one in all_fields(kind) if not one.ended]


def all_fields(kind: str) -> list[CustomField]:
    """The custom fields of a kind, also those no longer used: what was entered under them is still shown."""
    return [CustomField.of(kept) for kept in rule(kind).fields]


def all_prefixes() -> list[DepartmentPrefix]:
    """The prefixes of departments that are in use, of all kinds."""
    return list(DepartmentPrefix.objects.filter(ended=False).select_related("department").order_by("prefix"))


def prefixes(kind: str) -> list[DepartmentPrefix]:
    return [one for one in all_prefixes() if one.kind == kind]


def set_rule(kind: str, values: Mapping[str, Any], *, reason: str = "", version: int | None = None) -> KindRule:
    """Lay values over what holds for a kind. NotPermitted, Refused for a prefix that another kind uses, Stale."""
    require(RIGHT)

    def setting() -> KindRule:
        row = _locked(kind)
        if version is not None and row.version != version:
            raise Stale(_("Someone else has changed this since you opened it."))
        _refuse_used(values.get("prefix", row.prefix), but=kind)
        for name, value in values.items():
            setattr(row, name, value)
        row.save(reason=reason)
        return row

    return write(setting)


def _locked(kind: str) -> KindRule:
    """The rule of a kind, to be changed."""
    current().known.pop((KindRule, kind), None)
    return KindRule.objects.select_for_update(of=("self",)).filter(kind=kind).first() or _default(kind)


def set_prefix(kind: str, department: Any, prefix: str) -> DepartmentPrefix:
    """Give a department's documents of a kind a prefix of their own; an empty one ends it."""
    require(RIGHT)

    def setting() -> DepartmentPrefix:
        row = DepartmentPrefix.objects.filter(kind=kind, department=department).first()
        row = row or DepartmentPrefix(kind=kind, department=department)
        if prefix:
            _refuse_used(prefix, but=kind, department=department.pk)
            row.prefix = prefix
        row.ended = not prefix
        row.save()
        return row

    return write(setting)


def _refuse_used(prefix: str, *, but: str, department: UUID | None = None) -> None:
    """Two kinds under one prefix would share their numbers, and nobody could tell one from the other by them."""
    of_kinds = {one.prefix for one in rules() if one.kind != but or department is not None}
    own = DepartmentPrefix.objects.filter(prefix=prefix, ended=False)
    if prefix in of_kinds or own.exclude(kind=but, department=department).exists():
        sentence = _("The prefix %(prefix)s is used already.")
        raise Refused(sentence, {"prefix": prefix}, errors={"prefix": [_("This prefix is used already.")]})


def add_field(kind: str, values: Mapping[str, Any]) -> CustomField:
    """A new custom field of a kind. Refused when there are too many, or one of this name."""
    require(RIGHT)

    def adding() -> CustomField:
        row = _locked(kind)
        present = [CustomField.of(kept) for kept in row.fields]
        if sum(not one.ended for one in present) >= MOST_FIELDS:
            raise Refused(_("A kind has at most %(most)s fields of its own."), {"most": MOST_FIELDS})
        if any(one.label == values["label"] and not one.ended for one in present):
            sentence = _("There is a field of this name already.")
            raise Refused(sentence, errors={"label": [sentence]})
        made = CustomField(_key(values["label"], {one.key for one in present}), **values)
        row.fields = [*row.fields, made.kept()]
        row.save()
        return made

    return write(adding)


def end_field(kind: str, key: str) -> None:
    """Ask for a field no longer. What was entered stays, and is shown where it was. Conflict where there is none."""
    require(RIGHT)

    def ending() -> None:
        row = _locked(kind)
        if not any(kept["key"] == key and not kept["ended"] for kept in row.fields):
            raise Conflict(_("There is no such field any more."))
        row.fields = [{**kept, "ended": kept["ended"] or kept["key"] == key} for kept in row.fields]
        row.save()

    write(ending)


def _key(label: str, used: set[str]) -> str:
    """The name under which a field's values are kept."""
    stem = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:30] or "field"
    names = [stem, *(f"{stem}_{n}" for n in range(2, len(used) + 3))]
    return next(name for name in names if name not in used)
