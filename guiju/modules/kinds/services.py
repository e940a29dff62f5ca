"""Asking what holds for a kind, and setting it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext
from django.utils.translation import gettext_noop as _

from guiju.modules.kinds.custom import CustomField, Type, shown
from guiju.modules.kinds.lowering import lowered
from guiju.modules.kinds.models import PREFIXES, DepartmentPrefix, Kind, KindRule
from guiju.organizations.members import require
from guiju.spine.acts import Conflict, Refused, Stale, current, write
from guiju.spine.acts.hooks import custom_values
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
    if KindRule not in known:
        known[KindRule] = {one.kind: one for one in KindRule.objects.all()}
    kept: dict[str, KindRule] = known[KindRule]
    if kind not in kept:
        kept[kind] = _default(kind)
    return kept[kind]


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


def told(state: Mapping[str, str | None]) -> dict[str, str]:
    """By label what stood in the custom fields of a document, as the trail kept its state."""
    kept = json.loads(state.get("more") or "{}")
    fields = all_fields(state.get("kind") or "") if kept else []
    return {str(field): shown(field, kept[field.key]) for field in fields if field.key in kept}


def all_prefixes() -> list[DepartmentPrefix]:
    """The prefixes of departments that are in use, of all kinds."""
    return list(DepartmentPrefix.objects.filter(ended=False).select_related("department").order_by("prefix"))


def prefixes(kind: str) -> list[DepartmentPrefix]:
    return [one for one in all_prefixes() if one.kind == kind]


def set_rule(kind: str, values: Mapping[str, Any], *, reason: str = "", version: int | None = None) -> KindRule:
    """Lay values over what holds for a kind.

    NotPermitted, Refused for a prefix that another kind uses and for what is lowered without a reason, Stale.
    """
    require(RIGHT)

    def setting() -> KindRule:
        row = _locked(kind)
        if version is not None and row.version != version:
            raise Stale(_("Someone else has changed this since you opened it."))
        _refuse_used(values.get("prefix", row.prefix), but=kind)
        if (less := lowered(row, values)) and not reason.strip():
            sentence = _("This asks less than before: %(what)s. Say why.")
            raise Refused(sentence, {"what": pgettext("list", ", ").join(less)}, errors={"reason": [sentence]})
        for name, value in values.items():
            setattr(row, name, value)
        row.save(reason=reason)
        return row

    return write(setting)


def _locked(kind: str) -> KindRule:
    """The rule of a kind, to be changed."""
    current().known.pop(KindRule, None)
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

    def adding(row: KindRule, present: list[CustomField]) -> CustomField:
        if sum(not one.ended for one in present) >= MOST_FIELDS:
            raise Refused(_("A kind has at most %(most)s fields of its own."), {"most": MOST_FIELDS})
        _refuse_named(values["label"], present)
        made = CustomField(_key(values["label"], {one.key for one in present}), **values)
        present.append(made)
        return made

    return _with_fields(kind, "add_field", adding)


def change_field(kind: str, key: str, values: Mapping[str, Any], *, version: int | None = None) -> CustomField:
    """Lay values over a custom field; its key stays, and so does what was entered in it.

    Refused for another type, or without a choice, while values stand against it; Conflict where there is no such field, Stale.
    """

    def changing(row: KindRule, present: list[CustomField]) -> CustomField:
        if version is not None and row.version != version:
            raise Stale(_("Someone else has changed this since you opened it."))
        before = _in_use(present, key)
        made = replace(before, **values)
        _refuse_named(made.label, [one for one in present if one.key != key])
        _refuse_unfit(before, made, _kept_values(kind, key))
        present[present.index(before)] = made
        return made

    return _with_fields(kind, "change_field", changing)


def _refuse_unfit(before: CustomField, made: CustomField, kept: set[str]) -> None:
    """What is kept in documents must still fit the field."""
    if kept and made.type != before.type:
        sentence = _("Values are kept in this field already, so that its type stays as it is.")
        raise Refused(sentence, errors={"type": [sentence]})
    lost = sorted(kept & (set(before.choices) - set(made.choices))) if made.type == Type.CHOICE else []
    if lost:
        sentence = _("This stands in documents already and stays in the list: %(choices)s")
        said = {"choices": pgettext("list", ", ").join(lost)}
        raise Refused(sentence, said, errors={"options": [sentence]})


def move_field(kind: str, key: str, place: int) -> CustomField:
    """Put a custom field at a place, from 1, among those in use. Conflict where there is no such field."""

    def moving(row: KindRule, present: list[CustomField]) -> CustomField:
        moved = _in_use(present, key)
        used = [one for one in present if not one.ended and one.key != key]
        used.insert(max(place - 1, 0), moved)
        present[:] = [*used, *(one for one in present if one.ended)]
        return moved

    return _with_fields(kind, "move_field", moving)


def end_field(kind: str, key: str) -> CustomField:
    """Ask for a field no longer. What was entered stays, and is shown where it was; without any the field goes altogether.

    Conflict where there is none.
    """

    def ending(row: KindRule, present: list[CustomField]) -> CustomField:
        before = _in_use(present, key)
        ended = replace(before, ended=True)
        present[:] = [ended if one is before else one for one in present if one is not before or _kept_values(kind, key)]
        return ended

    return _with_fields(kind, "end_field", ending)


def is_entered(kind: str, key: str) -> bool:
    """Whether anything stands under a field."""
    return bool(_kept_values(kind, key))


def _with_fields(kind: str, action: str, does: Callable[[KindRule, list[CustomField]], CustomField]) -> CustomField:
    """Let `does` change the list of a kind's fields, and keep it; the entry names the field."""
    require(RIGHT)

    def keeping() -> CustomField:
        row = _locked(kind)
        present = [CustomField.of(kept) for kept in row.fields]
        made = does(row, present)
        row.fields = [one.kept() for one in present]
        row.save(action=action, says={"field": made.label})
        return made

    return write(keeping)


def _in_use(present: list[CustomField], key: str) -> CustomField:
    found = next((one for one in present if one.key == key and not one.ended), None)
    if found is None:
        raise Conflict(_("There is no such field any more."))
    return found


def _refuse_named(label: str, others: list[CustomField]) -> None:
    if any(one.label == label and not one.ended for one in others):
        sentence = _("There is a field of this name already.")
        raise Refused(sentence, errors={"label": [sentence]})


def _kept_values(kind: str, key: str) -> set[str]:
    """What is kept under a field, by whoever keeps values for kinds."""
    return {text for part in custom_values for text in part(kind, key)}


def _key(label: str, used: set[str]) -> str:
    """The name under which a field's values are kept."""
    stem = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_")[:30] or "field"
    names = [stem, *(f"{stem}_{n}" for n in range(2, len(used) + 3))]
    return next(name for name in names if name not in used)
