"""The organization for programs, to be read: its members, departments, sites and roles, which records name by their ids."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from guiju.organizations import directory, invitations
from guiju.organizations.members import named
from guiju.organizations.models import Department, Membership, Site
from guiju.organizations.roles import in_order
from guiju.spine.acts import NotFound, Refused, current
from guiju.spine.registers.api import schema
from guiju.spine.registers.api.answering import newest_first
from guiju.spine.registers.api.declaration import Call, Listed, Operation, Shape, declare
from guiju.spine.registers.api.kinds import Schema, json_value

RIGHT = "people.view"
VIEWS = ("all", "active", "invited", "guests", "past")
MEMBER = Shape(
    "Member",
    {
        "id": {**schema.ID, "description": _("The person's id, as records name it.")},
        "username": schema.TEXT,
        "name": schema.TEXT,
        "name_zh": schema.TEXT,
        "position": schema.TEXT,
        "position_zh": schema.TEXT,
        "department": schema.or_null(schema.ID),
        "site": schema.or_null(schema.ID),
        "roles": schema.list_of(schema.ID),
        "expires_on": schema.or_null(schema.DAY),
        "active": {**schema.TRUTH, "description": _("Whether the person can work here today.")},
    },
)
NAMES: dict[str, Schema] = {"id": schema.ID, "name": schema.TEXT, "name_zh": schema.TEXT}
SITE = Shape("Site", {**NAMES, "time_zone": schema.TEXT, "closed": schema.TRUTH})
DEPARTMENT = Shape(
    "Department",
    {
        **NAMES,
        "site": schema.or_null(schema.ID),
        "parent": {**schema.or_null(schema.ID), "description": _("The department of which it is a part.")},
        "closed": schema.TRUTH,
    },
)
ROLE = Shape("Role", {**NAMES, "key": schema.TEXT})


def _people(call: Call) -> Listed:
    view, q = call.query.get("view", "") or "all", call.query.get("q", "").strip()
    if view not in VIEWS:
        raise Refused(gettext_noop("There is no view “%(name)s” here."), {"name": view[:60]})
    rows = directory.memberships(view, invitations.waiting())
    return newest_first((rows.filter(named(q)) if q else rows).select_related("person"), call)


def _person(call: Call) -> Membership:
    found = Membership.objects.filter(person=call.parts["person"]).select_related("person").first()
    if found is None:
        raise NotFound(gettext_noop("There is no such person here."))
    return found


def _members(rows: Sequence[Membership]) -> list[dict[str, Any]]:
    roles, today = directory.roles_of(rows), current().today()
    return [
        {
            "id": str(row.person_id),
            "username": row.person.username,
            "name": row.person.name,
            "name_zh": row.person.name_zh,
            "position": row.position,
            "position_zh": row.position_zh,
            "department": json_value(row.department_id),
            "site": json_value(row.site_id),
            "roles": [str(role.pk) for role in roles.get(row.pk, [])],
            "expires_on": json_value(row.expires_on),
            "active": row.active and row.person.is_active and (row.expires_on is None or row.expires_on >= today),
        }
        for row in rows
    ]


def _saying(shape: Shape) -> Callable[[Iterable[Any]], list[dict[str, Any]]]:
    """Rows of which each property is a column; of another row its id."""
    columns: Mapping[str, str] = {name: f"{name}_id" if name in ("site", "parent") else name for name in shape.properties}
    return lambda rows: [{name: json_value(getattr(row, column)) for name, column in columns.items()} for row in rows]


ASKS = {
    "view": {**schema.one_of(VIEWS), "default": "all", "title": _("A view that is saved for all.")},
    "q": {**schema.TEXT, "title": _("Words in the name or user name.")},
}
declare(
    Operation(
        "GET",
        "people/",
        "people_list",
        _("Members of the organization, also those who have left"),
        _people,
        _members,
        MEMBER,
        right=RIGHT,
        lists="id",
        asks=ASKS,
    ),
    Operation(
        "GET", "people/{uuid:person}/", "people_show", _("A member"), _person, lambda row: _members([row])[0], MEMBER, right=RIGHT
    ),
    *(
        Operation("GET", f"{word}/", f"{word}_list", summary, rows, _saying(shape), shape, right=RIGHT, lists="id")
        for word, summary, rows, shape in (
            ("departments", _("Departments"), lambda call: Department.objects.order_by("name", "id"), DEPARTMENT),
            ("sites", _("Sites"), lambda call: Site.objects.order_by("name", "id"), SITE),
            ("roles", _("Roles"), lambda call: in_order(), ROLE),
        )
    ),
)
