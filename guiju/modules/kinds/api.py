"""What holds for the kinds of documents, for programs: the rules, further fields, prefixes of departments."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.modules.kinds import services
from guiju.modules.kinds.custom import CustomField, Type
from guiju.modules.kinds.forms import FieldForm, PlaceForm, PrefixForm, RuleForm
from guiju.modules.kinds.models import DepartmentPrefix, Kind, KindRule
from guiju.modules.kinds.services import AT_ONCE
from guiju.spine.acts import NotFound
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.declaration import Call, Operation, Shape, declare
from guiju.spine.registers.api.kinds import schema_of_model_field
from guiju.spine.registers.api.shown import named

COLUMNS = [name for name in RuleForm.Meta.fields if name != "template"]
FIELD = Shape(
    "KindField",
    {
        "key": {**schema.TEXT, "description": _("What its values stand under in `more` of a document.")},
        "label": schema.TEXT,
        "label_zh": schema.TEXT,
        "type": schema.one_of(Type.values),
        "choices": schema.list_of(schema.TEXT),
        "required": schema.TRUTH,
        "help": {**schema.TEXT, "description": _("What stands below the field.")},
        "ended": {**schema.TRUTH, "description": _("It is asked for no longer; what was entered is still shown.")},
    },
)
PREFIX = Shape("DepartmentPrefix", {"id": schema.ID, "department": schema.NAMED, "prefix": schema.TEXT, "ended": schema.TRUTH})
RULE = Shape(
    "KindRule",
    {
        "kind": schema.one_of(Kind.values),
        "name": schema.TEXT,
        **{one.name: schema_of_model_field(one) for one in KindRule._meta.fields if one.name in COLUMNS},
        "fields": schema.list_of(schema.reference(FIELD.name)),
        "prefixes": schema.list_of(schema.reference(PREFIX.name)),
        "version": schema.WHOLE,
    },
    alone={"template": schema.TEXT},
)


def _kind(call: Call) -> str:
    if call.parts["kind"] not in Kind.values:
        raise NotFound(gettext_noop("There is no such kind of documents."))
    return call.parts["kind"]


def _rule(call: Call) -> KindRule:
    return services.rule(_kind(call))


def _version(call: Call) -> int:
    return _rule(call).version


def _set(call: Call) -> KindRule:
    if not call.values:
        return _rule(call)
    values = dict(call.values)
    return services.set_rule(_kind(call), values, reason=values.pop("reason", ""), version=call.version)


def _add_field(call: Call) -> CustomField:
    return services.add_field(_kind(call), call.values)


def _change_field(call: Call) -> CustomField:
    return services.change_field(_kind(call), call.parts["field"], call.values, version=call.version)


def _move_field(call: Call) -> CustomField:
    return services.move_field(_kind(call), call.parts["field"], call.values["place"])


def _end_field(call: Call) -> CustomField:
    return services.end_field(_kind(call), call.parts["field"])


def _set_prefix(call: Call) -> DepartmentPrefix:
    return services.set_prefix(_kind(call), call.values["department"], call.values["prefix"].strip())


def _end_prefix(call: Call) -> DepartmentPrefix:
    rows = DepartmentPrefix.objects.filter(pk=call.parts["prefix"], kind=_kind(call)).select_related("department")
    if (found := rows.first()) is None:
        raise NotFound(gettext_noop("There is no such prefix."))
    return services.set_prefix(found.kind, found.department, "")


def _listed(rows: Sequence[KindRule]) -> list[dict[str, Any]]:
    own = services.all_prefixes()
    return [
        {
            "kind": row.kind,
            "name": str(row),
            **{name: getattr(row, name) for name in COLUMNS},
            "fields": [_field(CustomField.of(kept)) for kept in row.fields],
            "prefixes": [_prefix(one) for one in own if one.kind == row.kind],
            "version": row.version,
        }
        for row in rows
    ]


def _alone(row: KindRule) -> dict[str, Any]:
    return _listed([row])[0] | {"template": row.template}


def _field(one: CustomField) -> dict[str, Any]:
    return one.kept()


def _prefix(row: DepartmentPrefix) -> dict[str, Any]:
    return {"id": str(row.pk), "department": named(row.department), "prefix": row.prefix, "ended": row.ended}


ONE = "kinds/{slug:kind}/"
declare(
    Operation(
        "GET",
        "kinds/",
        "kinds_list",
        _("Kinds of documents, and what holds for each"),
        lambda call: services.rules(),
        _listed,
        RULE,
        right=services.RIGHT,
        lists="kind",
    ),
    Operation("GET", ONE, "kinds_show", _("What holds for a kind"), _rule, _alone, RULE, right=services.RIGHT, version=_version),
    Operation(
        "PATCH",
        ONE,
        "kinds_change",
        _("Change what holds for a kind"),
        _set,
        _alone,
        RULE,
        right=services.RIGHT,
        form=RuleForm,
        changes=_rule,
        version=_version,
        explains=AT_ONCE,
    ),
    Operation(
        "POST",
        f"{ONE}fields/",
        "kinds_add_field",
        _("Add a further field"),
        _add_field,
        _field,
        FIELD,
        right=services.RIGHT,
        form=FieldForm,
        status=201,
    ),
    Operation(
        "PUT",
        f"{ONE}fields/{{slug:field}}/",
        "kinds_change_field",
        _("Change a further field"),
        _change_field,
        _field,
        FIELD,
        right=services.RIGHT,
        form=FieldForm,
        version=_version,
        explains=_("Over the version of the kind. Its key stays, and while values are kept in it its type, too."),
    ),
    Operation(
        "POST",
        f"{ONE}fields/{{slug:field}}/move/",
        "kinds_move_field",
        _("Put a further field at another place"),
        _move_field,
        _field,
        FIELD,
        right=services.RIGHT,
        form=PlaceForm,
    ),
    Operation(
        "POST",
        f"{ONE}fields/{{slug:field}}/end/",
        "kinds_end_field",
        _("Ask for a further field no longer"),
        _end_field,
        _field,
        FIELD,
        right=services.RIGHT,
    ),
    Operation(
        "POST",
        f"{ONE}prefixes/",
        "kinds_set_prefix",
        _("Set a department's own prefix"),
        _set_prefix,
        _prefix,
        PREFIX,
        right=services.RIGHT,
        form=PrefixForm,
    ),
    Operation(
        "POST",
        f"{ONE}prefixes/{{uuid:prefix}}/end/",
        "kinds_end_prefix",
        _("Use a department's own prefix no longer"),
        _end_prefix,
        _prefix,
        PREFIX,
        right=services.RIGHT,
    ),
)
